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
}
