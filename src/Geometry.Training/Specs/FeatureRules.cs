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

/// <summary>How often features are active: one density for all features, which may be an axis, or one per feature.</summary>
/// <param name="AsSparsity">Whether the numbers are sparsities S = 1 − density.</param>
/// <param name="Uniform">The number for all features; null when each has its own.</param>
/// <param name="PerFeature">Length n; null when one number holds for all.</param>
public sealed record DensityRule(bool AsSparsity, Axis? Uniform, IReadOnlyList<double>? PerFeature)
{
    /// <summary>Whether the number is that of the active features in every sample.</summary>
    public bool IsActive { get; init; }

    /// <summary><c>density</c>, <c>sparsity</c> or <c>active</c>: the key in the spec and the name of the parameter.</summary>
    public string Name =>
        IsActive ? "active"
        : AsSparsity ? "sparsity"
        : "density";

    /// <summary>The densities p of n features.</summary>
    /// <param name="value">The number for all features; ignored when each has its own.</param>
    /// <param name="features">n.</param>
    public double[] Densities(double value, int features)
    {
        var densities = new double[features];
        for (int i = 0; i < features; i++)
        {
            double number = PerFeature is { } each ? each[i] : value;
            densities[i] =
                IsActive ? number / features
                : AsSparsity ? Complement(number)
                : number;
        }
        return densities;
    }

    /// <summary>1 − S in decimal arithmetic, so that a sparsity of 0.9 is a density of 0.1; never 0.</summary>
    private static double Complement(double sparsity)
    {
        double exact = (double)(1 - (decimal)sparsity);
        return exact > 0 ? exact : 1 - sparsity;
    }
}

/// <summary>Which features are active together, or never together.</summary>
/// <param name="Kind">How the members of a group depend on each other.</param>
/// <param name="Size">Features 0 … k−1 are the first group, k … 2k−1 the second, and so on; may be an axis. Null for none and for listed
/// groups.</param>
/// <param name="Listed">The groups as lists of features; other features are independent. Null for none and for groups of even size.</param>
public sealed record GroupRule(GroupKind Kind, Axis? Size, IReadOnlyList<IReadOnlyList<int>>? Listed)
{
    /// <summary>No groups.</summary>
    public static GroupRule None { get; } = new(GroupKind.None, null, null);

    /// <summary><c>correlated</c> or <c>anticorrelated</c>: the key in the spec and the name of the parameter.</summary>
    public string Name => Kind == GroupKind.Correlated ? "correlated" : "anticorrelated";

    /// <summary>The groups of n features.</summary>
    /// <param name="size">k, a divisor of n; ignored without groups and for listed ones.</param>
    /// <param name="features">n.</param>
    public FeatureGroups Groups(int size, int features)
    {
        if (Kind == GroupKind.None)
            return FeatureGroups.None;
        if (Listed is not null)
            return new FeatureGroups(Kind, Listed);
        return new FeatureGroups(Kind, [.. Enumerable.Range(0, features / size).Select(g => Enumerable.Range(g * size, size).ToArray())]);
    }
}
