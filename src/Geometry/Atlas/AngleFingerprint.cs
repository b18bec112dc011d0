using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>
/// The angles of a configuration, independent of the order of its directions, and lower bounds for the residual between two configurations.
/// </summary>
/// <remarks>
/// There are three lower bounds of the residual of the best correspondence (RMS difference of the pair angles), each more expensive and
/// closer than the one before: the difference of the mean angles; the RMS difference of all sorted angles; and the bound by the sorted
/// angles at each direction (<see cref="Shapes.Matching.RowBound"/>). They are lower bounds because sorting both sides minimises a sum of
/// squared differences. O(1), O(c²) and O(c³) for c directions.
/// </remarks>
internal sealed class AngleFingerprint
{
    private readonly int _count;
    private readonly double[] _rows;

    /// <param name="unit">Unit directions, row-major count×dim.</param>
    /// <param name="dim">d ≥ 1.</param>
    /// <param name="count">c ≥ 2.</param>
    public AngleFingerprint(ReadOnlySpan<double> unit, int dim, int count)
    {
        _count = count;
        double[] angles = new double[count * count];
        PairAngles.Fill(unit, dim, count, angles);
        Sorted = new double[count * (count - 1) / 2];
        PairAngles.Sorted(angles, count, Sorted);
        Mean = Sorted.Average();
        _rows = new double[count * (count - 1)];
        for (int i = 0; i < count; i++)
            ShapePose.SortedRow(angles, count, i, _rows.AsSpan(i * (count - 1), count - 1));
    }

    /// <summary>Mean of the pair angles, radians.</summary>
    public double Mean { get; }

    /// <summary>All pair angles, radians, ascending.</summary>
    public double[] Sorted { get; }

    /// <summary>The bound by all sorted angles, radians.</summary>
    public double SortedBound(AngleFingerprint other) => PairAngles.LowerBound(Sorted, other.Sorted);

    /// <summary>The bound by the sorted angles at each direction, radians.</summary>
    /// <param name="other">The fingerprint of a configuration with as many directions.</param>
    /// <param name="assignment">Scratch.</param>
    /// <param name="partner">Receives, for each direction, the other's direction in the cheapest assignment: a good guess of the
    /// correspondence where directions have different angles.</param>
    public double RowBound(AngleFingerprint other, LinearAssignment assignment, int[] partner) =>
        Shapes.Matching.RowBound.Between(_rows, other._rows, _count, assignment, new double[_count * _count], partner);
}
