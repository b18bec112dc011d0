namespace Geometry.Decisions;

/// <summary>Every number that decides a label, in one place. Each says where it comes from: derived (a formula), calibrated (a command, and what changes with it), or policy (a choice).</summary>
/// <remarks><c>tools/Geometry.Recovery -- sensitivity</c> halves and doubles each and prints what changes.</remarks>
internal sealed record DecisionConstants
{
    /// <summary>The values that labels are given with.</summary>
    public static DecisionConstants Default { get; } = new();

    /// <summary>Floor of the noise per coordinate of a unit column, radians (1.15°). Policy: trained models lean by a degree for reasons of their own.</summary>
    public double NoiseFloor { get; init; } = 0.02;

    // Summands: the search for the partition.

    // Planes: the Hough route.

    /// <summary>The first rung of the ladder of tolerances, chordal distance. Policy: <see cref="NoiseFloor"/>, what no model is blamed for.</summary>
    public double SmallestPlaneTolerance { get; init; } = 0.02;

    /// <summary>The last rung. Derived: below ½, so that four-dimensional shapes, a quarter of whose squares lie along each axis, cannot pass for three-dimensional ones (a residual of √¼).</summary>
    public double LargestPlaneTolerance { get; init; } = 0.42;

    /// <summary>Ratio of neighbouring rungs. Calibrated: <c>routes</c> of tools/Geometry.Recovery misses as many sums with 2 as with 1.5, of 400 in each of nine cells.</summary>
    public double PlaneToleranceStep { get; init; } = 2.0;

    /// <summary>
    /// f in ε(σ) = f·σ·(√(2(m−k)) + <see cref="PlaneToleranceRoom"/>). Derived: votes of one plane are linked through subsets that share all columns but one, two such planes differ by
    /// d² ≈ 2(m−k)σ²/λ, λ the squared length of that column across the others; λ = 0.3 for columns at 33°.
    /// </summary>
    public double PlaneToleranceFactor { get; init; } = 1.8;

    /// <summary>The deviations above its mean that d is granted in ε(σ).</summary>
    public double PlaneToleranceRoom { get; init; } = 1.5;

    /// <summary>Subsets of several components together vote for k-planes from ε = this/k on. Derived: the graph of candidates then has edges from |cos| = 1/2k on, half of what connects a simplex; a smaller ε would find the same planes at more cost.</summary>
    public double JoinedFrom { get; init; } = 0.25;

    /// <summary>More subsets of one component than this are sampled. Policy: some tenths of a second.</summary>
    public long MostSubsetsAlone { get; init; } = 1 << 20;

    /// <summary>More subsets of several components together than this are left out, or sampled on request; 47 features have as many triples. Policy: at some 5 µs a subset not more than a tenth of a second.</summary>
    public long MostSubsetsJoined { get; init; } = 1 << 14;

    /// <summary>A dimension where more subsets than this lie in planes with further features is left out. Policy: half a minute of clustering.</summary>
    public long MostPlaneVotes { get; init; } = 1 << 22;

    /// <summary>How far from orthogonal to all others a single feature may be, in standard deviations σ√2 of a cosine. Derived: 1 of 16,000 pairs is further.</summary>
    public double SingleDeviations { get; init; } = 4;

    /// <summary>Planes that hold less than this share of the mean of a dependence among too many planes are no part of it: exactly orthogonal ones hold none.</summary>
    public double LeastDependence { get; init; } = 0.1;

    // Shapes: which name a block gets.
}
