namespace Geometry.Decisions;

/// <summary>
/// How much work goes into finding an answer. All of these are policy: an answer depends on a limit only where the limit is reached, and
/// running time depends on it everywhere.
/// </summary>
internal sealed record WorkLimits
{
    /// <summary>How many plausible ranks are tried beside the full one, steepest drop first.</summary>
    public int Ranks { get; init; } = 3;

    /// <summary>A component with more subsets than this is sampled. Some tenths of a second.</summary>
    public long SubsetsAlone { get; init; } = 1 << 20;

    /// <summary>
    /// Where several components together have more subsets than this, the dimension is left out, or sampled on request; 19 features have as
    /// many triples. Calibrated by <c>routes</c>, where more subsets change nothing below σ = 0.08.
    /// </summary>
    public long SubsetsJoined { get; init; } = 1 << 10;

    /// <summary>
    /// A dimension is left out where more subsets than this lie in planes with further features. Half a minute of clustering.
    /// </summary>
    public long PlaneVotes { get; init; } = 1 << 22;

    /// <summary>
    /// Subsets of several components together vote for k-planes from ε = this/k on. The graph of candidates then has edges from |cos| =
    /// 1/2k on, half of what connects a simplex; smaller tolerances find the same planes at more cost.
    /// </summary>
    public double JoinedFrom { get; init; } = 0.25;

    /// <summary>
    /// Summands at free angles are looked for inside blocks of at most this many dimensions, because every cut of such a block needs the
    /// spectra of all its parts, and no bound spares any. With 256 random directions in 128 dimensions the whole run takes 4 s.
    /// </summary>
    public int ObliqueDims { get; init; } = 128;

    /// <summary>
    /// For a block of more features than this, a name is no evidence in favour, and only the lack of one is evidence against, because the
    /// planes of blocks of that size suffice to tell them apart. This spares the spectra of the hundreds of blocks that noise makes.
    /// </summary>
    public int ShapeEvidenceFeatures { get; init; } = 128;

    /// <summary>Number of sets of base points from which the search for a correspondence may start.</summary>
    public int Bases { get; init; } = 3;

    /// <summary>Number of images of the base points that one start may look at.</summary>
    public int Nodes { get; init; } = 200_000;

    /// <summary>Number of correspondences that a full search may look at, times the square of the count. Some milliseconds.</summary>
    public int Correspondences { get; init; } = 120_000;

    /// <summary>Number of correspondences that a full search may look at in any case.</summary>
    public int LeastCorrespondences { get; init; } = 200;

    /// <summary>Number of correspondences that a search may look at where nothing plausible can come of it.</summary>
    public int HopelessCorrespondences { get; init; } = 64;

    /// <summary>
    /// Number of correspondences with a form that a search may look at while none is acceptable. The likely ones come first, and for a form
    /// that drifts or has near-symmetries no correspondence is ever so good that the search ends early. On 1,440 trained runs four times as
    /// many change no name.
    /// </summary>
    public int FormCorrespondences { get; init; } = 64;

    /// <summary>
    /// The same where one is already acceptable, or where the angles alone show that the residual is above half of what is acceptable.
    /// </summary>
    public int LeastFormCorrespondences { get; init; } = 16;

    /// <summary>The same limit applies to a form that drifts while its residual is still this many times what is acceptable.</summary>
    public double HopelessShare { get; init; } = 1.5;

    /// <summary>How far the angles of the image of the base points may be off at first, degrees; the tolerance is then doubled.</summary>
    public double FirstTolerance { get; init; } = 8;

    /// <summary>
    /// How far they may be off at last, degrees: three times the largest residual, because single angles are worse than their mean.
    /// </summary>
    public double LastTolerance { get; init; } = 30;

    /// <summary>
    /// A correspondence closer than this ends the search, degrees: the near-symmetries of shapes are further off.
    /// </summary>
    public double NegligibleDegrees { get; init; } = 1;

    /// <summary>
    /// Number of comparisons of two angles, per pair of directions, after which the search for symmetries is given up. It is twice what E8
    /// takes; regular polytopes take 6 to 16.
    /// </summary>
    public long SymmetryComparisons { get; init; } = 40;

    /// <summary>Number of comparisons that the search may take in any case. A millisecond.</summary>
    public long LeastSymmetryComparisons { get; init; } = 200_000;
}
