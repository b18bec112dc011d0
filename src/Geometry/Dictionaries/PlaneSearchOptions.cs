namespace Geometry.Dictionaries;

/// <summary>Options of the search for planes in a dictionary.</summary>
public sealed record PlaneSearchOptions
{
    /// <summary>K, the largest dimension of a plane, in [1, 8].</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>
    /// Smallest number of features in a plane, near-copies included, ≥ 2. A plane also holds more than k distinct directions in any case.
    /// </summary>
    public int MinFeatures { get; init; } = 4;

    /// <summary>
    /// ε, the largest distance of a feature's unit vector from its plane, which is the sine of the angle between them, in (0, 0.9]. With 0
    /// the search chooses the largest value, up to <see cref="LargestEpsilon"/>, within which chance leaves a plane empty.
    /// </summary>
    public double Epsilon { get; init; }

    /// <summary>The rate of false discoveries among the reported planes, in (0, 1).</summary>
    public double FalseDiscoveryRate { get; init; } = 0.01;

    /// <summary>Directions with a larger cosine are counted as one, in (0, 1).</summary>
    public double DuplicateCosine { get; init; } = 0.98;

    /// <summary>
    /// Largest average number of neighbours of a direction in the graph of strong pairs, ≥ 1. Each takes 16 bytes of memory.
    /// </summary>
    public double MostNeighbours { get; init; } = 96;

    /// <summary>Threads to use; 0 for all processors. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Receives the name of the current stage and the share of it that is done, in [0, 1]; null for no reports.</summary>
    public Action<string, double>? Progress { get; init; }

    /// <summary>The largest tolerance that the search chooses, 49 degrees.</summary>
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
