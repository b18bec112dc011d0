namespace Geometry.Dictionaries;

/// <summary>What planes to look for in a dictionary, and how far.</summary>
public sealed record PlaneSearchOptions
{
    /// <summary>K, the largest dimension of a plane, in [1, 8].</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>
    /// Features that a plane must hold, at least, near-copies included; it holds more than k distinct directions in any case. ≥ 2.
    /// </summary>
    public int MinFeatures { get; init; } = 4;

    /// <summary>
    /// ε, the largest distance of a feature's unit vector from its plane, the sine of its angle with it, in (0, 0.9]; 0 chooses it:
    /// as far as chance leaves a plane empty, at most <see cref="LargestEpsilon"/>.
    /// </summary>
    public double Epsilon { get; init; }

    /// <summary>The share of false discoveries among the planes reported, in (0, 1).</summary>
    public double FalseDiscoveryRate { get; init; } = 0.01;

    /// <summary>Directions with a larger cosine count as one, in (0, 1).</summary>
    public double DuplicateCosine { get; init; } = 0.98;

    /// <summary>Neighbours that a direction may have on average in the graph of strong pairs; ≥ 1. The memory is 16 bytes each.</summary>
    public double MostNeighbours { get; init; } = 96;

    /// <summary>Threads to use; 0 for all processors. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Told what is being done and the share of it that is done, in [0, 1].</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>The largest tolerance that is chosen: 49 degrees.</summary>
    public const double LargestEpsilon = 0.75;

    /// <summary>Throws where an option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The message names the option, its value and its range.</exception>
    internal void Check()
    {
        Refuse(MaxPlaneDim is >= 1 and <= 8, nameof(MaxPlaneDim), MaxPlaneDim, "a whole number from 1 to 8");
        Refuse(MinFeatures >= 2, nameof(MinFeatures), MinFeatures, "a whole number ≥ 2");
        Refuse(Epsilon is >= 0 and <= 0.9, nameof(Epsilon), Epsilon, "a number in (0, 0.9], or 0 to choose it");
        Refuse(FalseDiscoveryRate is > 0 and < 1, nameof(FalseDiscoveryRate), FalseDiscoveryRate, "a number in (0, 1)");
        Refuse(DuplicateCosine is > 0 and < 1, nameof(DuplicateCosine), DuplicateCosine, "a number in (0, 1)");
        Refuse(MostNeighbours >= 1, nameof(MostNeighbours), MostNeighbours, "a number ≥ 1");
        Refuse(Threads >= 0, nameof(Threads), Threads, "a whole number ≥ 0");
    }

    private static void Refuse(bool holds, string name, object value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"expected {expected}");
    }
}
