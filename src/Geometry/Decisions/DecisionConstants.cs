namespace Geometry.Decisions;

/// <summary>
/// Every number that decides a label, in one place. Each says where it comes from: derived (from a formula), calibrated (by a command), or
/// policy (a choice).
/// </summary>
/// <remarks>
/// <c>tools/Geometry.Recovery -- sensitivity</c> halves and doubles each number and prints which answers change. Only tolerances of
/// rounding, the steps of numerical methods, what p-values are computed from, and the size limits of public types stay with the code that
/// uses them.
/// </remarks>
internal sealed record DecisionConstants
{
    /// <summary>The values that labels are made with.</summary>
    public static DecisionConstants Default { get; } = new();

    /// <summary>How much work goes into finding an answer.</summary>
    public WorkLimits Limits { get; init; } = new();

    /// <summary>
    /// Floor of the noise per coordinate of a unit column, radians (1.15°). Policy: trained models are off by a degree even without noise.
    /// </summary>
    public double NoiseFloor { get; init; } = 0.02;

    // Summands: the search for the partition.

    /// <summary>
    /// The floor as a share of τ = 1/√r, the root mean square coordinate of random directions; it is lower than <see cref="NoiseFloor"/>
    /// from r = 278 on. Policy: structure must differ from random directions by a factor. Half and twice as much do as well; without it,
    /// orthonormal columns of R^1300 have no name.
    /// </summary>
    public double NoiseFloorShare { get; init; } = 1.0 / 3;

    /// <summary>
    /// Structure with more noise than this does not count as structure, radians per coordinate (8.6°). Policy; leans of up to 12° in R²
    /// depend on it.
    /// </summary>
    public double LargestNoise { get; init; } = 0.15;

    /// <summary>
    /// Largest |cos| of features of orthogonal summands: they are within 20° of orthogonal. Derived: five standard deviations of the cosine
    /// (σ√2) at σ = 0.05 per coordinate.
    /// </summary>
    public double LargestCosine { get; init; } = 0.35;

    /// <summary>
    /// A cosine beyond <see cref="LargestCosine"/> may be at most this many standard deviations large. Calibrated:
    /// <c>Geometry.Recovery</c>, polygons in R⁴ at σ = 0.1.
    /// </summary>
    public double CosineOutlier { get; init; } = 4;

    /// <summary>
    /// Where a cosine is beyond <see cref="LargestCosine"/>, the largest cosine of every summand must be at least this share of a standard
    /// deviation, because noise leaves no exact zeros. Calibrated: without it the trained run 17 of fixtures/sweeps/n20_m5.npz, beside
    /// whose antipode everything is exactly orthogonal, would be a noisy sum. Any small share does as well, so that half or twice of it
    /// changes nothing.
    /// </summary>
    public double CosineSpared { get; init; } = 0.05;

    /// <summary>
    /// A rank is plausible when the next eigenvalue is below this share of the last one kept. Calibrated: <c>Geometry.Recovery</c>, where
    /// noise hides some true ranks if the drop has to be larger.
    /// </summary>
    public double EigenvalueGap { get; init; } = 0.6;

    /// <summary>
    /// Evidence, nats, that a sum at free angles has to bring beyond that of one block without a name. Calibrated: <c>Geometry.Recovery --
    /// oblique</c> and <c>-- random</c>.
    /// </summary>
    public double ObliqueCost { get; init; } = 18;

    /// <summary>
    /// Largest noise per coordinate of an oblique sum, radians. Free angles fit more data than orthogonal ones, so the fit must be closer.
    /// Calibrated: up to this noise, <c>Geometry.Recovery -- oblique</c> finds nearly all sums.
    /// </summary>
    public double LargestObliqueNoise { get; init; } = 0.06;

    /// <summary>
    /// Added to the variance of an entry of the row-space projector, in units of the variance of the noise. Policy: it keeps the strength
    /// finite between two coloops, whose entry has no noise to first order. It is the square of 0.6°, far below any noise that matters;
    /// half, twice and a hundred times as much do as well.
    /// </summary>
    public double EdgeVarianceFloor { get; init; } = 1e-4;

    // Planes: the Hough route.

    /// <summary>
    /// The last rung of the ladder of tolerances. Derived: it is below ½, so that four-dimensional shapes, a quarter of whose squared
    /// length lies along each axis, cannot pass for three-dimensional ones (a residual of √¼).
    /// </summary>
    public double LargestPlaneTolerance { get; init; } = 0.42;

    /// <summary>
    /// Rungs of the ladder per doubling of the tolerance. Calibrated: <c>routes</c> misses as many sums with 1 as with 1.7, of 400 in each
    /// of nine cells.
    /// </summary>
    public double PlaneRungs { get; init; } = 1;

