using System.Numerics;

namespace Geometry.Clustering;

/// <summary>
/// Connects the core points: every pair within ε ends in one set, most pairs without a distance being computed.
/// </summary>
/// <remarks>
/// A node whose box has a diagonal ≤ ε is merged whole. After that a leaf is compared with the tree, and a subtree is skipped when all its core
/// points are already known to be in the leaf's set; the knowledge (one root a node, sets only ever grow) is passed up as it is found.
/// </remarks>
internal sealed class CoreMerge
{
    private const int Unknown = -2, NoCore = -1;

    private readonly PointTree _tree;
    private readonly RangeSearch _range;
    private readonly ConcurrentUnionFind _sets;
    private readonly byte[] _coreLanes;

    /// <summary>For each node: a member of the one set that holds all its core points, NoCore, or Unknown.</summary>
    private readonly int[] _known;

    internal CoreMerge(PointTree tree, RangeSearch range, bool[] core, ConcurrentUnionFind sets)
    {
        (_tree, _range, _sets) = (tree, range, sets);
        _known = new int[tree.Nodes];
        _coreLanes = new byte[tree.Order.Length / PointTree.Lanes];
        for (int slot = 0; slot < tree.Order.Length; slot++)
        {
            if (tree.Order[slot] >= 0 && core[tree.Order[slot]]) _coreLanes[slot / PointTree.Lanes] |= (byte)(1 << (slot % PointTree.Lanes));
        }
    }

    internal void Run()
    {
        MergeDense(0);
        Parallel.For(0, _tree.Leaves.Count, _range.Parallel, () => new double[_tree.Dim], (i, _, x) =>
        {
            int leaf = _tree.Leaves[i];
            if (_known[leaf] != NoCore) Visit(0, leaf, x);
            return x;
        }, static _ => { });
    }

    private int MergeDense(int node)
    {
        int child = _tree.Child(node), representative = NoCore;
        if (_tree.SquaredReach(node, node) <= _range.Limit)
        {
            for (int block = _tree.FirstBlock(node); block < _tree.BlockEnd(node); block++)
            {
                for (uint lanes = _coreLanes[block]; lanes != 0; lanes &= lanes - 1)
                {
                    int point = Point(block, lanes);
                    if (representative == NoCore) representative = point;
                    else _sets.Union(point, representative);
                }
            }
            Mark(node, representative);
            return representative;
        }
        if (child != 0) return _known[node] = Join(MergeDense(child), MergeDense(child + 1));
        return _known[node] = Survey(node);
    }

    private void Mark(int node, int representative)
    {
        _known[node] = representative;
        int child = _tree.Child(node);
        if (child == 0) return;
        // A child may hold no core point: its own blocks tell.
        for (int side = 0; side < 2; side++) Mark(child + side, HasCore(child + side) ? representative : NoCore);
    }

    private bool HasCore(int node) =>
        _coreLanes.AsSpan(_tree.FirstBlock(node), _tree.BlockEnd(node) - _tree.FirstBlock(node)).ContainsAnyExcept((byte)0);

    private int Join(int left, int right)
    {
        if (left == NoCore) return right;
        if (right == NoCore) return left;
        return left != Unknown && right != Unknown && _sets.Find(left) == _sets.Find(right) ? left : Unknown;
    }

    /// <summary>What is known of a leaf: a member of its one set, NoCore, or Unknown.</summary>
    private int Survey(int leaf)
    {
        int known = NoCore;
        for (int block = _tree.FirstBlock(leaf); block < _tree.BlockEnd(leaf); block++)
        {
            for (uint lanes = _coreLanes[block]; lanes != 0; lanes &= lanes - 1)
            {
                int point = Point(block, lanes);
                if (known == NoCore) known = point;
                else if (_sets.Find(known) != _sets.Find(point)) return Unknown;
            }
        }
        return known;
    }

    private int Point(int block, uint lanes) => _tree.Order[(block * PointTree.Lanes) + BitOperations.TrailingZeroCount(lanes)];

    private void Visit(int node, int leaf, double[] x)
    {
        int known = Volatile.Read(ref _known[node]);
        if (known == NoCore) return;
        int mine = Volatile.Read(ref _known[leaf]);
        if (known >= 0 && mine >= 0 && _sets.Find(known) == _sets.Find(mine)) return;
        if (_tree.SquaredGap(node, leaf) > _range.Limit) return;
        int child = _tree.Child(node);
        if (child != 0)
        {
            Visit(child, leaf, x);
            Visit(child + 1, leaf, x);
            if (known == Unknown) Volatile.Write(ref _known[node], Join(Volatile.Read(ref _known[child]), Volatile.Read(ref _known[child + 1])));
            return;
        }
        // Each pair of leaves is compared once, from the later one.
        if (node <= leaf) Compare(leaf, node, x);
    }

    private void Compare(int leaf, int other, double[] x)
    {
        for (int block = _tree.FirstBlock(leaf); block < _tree.BlockEnd(leaf); block++)
        {
            for (uint lanes = _coreLanes[block]; lanes != 0; lanes &= lanes - 1)
            {
                int point = Point(block, lanes);
                _tree.Gather((block * PointTree.Lanes) + BitOperations.TrailingZeroCount(lanes), x);
                Connect(point, other, x);
            }
        }
        if (_known[leaf] == Unknown) Volatile.Write(ref _known[leaf], Survey(leaf));
        if (_known[other] == Unknown) Volatile.Write(ref _known[other], Survey(other));
    }

    private void Connect(int point, int leaf, ReadOnlySpan<double> x)
    {
        for (int block = _tree.FirstBlock(leaf); block < _tree.BlockEnd(leaf); block++)
        {
            if (_coreLanes[block] == 0) continue;
            for (uint hits = _tree.Within(block, x, _range.Limit) & _coreLanes[block]; hits != 0; hits &= hits - 1)
                _sets.Union(point, Point(block, hits));
        }
    }
}
