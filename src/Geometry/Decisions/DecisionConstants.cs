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

    /// <summary>The same floor as a share of τ = 1/√r, the coordinates of random directions: it holds below <see cref="NoiseFloor"/>, from r = 278 on. Policy: structure must be told from random directions by a factor.</summary>
    public double NoiseFloorShare { get; init; } = 1.0 / 3;

    /// <summary>Structure fainter than this is not called structure, radians per coordinate (8.6°). Policy; leans of up to 12° in R² hang on it.</summary>
    public double LargestNoise { get; init; } = 0.15;

    /// <summary>Features of orthogonal summands are within 20° of orthogonal. Derived: five standard deviations of the cosine (σ√2) at σ = 0.05 a coordinate.</summary>
    public double LargestCosine { get; init; } = 0.35;

    /// <summary>Beyond <see cref="LargestCosine"/>: at most this many standard deviations of the cosine. Calibrated: <c>Geometry.Recovery</c>, polygons in R⁴ at σ = 0.1.</summary>
    public double CosineOutlier { get; init; } = 4;

    /// <summary>Beyond <see cref="LargestCosine"/>: no summand's largest cosine is below this share of a standard deviation, as exact zeros are no noise. Policy.</summary>
    public double CosineSpared { get; init; } = 0.05;

    /// <summary>Two opposite features lean at most this much from a common line, degrees. Policy: leans of 12° in R² and 15° in R³ are seen in trained models, and 15° is the most that the field calls an antipodal pair.</summary>
    public double LargestLean { get; init; } = 15;

    /// <summary>A rank is plausible when the next eigenvalue falls below this share of the last one kept. Calibrated: <c>Geometry.Recovery</c>, whose tables need ranks that noise hides at larger drops.</summary>
    public double EigenvalueGap { get; init; } = 0.6;

    /// <summary>Plausible ranks beside the full one, steepest drop first. Policy: time.</summary>
    public int MostRanks { get; init; } = 3;

    /// <summary>Evidence, nats, that free angles inside one group have to bring beyond what one block without a name has. Calibrated: <c>Geometry.Recovery -- oblique</c> and <c>-- random</c>.</summary>
    public double ObliqueCost { get; init; } = 18;

    /// <summary>Largest noise per coordinate of an oblique sum, radians. Free angles fit more than orthogonal ones, so the fit must be closer. Calibrated: up to this one <c>Geometry.Recovery -- oblique</c> finds sums nearly always.</summary>
    public double LargestObliqueNoise { get; init; } = 0.06;

    // Planes: the Hough route.

    // Shapes: which name a block gets.
}
