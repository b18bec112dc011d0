using System.Numerics.Tensors;

namespace Geometry.Shapes.Matching;

/// <summary>
/// A residual that no correspondence can go below, closer than that of all angles sorted: each direction pays for the angles at it.
/// </summary>
/// <remarks>
/// A correspondence carries the angles at a direction to those at its vertex, and sorting both sides minimises a sum of squared
/// differences. So the cheapest assignment of directions to vertices, each paying the squared difference of its sorted angles to the
/// others, is at most Σ over ordered pairs of the squared differences. O(c³) a pose for c directions, some 10 µs for 14; buffers grow to
/// the largest size seen. One instance serves one thread.
/// </remarks>
internal sealed class RowBound
{
    private readonly LinearAssignment _assignment = new();
    private double[] _rows = [],
        _cost = [];
    private int[] _partner = [];
    private int _count;

    /// <summary>The pose that was asked for last.</summary>
    public ShapePose Pose { get; private set; } = null!;

    /// <summary>The vertex of that pose for each direction: a good guess where directions look different.</summary>
    public ReadOnlySpan<int> Partner => _partner.AsSpan(0, _count);

    /// <summary>Takes the data.</summary>
    /// <param name="angles">Radians, row-major c×c.</param>
    /// <param name="count">c ≥ 2.</param>
    public void Load(ReadOnlySpan<double> angles, int count)
    {
        _count = count;
        if (_rows.Length < count * (count - 1))
            _rows = new double[count * (count - 1)];
        if (_partner.Length < count)
            (_cost, _partner) = (new double[count * count], new int[count]);
        for (int i = 0; i < count; i++)
            ShapePose.SortedRow(angles, count, i, _rows.AsSpan(i * (count - 1), count - 1));
    }

    /// <summary>
    /// Whether some member of the shape's family may be within a residual, by this bound; the likeliest pose is asked first.
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <param name="sorted">The data's angles, ascending.</param>
    /// <param name="residual">Radians.</param>
    public bool MayBeWithin(ShapeGeometry shape, ReadOnlySpan<double> sorted, double residual)
    {
        double reach = residual + shape.PoseReach;
        if (shape.Poses.Length == 1)
            return Of(shape.Poses[0]) <= reach;
        Span<double> bounds = stackalloc double[shape.Poses.Length];
        for (int k = 0; k < bounds.Length; k++)
            bounds[k] = PairAngles.LowerBound(sorted, shape.Poses[k].Sorted);
        while (true)
        {
            int k = bounds.IndexOf(TensorPrimitives.Min<double>(bounds));
            if (!(bounds[k] <= reach))
                return false;
            if (Of(shape.Poses[k]) <= reach)
                return true;
            bounds[k] = double.PositiveInfinity;
        }
    }

    private double Of(ShapePose pose)
    {
        Pose = pose;
        return Of(pose.SortedRows);
    }

    private double Of(ReadOnlySpan<double> vertices)
    {
        int c = _count,
            length = c - 1;
        for (int i = 0; i < c; i++)
        {
            ReadOnlySpan<double> row = _rows.AsSpan(i * length, length);
            for (int v = 0; v < c; v++)
            {
                ReadOnlySpan<double> other = vertices.Slice(v * length, length);
                double sum = 0;
                for (int k = 0; k < length; k++)
                    sum += (row[k] - other[k]) * (row[k] - other[k]);
                _cost[(i * c) + v] = sum;
            }
        }
        _assignment.Solve(_cost.AsSpan(0, c * c), c, _partner.AsSpan(0, c));
        double total = 0;
        for (int i = 0; i < c; i++)
            total += _cost[(i * c) + _partner[i]];
        return Math.Sqrt(total / (c * length));
    }
}
