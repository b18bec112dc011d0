using System.Numerics;

namespace Geometry.Clustering;

/// <summary>Connects the core points: every pair within ε ends in one set, mostly without computing the distance of the pair.</summary>
/// <remarks>
/// A node whose box has a diagonal ≤ ε is merged as a whole. After that each leaf is compared with the tree, and a subtree is skipped when
/// all its core points are already known to be in the leaf's set. What is known is kept at the nodes (one root per node; sets only ever
/// grow) and passed up as it is found.
/// </remarks>
internal sealed class CoreMerge
{
    private const int Side = PointTree.LeafSize,
        Unknown = -2,
        NoCore = -1;

    private readonly PointTree _tree;
    private readonly LeafPairs _pairs;
    private readonly ConcurrentUnionFind _sets;

    /// <summary>Which points of each leaf are core, one bit per point.</summary>
    private readonly uint[] _core;

    /// <summary>Of each node: a member of the one set that holds all its core points, NoCore, or Unknown.</summary>
    private readonly int[] _known;

    internal CoreMerge(PointTree tree, LeafPairs pairs, bool[] core, ConcurrentUnionFind sets)
    {
        (_tree, _pairs, _sets) = (tree, pairs, sets);
        _known = new int[tree.Nodes];
        _core = new uint[tree.LeafCount];
        for (int slot = 0; slot < tree.Order.Length; slot++)
        {
            if (tree.Order[slot] >= 0 && core[tree.Order[slot]])
                _core[slot / Side] |= 1u << (slot % Side);
        }
    }

    internal void Run(ParallelOptions parallel)
    {
        MergeDense(0);
        Parallel.For(
            0,
            _tree.LeafCount,
            parallel,
            _pairs.NewWorkspace,
            (leaf, _, work) =>
            {
                int node = _tree.Leaves[leaf];
                if (_known[node] != NoCore)
                    Visit(0, node, work);
                return work;
            },
            static _ => { }
        );
    }

    private int MergeDense(int node)
    {
        int child = _tree.Child(node),
            representative = NoCore;
        if (_tree.IsDense(node, _pairs.Limit))
        {
            for (int leaf = _tree.FirstLeaf(node); leaf < _tree.LeafEnd(node); leaf++)
            {
                for (uint lanes = _core[leaf]; lanes != 0; lanes &= lanes - 1)
                {
                    int point = Point(leaf, lanes);
                    if (representative == NoCore)
                        representative = point;
                    else
                        _sets.Union(point, representative);
                }
            }
            Mark(node, representative);
            return representative;
        }
        if (child != 0)
            return _known[node] = Join(MergeDense(child), MergeDense(child + 1));
        return _known[node] = Survey(_tree.FirstLeaf(node));
    }

    private void Mark(int node, int representative)
    {
        _known[node] = representative;
        int child = _tree.Child(node);
        if (child == 0)
            return;
        // A child may hold no core point, which its leaves show.
        for (int side = 0; side < 2; side++)
            Mark(child + side, HasCore(child + side) ? representative : NoCore);
    }

    private bool HasCore(int node) =>
        _core.AsSpan(_tree.FirstLeaf(node), _tree.LeafEnd(node) - _tree.FirstLeaf(node)).ContainsAnyExcept(0u);

    private int Join(int left, int right)
    {
        if (left == NoCore)
            return right;
        if (right == NoCore)
            return left;
        return left != Unknown && right != Unknown && _sets.Find(left) == _sets.Find(right) ? left : Unknown;
    }

    /// <summary>What is known of a leaf: a member of its one set, NoCore, or Unknown.</summary>
    private int Survey(int leaf)
    {
        int known = NoCore;
        for (uint lanes = _core[leaf]; lanes != 0; lanes &= lanes - 1)
        {
            int point = Point(leaf, lanes);
            if (known == NoCore)
                known = point;
            else if (_sets.Find(known) != _sets.Find(point))
                return Unknown;
        }
        return known;
    }

    private int Point(int leaf, uint lanes) => _tree.Order[(leaf * Side) + BitOperations.TrailingZeroCount(lanes)];

    private void Visit(int node, int mine, LeafPairs.Workspace work)
    {
        // Each pair of leaves is compared once, from the earlier leaf, as in counting.
        if (_tree.LeafEnd(node) <= _tree.FirstLeaf(mine))
            return;
        int known = Volatile.Read(ref _known[node]);
        if (known == NoCore)
            return;
        int own = Volatile.Read(ref _known[mine]);
        if (known >= 0 && own >= 0 && _sets.Find(known) == _sets.Find(own))
            return;
        if (_tree.Apart(node, _tree.FirstLeaf(mine), _pairs.Limit))
            return;
        int child = _tree.Child(node);
        if (child != 0)
        {
            Visit(child, mine, work);
            Visit(child + 1, mine, work);
            if (known == Unknown)
                Volatile.Write(ref _known[node], Join(Volatile.Read(ref _known[child]), Volatile.Read(ref _known[child + 1])));
            return;
        }
        Compare(mine, node, work);
    }

    private void Compare(int mine, int node, LeafPairs.Workspace work)
    {
        int leaf = _tree.FirstLeaf(mine),
            other = _tree.FirstLeaf(node);
        if (_pairs.KnownApart(leaf, other) || !_pairs.Near(leaf, other, work))
            return;
        for (uint lanes = _core[other]; lanes != 0; lanes &= lanes - 1)
        {
            uint row = work.Rows[BitOperations.TrailingZeroCount(lanes)] & _core[leaf];
            for (int point = Point(other, lanes); row != 0; row &= row - 1)
                _sets.Union(point, Point(leaf, row));
        }
        if (_known[mine] == Unknown)
            Volatile.Write(ref _known[mine], Survey(leaf));
        if (_known[node] == Unknown)
            Volatile.Write(ref _known[node], Survey(other));
    }
}
