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

    // Shapes: which name a block gets.

    /// <summary>Farthest that the opposite pairs of a diplo-simplex or a line frame may lean, degrees. Policy: nearer to opposite than to orthogonal, with room for the lean σ√(2(k−1)) of noise σ in R^k.</summary>
    public double LargestLeanDegrees { get; init; } = 60;

    /// <summary>
    /// A line frame splits when the RMS cosine across its weakest cut, of s and L−s lines, is at most SplitRatio + SplitSpread/√(s(L−s)) times the noise that its residual means.
    /// Calibrated: sums of two equal diplo-simplices of dimensions 2, 3, 5, 8, 14 with noise to σ = .06 have at most 1.3, 1.0, .7, .5, .4 times that noise; irreducible frames
    /// at least 3 up to (5,16), .8 for (17,38) and (28,64), .45 for (60,130).
    /// </summary>
    public double SplitRatio { get; init; } = 0.3;

    /// <summary>See <see cref="SplitRatio"/>.</summary>
    public double SplitSpread { get; init; } = 3;
}
