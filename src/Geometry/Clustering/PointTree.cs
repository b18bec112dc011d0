using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Clustering;

/// <summary>
/// A k-d tree whose leaves store their points transposed, eight to a block, so that one vector instruction computes eight distances.
/// </summary>
/// <remarks>
/// Memory layout: <see cref="Order"/> lists the original indices leaf by leaf, <see cref="LeafSize"/> slots each; all leaves are full but
/// the last, which is padded with −1. Block b holds slots 8b … 8b+7; coordinate d of its lanes is at <c>[(b·D + d)·8 + lane]</c>, NaN in
/// the padding (every comparison with NaN is false). The boxes of nodes are exact: <c>Low/High[node·D + d]</c>. Node 0 is the root; the
/// children of an inner node are adjacent. Nodes are split in half along their widest side.
/// </remarks>
internal sealed class PointTree
{
    internal const int Lanes = 8,
        LeafSize = 32;

    private readonly List<int> _child = [],
        _firstLeaf = [],
        _leafEnd = [],
        _points = [],
        _order = [],
        _leaves = [];
    private readonly double[] _low,
        _high;
    private readonly double _slack;
    private double[] _blocks = [];

    private PointTree(int count, int dim)
    {
        (Count, Dim) = (count, dim);
        // All leaves but the last are full, so the number of nodes is known beforehand.
        int nodes = (2 * ((count + LeafSize - 1) / LeafSize)) - 1;
        (_low, _high) = (new double[(long)nodes * dim], new double[(long)nodes * dim]);
        _slack = (dim + 4) * Math.ScaleB(1, -51);
    }

    internal int Count { get; }

    internal int Dim { get; }

    internal ReadOnlySpan<double> Low => _low;

    internal ReadOnlySpan<double> High => _high;

    /// <summary>Original index of each slot, −1 in the padding.</summary>
    internal ReadOnlySpan<int> Order => CollectionsMarshal.AsSpan(_order);

    internal int Nodes => _child.Count;

    internal int LeafCount => _leaves.Count;

    /// <summary>The nodes that are leaves, in the order of their slots.</summary>
    internal IReadOnlyList<int> Leaves => _leaves;

    /// <summary>The left child of an inner node (the right one follows it); 0 for a leaf.</summary>
    internal int Child(int node) => _child[node];

    /// <summary>First leaf below a node, as a position in <see cref="Leaves"/>.</summary>
    internal int FirstLeaf(int node) => _firstLeaf[node];

    /// <summary>The leaf after the last one below a node.</summary>
    internal int LeafEnd(int node) => _leafEnd[node];

    /// <summary>Number of points below a node.</summary>
    internal int Points(int node) => _points[node];

    internal static PointTree Build(ReadOnlySpan<double> points, int count, int dim)
    {
        var tree = new PointTree(count, dim);
        int[] index = new int[count];
        for (int i = 0; i < count; i++)
            index[i] = i;
        tree.AddNode();
        tree.Split(0, points, index, new double[count]);
        tree.Transpose(points);
        return tree;
    }

    private void AddNode()
    {
        _child.Add(0);
        _firstLeaf.Add(0);
        _leafEnd.Add(0);
        _points.Add(0);
    }

    private void Split(int node, ReadOnlySpan<double> points, Span<int> index, Span<double> keys)
    {
        int widest = Bound(node, points, index);
        _points[node] = index.Length;
        _firstLeaf[node] = LeafCount;
        if (index.Length <= LeafSize)
        {
            foreach (int i in index)
                _order.Add(i);
            while (_order.Count % LeafSize != 0)
                _order.Add(-1);
            _leaves.Add(node);
        }
        else
        {
            for (int i = 0; i < index.Length; i++)
                keys[i] = points[(index[i] * Dim) + widest];
            keys[..index.Length].Sort(index);
            int left = Nodes;
            _child[node] = left;
            AddNode();
            AddNode();
            int half = ((index.Length / 2) + LeafSize - 1) / LeafSize * LeafSize;
            Split(left, points, index[..half], keys);
            Split(left + 1, points, index[half..], keys);
        }
        _leafEnd[node] = LeafCount;
    }

    /// <summary>Sets the node's box and returns its widest side.</summary>
    private int Bound(int node, ReadOnlySpan<double> points, ReadOnlySpan<int> index)
    {
        Span<double> low = _low.AsSpan(node * Dim, Dim),
            high = _high.AsSpan(node * Dim, Dim);
        points.Slice(index[0] * Dim, Dim).CopyTo(low);
        low.CopyTo(high);
        foreach (int i in index)
        {
            ReadOnlySpan<double> x = points.Slice(i * Dim, Dim);
            System.Numerics.Tensors.TensorPrimitives.Min(low, x, low);
            System.Numerics.Tensors.TensorPrimitives.Max(high, x, high);
        }
        int widest = 0;
        for (int d = 1; d < Dim; d++)
        {
            if (high[d] - low[d] > high[widest] - low[widest])
                widest = d;
        }
        return widest;
    }

