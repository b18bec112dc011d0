using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>
/// A residual that no correspondence can go below, by the sorted angles at each direction. It is closer to the residual than the bound by
/// all sorted angles.
/// </summary>
/// <remarks>
/// A correspondence carries the angles at a direction to those at its vertex, and sorting both sides minimises a sum of squared
/// differences. Let a direction and a vertex cost the squared difference between their sorted angles; then the cheapest assignment of
/// directions to vertices costs at most the sum of the squared differences over ordered pairs. O(c³) per pose for c directions, about 10 µs
/// for 14. Buffers grow to the largest size seen; one instance serves one thread.
/// </remarks>
internal sealed class RowBound
{
    private readonly LinearAssignment _assignment = new();
    private double[] _rows = [],
        _cost = [];
    private int[] _partner = [];
    private int _count;

    /// <summary>The pose that was compared last.</summary>
    public ShapePose Pose { get; private set; } = null!;

    /// <summary>
    /// The vertex of that pose for each direction in the cheapest assignment: a good guess of the correspondence where the directions have
    /// different angles.
    /// </summary>
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
    /// Whether, by this bound, some member of the shape's family may be within the residual. Poses are compared in the order of their
    /// bounds by all sorted angles.
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
            int k = Vectors.IndexOfMin(bounds);
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
        int c = _count;
        return Between(_rows.AsSpan(0, c * (c - 1)), pose.SortedRows, c, _assignment, _cost.AsSpan(0, c * c), _partner.AsSpan(0, c));
    }

    /// <summary>The bound for two configurations of c directions, radians.</summary>
    /// <param name="rows">For each direction of the first its angles to the others, ascending; row-major c×(c−1).</param>
    /// <param name="others">The same of the second.</param>
    /// <param name="count">c ≥ 2.</param>
    /// <param name="assignment">Scratch.</param>
    /// <param name="cost">Scratch, c² entries.</param>
    /// <param name="partner">Receives, for each direction of the first, the direction of the second in the cheapest assignment.</param>
    public static double Between(
        ReadOnlySpan<double> rows,
        ReadOnlySpan<double> others,
        int count,
        LinearAssignment assignment,
        Span<double> cost,
        Span<int> partner
    )
    {
        int length = count - 1;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * length, length);
            for (int v = 0; v < count; v++)
            {
                ReadOnlySpan<double> other = others.Slice(v * length, length);
                double sum = 0;
                for (int k = 0; k < row.Length; k++)
                    sum += (row[k] - other[k]) * (row[k] - other[k]);
                cost[(i * count) + v] = sum;
            }
        }
        assignment.Solve(cost, count, partner);
        double total = 0;
        for (int i = 0; i < count; i++)
            total += cost[(i * count) + partner[i]];
        return Math.Sqrt(total / (count * length));
    }
}
