namespace Geometry.Training.Specs;

/// <summary>How an <see cref="ImportanceRule"/> was written.</summary>
public enum ImportanceForm
{
    /// <summary>One number for all features: I_i = v.</summary>
    Uniform,

    /// <summary><c>{ decay: d }</c>: I_i = d^i, i from 0.</summary>
    Decay,

    /// <summary><c>{ last: r }</c>: I_i = 1, except for the last feature, whose importance is r.</summary>
    Last,

    /// <summary>A list of n numbers, one for each feature.</summary>
    PerFeature,
}

/// <summary>The weights I_i of the features in the loss.</summary>
/// <param name="Form">How they are given.</param>
/// <param name="Value">The number v, d or r, which may be an axis; null for <see cref="ImportanceForm.PerFeature"/>.</param>
/// <param name="Listed">Length n for <see cref="ImportanceForm.PerFeature"/>, else null.</param>
public sealed record ImportanceRule(ImportanceForm Form, Axis? Value, IReadOnlyList<double>? Listed)
{
    /// <summary>I_0 … I_(n−1).</summary>
    /// <param name="value">v, d or r; ignored for <see cref="ImportanceForm.PerFeature"/>.</param>
    /// <param name="features">n.</param>
    public double[] Importances(double value, int features)
    {
        if (Form == ImportanceForm.PerFeature)
            return [.. Listed!];
        var importances = new double[features];
        for (int i = 0; i < features; i++)
        {
            importances[i] = Form switch
            {
                ImportanceForm.Decay => Elementary.Pow(value, i),
                ImportanceForm.Last => i == features - 1 ? value : 1,
                _ => value,
            };
        }
        return importances;
    }
}
