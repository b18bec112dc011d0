namespace Geometry.Grassmannian;

/// <summary>How the k-subsets of one dimension were searched.</summary>
public enum HoughRoute
{
    /// <summary>All of them were visited; the planes are those of the definition.</summary>
    Enumerated,

    /// <summary>k is the rank, so that there is only one plane, the span.</summary>
    Span,

    /// <summary>
    /// Those of random pools of features were visited; a plane is missed with the probability that <see cref="SamplingPlan"/> states.
    /// </summary>
    Sampled,

    /// <summary>None were visited: there are too many, or too many of them lie in planes with further features.</summary>
    LeftOut,
}

/// <summary>How far the planes of one dimension were searched.</summary>
/// <param name="Dim">k.</param>
/// <param name="Route">How the subsets were searched.</param>
/// <param name="Visited">How many subsets were visited; C(n,k) when enumerated.</param>
public sealed record HoughCoverage(int Dim, HoughRoute Route, double Visited);

/// <summary>The result of a Hough transform.</summary>
/// <param name="Planes">The planes, by dimension, then by their features in lexicographic order, then by first vote.</param>
/// <param name="Coverage">One entry per dimension that was asked for, ascending.</param>
public sealed record HoughSearch(IReadOnlyList<HoughPlane> Planes, IReadOnlyList<HoughCoverage> Coverage);

/// <summary>A plane that holds more than <paramref name="Dim"/> features: one cluster of votes.</summary>
/// <param name="Dim">k, the dimension of the plane.</param>
/// <param name="Features">All features within ε of the mean plane, ‖(I−P)x_j‖ ≤ ε, ascending; more than k.</param>
/// <param name="Votes">Number of k-subsets in the cluster, border votes included.</param>
/// <param name="Voters">The union of those subsets, ascending.</param>
/// <param name="Basis">Orthonormal basis of the mean plane, the top-k eigenspace of the sum of the votes' projectors; k×m, one vector per
/// row.</param>
/// <param name="Residual">Root mean square of ‖(I−P)x_j‖ over <paramref name="Features"/>, dimensionless, in [0, ε].</param>
public sealed record HoughPlane(int Dim, int[] Features, long Votes, int[] Voters, double[] Basis, double Residual);

/// <summary>Settings of the Hough transform.</summary>
public sealed record HoughOptions
{
    /// <summary>The smallest dimension of a plane, ≥ 1.</summary>
    public int MinPlaneDim { get; init; } = 1;

    /// <summary>K, the largest dimension of a plane, ≥ 1; clamped to the rank of the columns and to n − 1.</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>ε, chordal distance within which two votes are for the same plane, dimensionless, in (0, 1).</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>minPts, the number of votes within ε (itself included) that make a core vote, ≥ 2.</summary>
    public int MinPoints { get; init; } = 2;

    /// <summary>
    /// Smallest σ_k of the unit columns of a subset that may vote, in [0.001, 1]; the error of a vote is about noise/σ_k.
    /// </summary>
    public double MinSingularValue { get; init; } = 0.2;

    /// <summary>
    /// A dimension k with more k-subsets than this is sampled or left out; in [1, 2³¹), default 2²⁸ (n = 1000 has 166 million 3-subsets).
    /// </summary>
    public long MaxSubsets { get; init; } = 1L << 28;

    /// <summary>
    /// A dimension is left out when more subsets than this lie in planes with further features, which bounds the memory; ≥ 1, default 2²⁵.
    /// </summary>
    public long MaxVotes { get; init; } = 1L << 25;

    /// <summary>
    /// c: where the k-subsets are too many, planes that hold at least c features are looked for in random pools of features
    /// (<see cref="SamplingPlan"/>); 0: such a dimension is left out. Where one pool holds all features, its subsets are enumerated.
    /// </summary>
    public int SampleFeatures { get; init; }

    /// <summary>A dimension is left out when sampling would visit more subsets than this; &gt; 0, default 10¹¹, minutes to hours.</summary>
    public double MaxSampled { get; init; } = 1e11;

    /// <summary>Seed of the random pools.</summary>
    public int Seed { get; init; }

    /// <summary>Threads to use; 0 for all processors. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Throws when an option is out of its range.</summary>
    internal void Check()
    {
        if (MinPlaneDim < 1)
            throw new ArgumentOutOfRangeException(nameof(MinPlaneDim), MinPlaneDim, "expected MinPlaneDim ≥ 1");
        if (MaxPlaneDim < 1)
            throw new ArgumentOutOfRangeException(nameof(MaxPlaneDim), MaxPlaneDim, "expected MaxPlaneDim ≥ 1");
        if (!(Epsilon is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(Epsilon), Epsilon, "expected 0 < Epsilon < 1");
        if (MaxSubsets is < 1 or > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(MaxSubsets), MaxSubsets, "expected 1 ≤ MaxSubsets < 2³¹");
        if (MaxVotes < 1)
            throw new ArgumentOutOfRangeException(nameof(MaxVotes), MaxVotes, "expected MaxVotes ≥ 1");
        if (SampleFeatures < 0)
            throw new ArgumentOutOfRangeException(nameof(SampleFeatures), SampleFeatures, "expected SampleFeatures ≥ 0");
        if (!(MaxSampled > 0))
            throw new ArgumentOutOfRangeException(nameof(MaxSampled), MaxSampled, "expected MaxSampled > 0");
    }
}
