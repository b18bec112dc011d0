using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>
/// What the angles of a configuration say whatever the order of its directions, and how far apart that puts two configurations at least.
/// </summary>
/// <remarks>
/// Three lower bounds of the residual of the best correspondence (RMS difference of the pair angles), each dearer and closer than the one
/// before: the difference of the mean angles; the RMS difference of all angles, sorted; and the cheapest assignment of directions to
/// directions, each paying the squared difference of its sorted angles to the others. No correspondence does better than any of them,
/// because sorting both sides minimises a sum of squared differences. O(1), O(c²) and O(c³) for c directions.
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
        {
            Span<double> row = _rows.AsSpan(i * (count - 1), count - 1);
            for (int j = 0, at = 0; j < count; j++)
            {
                if (j != i)
                    row[at++] = angles[(i * count) + j];
            }
            row.Sort();
        }
    }

    /// <summary>Mean of the pair angles, radians.</summary>
    public double Mean { get; }

    /// <summary>All pair angles, radians, ascending.</summary>
    public double[] Sorted { get; }

    /// <summary>The second bound, radians.</summary>
    public double SortedBound(AngleFingerprint other) => PairAngles.LowerBound(Sorted, other.Sorted);

    /// <summary>The third bound, radians.</summary>
    /// <param name="other">Of as many directions.</param>
    /// <param name="assignment">Scratch.</param>
    /// <param name="partner">Receives the other's direction for each of these: a good guess where directions look different.</param>
    public double RowBound(AngleFingerprint other, LinearAssignment assignment, int[] partner)
    {
        int c = _count,
            length = c - 1;
        double[] cost = new double[c * c];
        for (int i = 0; i < c; i++)
        {
            ReadOnlySpan<double> row = _rows.AsSpan(i * length, length);
            for (int j = 0; j < c; j++)
                cost[(i * c) + j] = Squares(row, other._rows.AsSpan(j * length, length));
        }
        assignment.Solve(cost, c, partner);
        double sum = 0;
        for (int i = 0; i < c; i++)
            sum += cost[(i * c) + partner[i]];
        return Math.Sqrt(sum / (c * length));
    }

    private static double Squares(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