    /// <summary>
    /// f in ε(σ) = f·σ·(√(2(m−k)) + <see cref="PlaneToleranceRoom"/>). Derived: votes for one plane are linked through subsets that share
    /// all columns but one, and two such planes differ by d² ≈ 2(m−k)σ²/λ, where λ is the squared length of that column across the others;
    /// λ = 0.3 for columns at 33°.
    /// </summary>
    public double PlaneToleranceFactor { get; init; } = 1.8;

    /// <summary>How many standard deviations above its mean d may be in ε(σ).</summary>
    public double PlaneToleranceRoom { get; init; } = 1.5;

    /// <summary>
    /// How far from orthogonal to all others a single feature may be, in standard deviations σ√2 of a cosine. Derived: 1 of 16,000 pairs is
    /// further off.
    /// </summary>
    public double SingleDeviations { get; init; } = 4;

    /// <summary>Number of equal steps in which the tolerance of single features is lowered to zero. Policy: time.</summary>
    public int SingleSteps { get; init; } = 4;

    /// <summary>
    /// An entry of the row-space projector ties two features together when it is larger than this many standard deviations; a plane without
    /// ties between two parts is reducible. Policy: 4.5 leave 3·10⁻⁶ for each of a few hundred entries.
    /// </summary>
    public double MatroidDeviations { get; init; } = 4.5;

    /// <summary>The floor of the noise in that test, radians. Policy: it covers rounding and what training leaves.</summary>
    public double MatroidNoiseFloor { get; init; } = 0.002;

    // Shapes: the name of a block.

    /// <summary>
    /// What a block without a name costs, nats: e^−12 is the prior odds of meeting one. Calibrated (<c>tools/Geometry.Recovery</c>, random
    /// sums and random directions). The hypothesis under test is a direct sum of shapes; a block that is just some k-plane could otherwise
    /// absorb any pair of true summands at the price of d_S·d_T constraints, which is as little as 2 nats for two single features.
    /// </summary>
    public double IrregularCost { get; init; } = 12;

    /// <summary>
    /// α, the largest probability with which directions without structure, independent or a tight frame, get a name. Calibrated (<c>--
    /// random</c>, <c>-- tight</c>, and true triangles at σ = 0.04): the smallest round value that keeps the names of 99.86 % of these
    /// triangles; see the remarks of Geometry.Shapes.MatchOptions.
    /// </summary>
    public double Alpha { get; init; } = 0.008;

    /// <summary>
    /// α for the forms of an atlas, which were chosen from data and may drift, so that a few directions often come near some form.
    /// Calibrated: with <see cref="Alpha"/> random tight frames of five and six vectors in R³ are named after forms of four in 2 %; forms
    /// of nine directions and more have p-values far below this.
    /// </summary>
    public double FormAlpha { get; init; } = 1e-5;

    /// <summary>
    /// The share of <see cref="Alpha"/> that counts for a block that fills the space and holds every learned column, since its shape is
    /// then all the evidence there is; and for random tight frames, which have near-shapes both as a whole and in their parts. Calibrated
    /// (<c>-- random</c>, <c>-- tight</c>): three random directions of the plane pass for a triangle in 0.4 %, tight frames of seven
    /// vectors in R⁶ get a name in 0.8 %.
    /// </summary>
    public double AloneShare { get; init; } = 0.5;

    /// <summary>
    /// Largest lean of an antipode, degrees off 180°, where noise does not explain a larger one; and the largest width of a bundle of
    /// features that is one direction of a line. Policy: trained pairs lean by up to 12° in R² and 15° in R³.
    /// </summary>
    public double LeanCap { get; init; } = 15;

    /// <summary>
    /// Share of true pairs that lean further than noise is taken to explain. Calibrated (<c>tools/Geometry.Recovery</c>, all coordinates, σ
    /// = 0.06): a run has up to dozens of pairs, each of which has to keep its name.
    /// </summary>
    public double LeanRisk { get; init; } = 0.0001;

    /// <summary>
    /// The largest noise of a direction, degrees per tangent coordinate: that of σ = 0.06 on a vector of norm 0.85. Policy.
    /// </summary>
    public double NoiseDegrees { get; init; } = 4;

    /// <summary>
    /// Largest residual of an accepted match, degrees. Policy: what is further away is another configuration, however small its p-value.
    /// </summary>
    public double MostResidualDegrees { get; init; } = 10;

    /// <summary>
    /// Share of true shapes with noise of <see cref="NoiseDegrees"/> whose residual is beyond the cap on residuals. Policy.
    /// </summary>
    public double CapRisk { get; init; } = 0.001;

    /// <summary>
    /// Risk that noise is taken for something else: in the frame defect of a block, in the angle of two features of one direction, and in
    /// the question whether a configuration is antipodal. Policy.
    /// </summary>
    public double NoiseRisk { get; init; } = 0.01;

