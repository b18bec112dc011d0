namespace Geometry.Training.Specs;

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
