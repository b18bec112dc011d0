namespace Geometry.Decisions;

/// <summary>
/// Every number that decides a label, in one place. Each says where it comes from: derived (a formula), calibrated (a command, and what
/// changes with it), or policy (a choice).
/// </summary>
/// <remarks>
/// <c>tools/Geometry.Recovery -- sensitivity</c> halves and doubles each and prints what changes. With the code that uses them stay only
/// the tolerances of rounding, the steps of numerical methods, what p-values are computed from, and the limits of size of the public types.
/// </remarks>
internal sealed record DecisionConstants
{
    /// <summary>The values that labels are given with.</summary>
    public static DecisionConstants Default { get; } = new();

    /// <summary>How long is looked for an answer.</summary>
    public WorkLimits Limits { get; init; } = new();

    /// <summary>
    /// Floor of the noise per coordinate of a unit column, radians (1.15°). Policy: trained models lean by a degree for reasons of their
    /// own.
    /// </summary>
    public double NoiseFloor { get; init; } = 0.02;

    // Summands: the search for the partition.

    /// <summary>
    /// The same floor as a share of τ = 1/√r, the coordinates of random directions: it holds below <see cref="NoiseFloor"/>, from r = 278
    /// on. Policy: structure must be told from random directions by a factor. Half and twice as much do as well, without it orthonormal
    /// columns of R^1300 have no name.
    /// </summary>
    public double NoiseFloorShare { get; init; } = 1.0 / 3;

    /// <summary>
    /// Structure fainter than this is not called structure, radians per coordinate (8.6°). Policy; leans of up to 12° in R² hang on it.
    /// </summary>
    public double LargestNoise { get; init; } = 0.15;

    /// <summary>
    /// Features of orthogonal summands are within 20° of orthogonal. Derived: five standard deviations of the cosine (σ√2) at σ = 0.05 a
    /// coordinate.
    /// </summary>
    public double LargestCosine { get; init; } = 0.35;

    /// <summary>
    /// Beyond <see cref="LargestCosine"/>: at most this many standard deviations of the cosine. Calibrated: <c>Geometry.Recovery</c>,
    /// polygons in R⁴ at σ = 0.1.
    /// </summary>
    public double CosineOutlier { get; init; } = 4;

    /// <summary>
    /// Beyond <see cref="LargestCosine"/>: no summand's largest cosine is below this share of a standard deviation, as exact zeros are no
    /// noise. Calibrated: without it the trained run 17 of fixtures/sweeps/n20_m5.npz, beside whose antipode everything is exactly
    /// orthogonal, would be a noisy sum; any small share will do, so that half or twice of it changes nothing.
    /// </summary>
    public double CosineSpared { get; init; } = 0.05;

    /// <summary>
    /// A rank is plausible when the next eigenvalue falls below this share of the last one kept. Calibrated: <c>Geometry.Recovery</c>,
    /// whose tables need ranks that noise hides at larger drops.
    /// </summary>
    public double EigenvalueGap { get; init; } = 0.6;

    /// <summary>
    /// Evidence, nats, that free angles inside one group have to bring beyond what one block without a name has. Calibrated:
    /// <c>Geometry.Recovery -- oblique</c> and <c>-- random</c>.
    /// </summary>
    public double ObliqueCost { get; init; } = 18;

    /// <summary>
    /// Largest noise per coordinate of an oblique sum, radians. Free angles fit more than orthogonal ones, so the fit must be closer.
    /// Calibrated: up to this one <c>Geometry.Recovery -- oblique</c> finds sums nearly always.
    /// </summary>
    public double LargestObliqueNoise { get; init; } = 0.06;

    /// <summary>
    /// Added to the variance of an entry of the row-space projector, in units of the noise's. Policy: keeps the strength finite where both
    /// features are coloops, whose entry carries no noise to first order; the square of 0.6°, far below any noise of interest. Half, twice
    /// and a hundred times as much do as well.
    /// </summary>
    public double EdgeVarianceFloor { get; init; } = 1e-4;

    // Planes: the Hough route.

    /// <summary>
    /// The last rung. Derived: below ½, so that four-dimensional shapes, a quarter of whose squares lie along each axis, cannot pass for
    /// three-dimensional ones (a residual of √¼).
    /// </summary>
    public double LargestPlaneTolerance { get; init; } = 0.42;

    /// <summary>
    /// Rungs of the ladder for each doubling of the tolerance. Calibrated: <c>routes</c> misses as many sums with 1 as with 1.7, of 400 in
    /// each of nine cells.
    /// </summary>
    public double PlaneRungs { get; init; } = 1;

