using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Clustering;

/// <summary>
/// A k-d tree whose leaves store their points transposed, eight to a block, so that one vector instruction serves eight distances.
/// </summary>
/// <remarks>
/// Memory layout: <see cref="Order"/> lists the original indices leaf by leaf, padded to multiples of eight with −1; block b holds slots
/// 8b … 8b+7, coordinate d of its lanes at <c>Blocks[(b·D + d)·8 + lane]</c>, NaN in the padding (no comparison with NaN holds). Node boxes are
/// exact: <c>Low/High[node·D + d]</c>. Node 0 is the root; the children of an inner node are adjacent. Splits halve the widest side.
/// </remarks>
internal sealed class PointTree
{
    internal const int Lanes = 8;
    private const int LeafSize = 32;

    private readonly List<double> _low = [], _high = [];
    private readonly List<int> _child = [], _firstBlock = [], _blockEnd = [], _points = [], _order = [];
    private readonly List<int> _leaves = [];

    private PointTree(int count, int dim) => (Count, Dim) = (count, dim);

    internal int Count { get; }

    internal int Dim { get; }

    internal ReadOnlySpan<double> Low => CollectionsMarshal.AsSpan(_low);

    internal ReadOnlySpan<double> High => CollectionsMarshal.AsSpan(_high);

    /// <summary>Original index of each slot, −1 in the padding.</summary>
    internal ReadOnlySpan<int> Order => CollectionsMarshal.AsSpan(_order);

    internal double[] Blocks { get; private set; } = [];

    internal int Nodes => _child.Count;

    /// <summary>The nodes that are leaves.</summary>
    internal IReadOnlyList<int> Leaves => _leaves;

    /// <summary>The left child of an inner node (the right one follows it); 0 for a leaf.</summary>
    internal int Child(int node) => _child[node];

    internal int FirstBlock(int node) => _firstBlock[node];

    internal int BlockEnd(int node) => _blockEnd[node];

    /// <summary>Number of points below a node.</summary>
    internal int Points(int node) => _points[node];

    internal static PointTree Build(ReadOnlySpan<double> points, int count, int dim)
    {
        var tree = new PointTree(count, dim);
        int[] index = new int[count];
        for (int i = 0; i < count; i++) index[i] = i;
        tree.AddNode();
        tree.Split(0, points, index, new double[count]);
        tree.Transpose(points);
        return tree;
    }

    private void AddNode()
    {
        _child.Add(0);
        _firstBlock.Add(0);
        _blockEnd.Add(0);
        _points.Add(0);
        CollectionsMarshal.SetCount(_low, _low.Count + Dim);
        CollectionsMarshal.SetCount(_high, _high.Count + Dim);
    }

    private void Split(int node, ReadOnlySpan<double> points, Span<int> index, Span<double> keys)
    {
        int widest = Bound(node, points, index);
        _points[node] = index.Length;
        _firstBlock[node] = _order.Count / Lanes;
        if (index.Length <= LeafSize)
        {
            foreach (int i in index) _order.Add(i);
            while (_order.Count % Lanes != 0) _order.Add(-1);
            _leaves.Add(node);
        }
        else
        {
            for (int i = 0; i < index.Length; i++) keys[i] = points[(index[i] * Dim) + widest];
            keys[..index.Length].Sort(index);
            int left = Nodes;
            _child[node] = left;
            AddNode();
            AddNode();
            int half = index.Length / 2;
            Split(left, points, index[..half], keys);
            Split(left + 1, points, index[half..], keys);
        }
        _blockEnd[node] = _order.Count / Lanes;
    }

    /// <summary>Sets the node's box and returns its widest side.</summary>
    private int Bound(int node, ReadOnlySpan<double> points, ReadOnlySpan<int> index)
    {
        Span<double> low = CollectionsMarshal.AsSpan(_low).Slice(node * Dim, Dim), high = CollectionsMarshal.AsSpan(_high).Slice(node * Dim, Dim);
        points.Slice(index[0] * Dim, Dim).CopyTo(low);
        low.CopyTo(high);
        foreach (int i in index)
        {
            ReadOnlySpan<double> x = points.Slice(i * Dim, Dim);
            for (int d = 0; d < x.Length; d++)
            {
                low[d] = Math.Min(low[d], x[d]);
                high[d] = Math.Max(high[d], x[d]);
            }
        }
        int widest = 0;
        for (int d = 1; d < Dim; d++)
        {
            if (high[d] - low[d] > high[widest] - low[widest]) widest = d;
        }
        return widest;
    }

    private void Transpose(ReadOnlySpan<double> points)
    {
        Blocks = new double[_order.Count * Dim];
        for (int slot = 0; slot < _order.Count; slot++)
        {
            int at = (slot / Lanes * Dim * Lanes) + (slot % Lanes), i = _order[slot];
            for (int d = 0; d < Dim; d++) Blocks[at + (d * Lanes)] = i < 0 ? double.NaN : points[(i * Dim) + d];
        }
    }

    /// <summary>Bit l is set when Σ_d (b_d − x_d)² ≤ limit for lane l of the block. Sums in order of d, unfused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal uint Within(int block, ReadOnlySpan<double> x, double limit)
    {
        Debug.Assert(x.Length == Dim);
        ref double start = ref MemoryMarshal.GetReference(Blocks.AsSpan(block * Dim * Lanes, Dim * Lanes));
        Vector512<double> bound = Vector512.Create(limit), sum = Vector512<double>.Zero;
        for (int d = 0; d < x.Length; d++)
        {
            Vector512<double> difference = Vector512.LoadUnsafe(ref start, (nuint)(d * Lanes)) - Vector512.Create(x[d]);
            sum += difference * difference;
            // Partial sums only grow: once all eight are beyond the limit, they stay there.
            if ((d & 15) == 15 && Vector512.LessThanOrEqual(sum, bound).ExtractMostSignificantBits() == 0) return 0;
        }
        return (uint)Vector512.LessThanOrEqual(sum, bound).ExtractMostSignificantBits();
    }

    /// <summary>Copies the coordinates in a slot.</summary>
    internal void Gather(int slot, Span<double> x)
    {
        int at = (slot / Lanes * Dim * Lanes) + (slot % Lanes);
        for (int d = 0; d < Dim; d++) x[d] = Blocks[at + (d * Lanes)];
    }

    /// <summary>Smallest squared distance between two boxes; never above a computed squared distance of points in them.</summary>
    internal double SquaredGap(int a, int b)
    {
        ReadOnlySpan<double> low = Low, high = High;
        double sum = 0;
        for (int d = 0; d < Dim; d++)
        {
            double gap = Math.Max(0, Math.Max(low[(b * Dim) + d] - high[(a * Dim) + d], low[(a * Dim) + d] - high[(b * Dim) + d]));
            sum += gap * gap;
        }
        return sum;
    }

    /// <summary>Largest squared distance between two boxes (a box's diagonal when they are one); never below a computed squared distance.</summary>
    internal double SquaredReach(int a, int b)
    {
        ReadOnlySpan<double> low = Low, high = High;
        double sum = 0;
        for (int d = 0; d < Dim; d++)
        {
            double reach = Math.Max(high[(b * Dim) + d] - low[(a * Dim) + d], high[(a * Dim) + d] - low[(b * Dim) + d]);
            sum += reach * reach;
        }
        return sum;
    }
}
