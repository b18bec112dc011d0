namespace Geometry.Decisions;

/// <summary>
/// How long is looked for an answer. Policy, all of them: an answer hangs on a limit only where it is met, and time does.
/// </summary>
internal sealed record WorkLimits
{
    /// <summary>Plausible ranks beside the full one, steepest drop first.</summary>
    public int Ranks { get; init; } = 3;

    /// <summary>More subsets of one component than this are sampled. Some tenths of a second.</summary>
    public long SubsetsAlone { get; init; } = 1 << 20;

    /// <summary>
    /// More subsets of several components together than this are left out, or sampled on request; 19 features have as many triples.
    /// Calibrated by <c>routes</c>, where more change nothing below σ = 0.08.
    /// </summary>
    public long SubsetsJoined { get; init; } = 1 << 10;

    /// <summary>
    /// A dimension where more subsets than this lie in planes with further features is left out. Half a minute of clustering.
    /// </summary>
    public long PlaneVotes { get; init; } = 1 << 22;

    /// <summary>
    /// Subsets of several components together vote for k-planes from ε = this/k on: the graph of candidates then has edges from |cos| =
    /// 1/2k on, half of what connects a simplex; a smaller ε finds the same planes at more cost.
    /// </summary>
    public double JoinedFrom { get; init; } = 0.25;

    /// <summary>
    /// Summands at free angles are looked for inside blocks of up to so many dimensions: every cut of such a block takes the spectra of
    /// its parts, which nothing bounds. With 256 random directions in 128 dimensions the whole run takes 4 s.
    /// </summary>
    public int ObliqueDims { get; init; } = 128;

    /// <summary>
    /// The name of a block of more features than this is no evidence for it, only the lack of one is evidence against it: its planes
    /// tell blocks of that size apart. So the spectra of blocks that noise makes by the hundred need not be known.
    /// </summary>
    public int ShapeEvidenceFeatures { get; init; } = 128;

    /// <summary>Sets of base points that the search for a correspondence may start from.</summary>
    public int Bases { get; init; } = 3;

    /// <summary>Images of a frame's vectors that are looked at from one start.</summary>
    public int Nodes { get; init; } = 200_000;

    /// <summary>Correspondences that a full search may look at, times the square of the count. Some milliseconds.</summary>
    public int Correspondences { get; init; } = 120_000;

    /// <summary>Correspondences that a full search may look at in any case.</summary>
    public int LeastCorrespondences { get; init; } = 200;

    /// <summary>Correspondences that a search may look at where nothing plausible can come of it.</summary>
    public int HopelessCorrespondences { get; init; } = 64;

    /// <summary>
    /// Correspondences with a form that a search may look at while none is acceptable. The likely ones come first, and a form that drifts
    /// or has near-symmetries never lets a search end by being beyond doubt. On 1,440 trained runs four times as many change no name.
    /// </summary>
    public int FormCorrespondences { get; init; } = 64;

    /// <summary>
    /// The same where one is acceptable already, or where the angles alone put the form beyond half of what is acceptable.
    /// </summary>
    public int LeastFormCorrespondences { get; init; } = 16;

    /// <summary>The same where a form that drifts is still so many times further off than is acceptable.</summary>
    public double HopelessShare { get; init; } = 1.5;

    /// <summary>How far the angles of a frame's image may be off at first, degrees, and then twice that.</summary>
    public double FirstTolerance { get; init; } = 8;

    /// <summary>
    /// How far they may be off at last, degrees: three times the largest residual, as single angles are worse than their mean.
    /// </summary>
    public double LastTolerance { get; init; } = 30;

    /// <summary>A correspondence closer than this is beyond doubt, degrees: the near-symmetries of shapes are further off.</summary>
    public double NegligibleDegrees { get; init; } = 1;

    /// <summary>
    /// Comparisons of two angles for every pair of directions after which the search for symmetries is given up. Twice what E8 takes;
    /// regular polytopes take 6 to 16.
    /// </summary>
    public long SymmetryComparisons { get; init; } = 40;

    /// <summary>Comparisons that it may take in any case. A millisecond.</summary>
    public long LeastSymmetryComparisons { get; init; } = 200_000;
}
