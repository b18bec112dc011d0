using Geometry.Shapes;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>A configuration that others of its size are compared with.</summary>
/// <param name="Shape">The configuration as a shape, which the matcher knows how to compare with.</param>
/// <param name="Print">Its angles.</param>
internal sealed record Landmark(Shape Shape, AngleFingerprint Print);

/// <summary>
/// How far a configuration is from others of its size, up to permutation and O(dim): the residual of the matcher that labels, reached only
/// where no bound rules it out.
/// </summary>
/// <remarks>Not thread-safe; the matcher's cost, some 0.1 to 3 ms for 10 to 24 directions, is paid for few pairs.</remarks>
/// <param name="goodEnough">A correspondence with this residual, degrees, ends a search: near-symmetries that close are noise.</param>
internal sealed class CongruenceSearch(double goodEnough)
{
    private const double Degree = Math.PI / 180;
    private readonly LinearAssignment _assignment = new();

    /// <summary>The residual in degrees where it is at most <paramref name="most"/>; +∞ otherwise.</summary>
    /// <param name="unit">Unit directions, row-major.</param>
    /// <param name="print">Their angles.</param>
    /// <param name="landmark">What they are compared with.</param>
    /// <param name="most">Degrees.</param>
    /// <param name="vertexOf">Receives the landmark's direction for each of these, where the residual is at most that.</param>
    public double Residual(double[] unit, AngleFingerprint print, Landmark landmark, double most, int[] vertexOf)
    {
        double radians = most * Degree;
        if (
            Math.Abs(print.Mean - landmark.Print.Mean) > radians
            || print.SortedBound(landmark.Print) > radians
            || print.RowBound(landmark.Print, _assignment, vertexOf) > radians
        )
            return double.PositiveInfinity;
        double residual = ShapeMatcher.Correspond(unit, landmark.Shape, vertexOf, Math.Min(most, goodEnough) * Degree) / Degree;
        return residual <= most ? residual : double.PositiveInfinity;
    }
}