    /// <summary>
    /// f in ε(σ) = f·σ·(√(2(m−k)) + <see cref="PlaneToleranceRoom"/>). Derived: votes of one plane are linked through subsets that share
    /// all columns but one, two such planes differ by d² ≈ 2(m−k)σ²/λ, λ the squared length of that column across the others; λ = 0.3 for
    /// columns at 33°.
    /// </summary>
    public double PlaneToleranceFactor { get; init; } = 1.8;

    /// <summary>The deviations above its mean that d is granted in ε(σ).</summary>
    public double PlaneToleranceRoom { get; init; } = 1.5;

    /// <summary>
    /// How far from orthogonal to all others a single feature may be, in standard deviations σ√2 of a cosine. Derived: 1 of 16,000 pairs is
    /// further.
    /// </summary>
    public double SingleDeviations { get; init; } = 4;

    /// <summary>Equal steps in which the tolerance of single features is lowered to nothing. Policy: time.</summary>
    public int SingleSteps { get; init; } = 4;

    /// <summary>
    /// A plane is reducible where no entry of its row-space projector ties two parts together by more than this many standard deviations.
    /// Policy: 4.5 leave 3·10⁻⁶ for each of a few hundred entries.
    /// </summary>
    public double MatroidDeviations { get; init; } = 4.5;

    /// <summary>Noise below this counts as this there, radians. Policy: rounding, and the floor of what training leaves.</summary>
    public double MatroidNoiseFloor { get; init; } = 0.002;

    // Shapes: which name a block gets.

    /// <summary>
    /// What an unexplained block costs, nats: e^−12 is the prior odds of meeting one. Calibrated (<c>tools/Geometry.Recovery</c>, random
    /// sums and random directions): a direct sum of shapes is the hypothesis under test, and a block that is just "some k-plane" can absorb
    /// any pair of true summands at the price of d_S·d_T constraints, as little as 2 nats for two single features.
    /// </summary>
    public double IrregularCost { get; init; } = 12;

    /// <summary>
    /// α, the largest probability that directions without structure, independent or a tight frame, get a name. Calibrated (<c>--
    /// random</c>, <c>-- tight</c>, and true triangles at σ = 0.04): the smallest round value that keeps 99.86 % of these; see the remarks
    /// of Geometry.Shapes.MatchOptions.
    /// </summary>
    public double Alpha { get; init; } = 0.008;

    /// <summary>
    /// α for the forms of an atlas, which were chosen from data and may drift: few directions come near some form often. Calibrated: with
    /// <see cref="Alpha"/> random tight frames of five and six vectors in R³ are named after forms of four in 2 %; forms of nine directions
    /// and more have p-values far below this.
    /// </summary>
    public double FormAlpha { get; init; } = 1e-5;

    /// <summary>The share of <see cref="Alpha"/> that is left where a block fills the space and holds every learned column: only the shape
    /// then speaks for structure; and for random tight frames, which have near-shapes as a whole and in their parts. Calibrated (<c>--
    /// random</c>, <c>-- tight</c>): three random directions of the plane pass for a triangle in 0.4 %, tight frames of seven vectors in R⁶
    /// get a name in 0.8 %.</summary>
    public double AloneShare { get; init; } = 0.5;

    /// <summary>
    /// Largest lean of an antipode, degrees off 180°, where noise explains no more; and widest bundle of features that is one direction of
    /// a line. Policy: trained pairs lean by up to 12° in R² and 15° in R³.
    /// </summary>
    public double LeanCap { get; init; } = 15;

    /// <summary>
    /// Share of true pairs that lean beyond what noise is granted. Calibrated (<c>tools/Geometry.Recovery</c>, all coordinates, σ = 0.06):
    /// a run has up to dozens of pairs, each of which has to keep its name.
    /// </summary>
    public double LeanRisk { get; init; } = 0.0001;

    /// <summary>
    /// The noise that a direction may have, degrees per tangent coordinate: that of σ = 0.06 on a vector of norm 0.85. Policy.
    /// </summary>
    public double NoiseDegrees { get; init; } = 4;

    /// <summary>
    /// Largest residual of an accepted match, degrees. Policy: what is further away is another configuration, however small its p-value.
    /// </summary>
    public double MostResidualDegrees { get; init; } = 10;

    /// <summary>Share of shapes with <see cref="NoiseDegrees"/> that are further off than the cap on residuals. Policy.</summary>
    public double CapRisk { get; init; } = 0.001;

    /// <summary>
    /// Risk that noise is taken for something else: in the frame defect of a block, in the angle of two features of one direction, in
    /// whether a configuration is antipodal. Policy.
    /// </summary>
    public double NoiseRisk { get; init; } = 0.01;