    /// <summary>
    /// How many times denser random tight frames lie around a shape of the plane than independent directions. Calibrated: a bound on what
    /// was sampled, 2 to 3 for polygons, see Geometry.Shapes.Significance.TightFrameNull.
    /// </summary>
    public double TightFactor { get; init; } = 4;

    /// <summary>
    /// The same in more dimensions, as a power of the probability. Calibrated: a bound on what was sampled for a dozen shapes in R² to R⁶.
    /// </summary>
    public double TightExponent { get; init; } = 0.5;

    /// <summary>
    /// Risk that a shape of opposite pairs is tested against random lines although the leans of its pairs show that its misfit is noise.
    /// Calibrated (<c>-- zoo</c>, and random sums at σ = 0.06): at 0.01, sums with such shapes lose 1 to 3 % of their formulas at σ = 0.03;
    /// random lines gain nothing, because exact opposites show no noise at all.
    /// </summary>
    public double LineRisk { get; init; } = 0.0001;

    /// <summary>
    /// Two features share a direction only within this share of the largest separation that the directions of a block can have. Derived: a
    /// bundle may be twice as wide as its links are long, and must stay narrower than half of the separation.
    /// </summary>
    public double SharedShare { get; init; } = 0.25;

    /// <summary>
    /// Share of <see cref="NoiseFloor"/>, as an angle (0.6°), within which two features are twins and share a direction whatever the noise.
    /// Policy: it is well below the distance of neighbours in a polygon with a hundred vertices at σ = 0.01.
    /// </summary>
    public double TwinShare { get; init; } = 0.5;

    /// <summary>
    /// By how many standard deviations of the angle between neighbours the separation must exceed the longest link of a bundle. Derived:
    /// 4.5 leave 3·10⁻⁶ for each pair of neighbours of a true shape, of which there are at most some thousands.
    /// </summary>
    public double SharedDeviations { get; init; } = 4.5;

    /// <summary>
    /// A shape of fewer, shared directions is preferred to a shape of all features when its residual is below this share of the other's.
    /// Policy: the polygon that remains when a chance pair is joined is about as near as the true one, while a polygon with a doubled
    /// vertex is ten times nearer than the polygon with one more vertex.
    /// </summary>
    public double NearerShare { get; init; } = 0.5;

    /// <summary>
    /// A block is compared with shapes only if each of its columns lies in its plane by at least this share of its length. Policy: a column
    /// with less inside does not belong to that plane.
    /// </summary>
    public double LeastInPlane { get; init; } = 0.5;

    /// <summary>
    /// A line frame splits when the RMS cosine across its weakest cut, of s and L−s lines, is at most SplitRatio + SplitSpread/√(s(L−s))
    /// times the noise that its residual implies. Calibrated: sums of two equal diplo-simplices of dimensions 2, 3, 5, 8, 14 with noise up
    /// to σ = 0.06 have at most 1.3, 1.0, 0.7, 0.5, 0.4 times that noise; irreducible frames have at least 3 times up to (5,16), 0.8 for
    /// (17,38) and (28,64), 0.45 for (60,130).
    /// </summary>
    public double SplitRatio { get; init; } = 0.3;

    /// <summary>See <see cref="SplitRatio"/>.</summary>
    public double SplitSpread { get; init; } = 3;

    // Shapes: how long to search for the correspondence with one.

    /// <summary>
    /// A correspondence closer than this needs no second start, and a lower bound beyond it no full search, degrees. Derived: it is above
    /// <see cref="MostResidualDegrees"/>.
    /// </summary>
    public double PlausibleDegrees { get; init; } = 12;

    // Descriptions of what has no name; no formula depends on them.

    /// <summary>
    /// Risk that noise contradicts a statement about a configuration as a whole: about its angles, its symmetries, its strength as a
    /// design. Policy.
    /// </summary>
    public double DescriptionRisk { get; init; } = 0.001;

    /// <summary>
    /// Largest gap between equal angles, in standard deviations of an angle. Derived: 2.8 standard deviations of their difference, once in
    /// 200.
    /// </summary>
    public double AngleLink { get; init; } = 4;

    /// <summary>
    /// The largest number of distinct angles per pair for which the angles themselves are used to estimate the noise. Policy: a continuum
    /// falls into many pieces.
    /// </summary>
    public double FewAngles { get; init; } = 0.25;

    /// <summary>
    /// The share of the mean square that a harmonic has over random directions, from which noise says nothing about that harmonic any more.
    /// Policy.
    /// </summary>
    public double DesignShare { get; init; } = 0.5;

    /// <summary>
    /// By how many standard deviations the moments of two equal directions may differ. Derived: once in some 10⁴, times the degrees
    /// compared.
    /// </summary>
    public double MomentDeviations { get; init; } = 4;
}
