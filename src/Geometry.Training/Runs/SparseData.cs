using Geometry.Words;

namespace Geometry.Training;

/// <summary>
/// The distribution of inputs and the weights of the loss: x_i = 0 with probability S_i = 1 − p_i, else uniform on [0,1);
/// the loss is the mean over samples and features of I_i (x_i − x'_i)².
/// Source: Elhage et al. 2022, arXiv 2209.10652, section "Experiment setup".
/// </summary>
public sealed record SparseData
{
    /// <summary>Makes a distribution; members of one group must have one density, because the group has a single mask.</summary>
    /// <param name="Density">p_i, length n, each in (0, 1]. In a correlated group the probability that all members are active; in an
    /// anticorrelated group the probability that one of them is.</param>
    /// <param name="Importance">I_i, length n, each ≥ 0 and finite.</param>
    /// <param name="Groups">Dependences between features; indices below n.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is outside its range, or a group has members of different
    /// density.</exception>
    public SparseData(IReadOnlyList<double> Density, IReadOnlyList<double> Importance, FeatureGroups Groups)
    {
        ArgumentNullException.ThrowIfNull(Density);
        ArgumentNullException.ThrowIfNull(Importance);
        ArgumentNullException.ThrowIfNull(Groups);
        if (Density.Count == 0)
            throw new ArgumentException("There must be at least one feature.", nameof(Density));
        if (Density.Count != Importance.Count)
            throw new ArgumentException($"{Density.Count} densities but {Importance.Count} importances.", nameof(Importance));
        for (int i = 0; i < Density.Count; i++)
        {
            if (!(Density[i] > 0 && Density[i] <= 1))
                throw new ArgumentException($"The density of feature {i} is {Text(Density[i])}; it must lie in (0, 1].", nameof(Density));
            if (!(Importance[i] >= 0 && double.IsFinite(Importance[i])))
                throw new ArgumentException(
                    $"The importance of feature {i} is {Text(Importance[i])}; it must be finite and ≥ 0.",
                    nameof(Importance)
                );
        }

        foreach (IReadOnlyList<int> group in Groups.Groups)
        {
            foreach (int feature in group)
            {
                if (feature >= Density.Count)
                    throw new ArgumentException($"A group names feature {feature}, but there are {Density.Count}.", nameof(Groups));
                if (Density[feature] != Density[group[0]])
                    throw new ArgumentException(
                        $"Features {group[0]} and {feature} are in one group but differ in density.",
                        nameof(Groups)
                    );
            }
        }

        this.Density = [.. Density];
        this.Importance = [.. Importance];
        this.Groups = Groups;
    }

    /// <summary>p_i = 1 − S_i, length n.</summary>
    public IReadOnlyList<double> Density { get; }

    /// <summary>I_i, length n.</summary>
    public IReadOnlyList<double> Importance { get; }

    /// <summary>Dependences between features.</summary>
    public FeatureGroups Groups { get; }

    /// <summary>
    /// Number of active features in every sample, a uniform random subset; null for independent features. The densities must then agree
    /// with it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not between 1 and that of the features.</exception>
    public int? Active
    {
        get;
        init =>
            field =
                value is null || (value >= 1 && value <= Density.Count)
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(value), value, $"expected 1 to {Density.Count} active features");
    }

    private static string Text(double value) => Geometry.Words.NumberText.Of(value);
}