    private void Transpose(ReadOnlySpan<double> points)
    {
        _blocks = new double[(long)_order.Count * Dim];
        for (int slot = 0; slot < _order.Count; slot++)
        {
            int at = (slot / Lanes * Dim * Lanes) + (slot % Lanes),
                i = _order[slot];
            for (int d = 0; d < Dim; d++)
                _blocks[at + (d * Lanes)] = i < 0 ? double.NaN : points[(i * Dim) + d];
        }
    }

    /// <summary>Bit l is set when Σ_d (b_d − x_d)² ≤ limit for lane l of the block. Sums in order of d, unfused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal uint Within(int block, ReadOnlySpan<double> x, double limit)
    {
        Debug.Assert(x.Length == Dim);
        ref double start = ref MemoryMarshal.GetReference(_blocks.AsSpan(block * Dim * Lanes, Dim * Lanes));
        Vector512<double> bound = Vector512.Create(limit),
            sum = Vector512<double>.Zero;
        for (int d = 0; d < x.Length; d++)
        {
            Vector512<double> difference = Vector512.LoadUnsafe(ref start, (nuint)(d * Lanes)) - Vector512.Create(x[d]);
            sum += difference * difference;
            // Partial sums only grow: once all eight are beyond the limit, they stay there.
            if ((d & 15) == 15 && Vector512.LessThanOrEqual(sum, bound).ExtractMostSignificantBits() == 0)
                return 0;
        }
        return (uint)Vector512.LessThanOrEqual(sum, bound).ExtractMostSignificantBits();
    }

    /// <summary>Copies the coordinates in a slot.</summary>
    internal void Gather(int slot, Span<double> x)
    {
        int at = (slot / Lanes * Dim * Lanes) + (slot % Lanes);
        for (int d = 0; d < Dim; d++)
            x[d] = _blocks[at + (d * Lanes)];
    }

    /// <summary>True only if no point below the node is within the limit, a squared distance, of a point of the leaf.</summary>
    internal bool Apart(int node, int leaf, double limit) => SquaredGap(node, _leaves[leaf]) > limit * (1 + _slack);

    /// <summary>True only if all points below the node are within the limit, a squared distance, of all points of the leaf.</summary>
    internal bool Together(int node, int leaf, double limit) => SquaredReach(node, _leaves[leaf]) <= limit * (1 - _slack);

    /// <summary>True only if all points below the node are within the limit, a squared distance, of each other.</summary>
    internal bool IsDense(int node, double limit) => SquaredReach(node, node) <= limit * (1 - _slack);

    /// <summary>Squared distance between two boxes, up to rounding, which the slack covers.</summary>
    private double SquaredGap(int a, int b)
    {
        ReadOnlySpan<double> lowA = _low.AsSpan(a * Dim, Dim),
            highA = _high.AsSpan(a * Dim, Dim),
            lowB = _low.AsSpan(b * Dim, Dim),
            highB = _high.AsSpan(b * Dim, Dim);
        int d = 0;
        double sum = 0;
        if (Dim >= Lanes)
        {
            Vector512<double> sums = default;
            for (; d <= Dim - Lanes; d += Lanes)
            {
                Vector512<double> gap = Vector512.Max(
                    Vector512.Max(
                        Vector512.Create(lowB[d..]) - Vector512.Create(highA[d..]),
                        Vector512.Create(lowA[d..]) - Vector512.Create(highB[d..])
                    ),
                    Vector512<double>.Zero
                );
                sums += gap * gap;
            }
            sum = Vector512.Sum(sums);
        }
        for (; d < Dim; d++)
        {
            double gap = Math.Max(0, Math.Max(lowB[d] - highA[d], lowA[d] - highB[d]));
            sum += gap * gap;
        }
        return sum;
    }

    /// <summary>Largest squared distance between points of two boxes (a box's diagonal when they are one), up to rounding.</summary>
    private double SquaredReach(int a, int b)
    {
        ReadOnlySpan<double> lowA = _low.AsSpan(a * Dim, Dim),
            highA = _high.AsSpan(a * Dim, Dim),
            lowB = _low.AsSpan(b * Dim, Dim),
            highB = _high.AsSpan(b * Dim, Dim);
        int d = 0;
        double sum = 0;
        if (Dim >= Lanes)
        {
            Vector512<double> sums = default;
            for (; d <= Dim - Lanes; d += Lanes)
            {
                Vector512<double> reach = Vector512.Max(
                    Vector512.Create(highB[d..]) - Vector512.Create(lowA[d..]),
                    Vector512.Create(highA[d..]) - Vector512.Create(lowB[d..])
                );
                sums += reach * reach;
            }
            sum = Vector512.Sum(sums);
        }
        for (; d < Dim; d++)
        {
            double reach = Math.Max(highB[d] - lowA[d], highA[d] - lowB[d]);
            sum += reach * reach;
        }
        return sum;
    }
}