    /// <summary>
    /// How much denser random tight frames lie around a shape of the plane than independent directions. Calibrated: the bound of what was
    /// sampled, 2 to 3 for polygons, see Geometry.Shapes.Significance.TightFrameNull.
    /// </summary>
    public double TightFactor { get; init; } = 4;

    /// <summary>
    /// The same in more dimensions, as a power of the probability. Calibrated: the bound of what was sampled for a dozen shapes in R² to
    /// R⁶.
    /// </summary>
    public double TightExponent { get; init; } = 0.5;

    /// <summary>
    /// Risk that a shape of opposite pairs is held to the nulls of lines although what its pairs lean shows all its misfit to be noise.
    /// Calibrated (<c>-- zoo</c>, and random sums at σ = 0.06): at 0.01 sums with such shapes lose 1 to 3 % of their formulas at σ = 0.03;
    /// random lines gain nothing, as exact opposites show no noise at all.
    /// </summary>
    public double LineRisk { get; init; } = 0.0001;

    /// <summary>
    /// Largest share of the separation that the directions of a block can have at best, within which two features are one direction.
    /// Derived: a bundle may be twice as wide as its links are long, and must stay below half of the separation.
    /// </summary>
    public double SharedShare { get; init; } = 0.25;

    /// <summary>
    /// Share of <see cref="NoiseFloor"/> as an angle, 0.6°, within which two features are twins: one direction before anything is asked
    /// about noise. Policy: well below what neighbours of a polygon with a hundred vertices come to at σ = 0.01.
    /// </summary>
    public double TwinShare { get; init; } = 0.5;

    /// <summary>
    /// Standard deviations of the angle between neighbours that the separation must exceed the longest link of a bundle by. Derived: 4.5
    /// leave 3·10⁻⁶ for each pair of neighbours of a true shape, of which there are at most some thousands.
    /// </summary>
    public double SharedDeviations { get; init; } = 4.5;

    /// <summary>
    /// Largest share of the residual of a shape of all features that a shape of fewer, shared directions may have to be preferred. Policy:
    /// the polygon that a chance pair leaves is about as near as the true one, a polygon with a doubled vertex is ten times nearer than
    /// that with one more.
    /// </summary>
    public double NearerShare { get; init; } = 0.5;

    /// <summary>
    /// A block's columns are matched only if each lies in its plane by at least this share of its length. Policy: below, it is not a column
    /// of that plane.
    /// </summary>
    public double LeastInPlane { get; init; } = 0.5;

    /// <summary>
    /// A line frame splits when the RMS cosine across its weakest cut, of s and L−s lines, is at most SplitRatio + SplitSpread/√(s(L−s))
    /// times the noise that its residual means. Calibrated: sums of two equal diplo-simplices of dimensions 2, 3, 5, 8, 14 with noise to σ
    /// = .06 have at most 1.3, 1.0, .7, .5, .4 times that noise; irreducible frames at least 3 up to (5,16), .8 for (17,38) and (28,64),
    /// .45 for (60,130).
    /// </summary>
    public double SplitRatio { get; init; } = 0.3;

    /// <summary>See <see cref="SplitRatio"/>.</summary>
    public double SplitSpread { get; init; } = 3;

    // Shapes: how long to look for the correspondence with one.

    /// <summary>
    /// A correspondence closer than this is worth no second start, and a lower bound beyond it no full search, degrees. Derived: above <see
    /// cref="MostResidualDegrees"/>.
    /// </summary>
    public double PlausibleDegrees { get; init; } = 12;

    // Descriptions of what has no name; no formula hangs on them.

    /// <summary>
    /// Risk that noise contradicts a statement about a configuration as a whole: its angles, symmetries, strength as a design. Policy.
    /// </summary>
    public double DescriptionRisk { get; init; } = 0.001;

    /// <summary>
    /// Largest gap between equal angles, in standard deviations of an angle. Derived: 2.8 standard deviations of their difference, once in
    /// 200.
    /// </summary>
    public double AngleLink { get; init; } = 4;

    /// <summary>
    /// Most distinct angles for each pair where the angles themselves tell the noise. Policy: pieces of a continuum are many.
    /// </summary>
    public double FewAngles { get; init; } = 0.25;

    /// <summary>
    /// Share of the mean square of a harmonic over random directions from which noise says nothing about it any more. Policy.
    /// </summary>
    public double DesignShare { get; init; } = 0.5;

    /// <summary>
    /// Standard deviations that the moments of two equal directions may differ by. Derived: once in some 10⁴, times the degrees compared.
    /// </summary>
    public double MomentDeviations { get; init; } = 4;
}
