namespace Geometry.Grassmannian;

/// <summary>Settings of the Hough transform.</summary>
public sealed record HoughOptions
{
    /// <summary>The smallest dimension of a plane, ≥ 1.</summary>
    public int MinPlaneDim { get; init; } = 1;

    /// <summary>K, the largest dimension of a plane, ≥ 1; clamped to the rank of the columns and to n − 1.</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>ε, chordal distance within which two votes are for the same plane, dimensionless, in (0, 1).</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>minPts, votes within ε (itself included) that make a core vote, ≥ 2.</summary>
    public int MinPoints { get; init; } = 2;

    /// <summary>Smallest σ_k of the unit columns of a subset that may vote, in [0.001, 1]: the error of a vote is about noise/σ_k.</summary>
    public double MinSingularValue { get; init; } = 0.2;

    /// <summary>A dimension k with more than this many k-subsets is left out (and so is every larger one); default 2²⁶, ≥ 1.</summary>
    public long MaxSubsets { get; init; } = 1L << 26;

    /// <summary>Threads to use; 0 for all processors. The result does not depend on it.</summary>
    public int Threads { get; init; }
}
