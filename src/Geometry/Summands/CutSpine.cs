namespace Geometry.Summands;

/// <summary>
/// The cuts of a merge tree as one large block, which grows from cut to cut along the spine of the tree, and small blocks beside it.
/// </summary>
internal sealed class CutSpine
{
    // Blocks beside the spine of up to so many features are decomposed: there may be a second chain, but it is short.
    private const int Medium = 128;

    private readonly MergeTree _tree;
    private readonly BlockTable _blocks;
    private readonly int[] _parent,
        _place;

    /// <summary>Follows the larger child from the root down to the last node that is not small.</summary>
    public CutSpine(MergeTree tree, BlockTable blocks)
    {
        (_tree, _blocks) = (tree, blocks);
        int n = tree.Leaves;
        _parent = new int[2 * n - 1];
        _parent[tree.Root] = int.MaxValue;
        for (int node = n; node <= tree.Root; node++)
        {
            (int left, int right) = tree.Children(node);
            _parent[left] = _parent[right] = node;
        }
        var nodes = new List<int>();
        for (int node = tree.Root; node == tree.Root || tree.Features(node).Length > SearchBounds.Small; )
        {
            nodes.Add(node);
            (int left, int right) = tree.Children(node);
            if (left < 0)
                break;
            node = tree.Features(left).Length >= tree.Features(right).Length ? left : right;
        }
        Nodes = [.. nodes];
        _place = new int[2 * n - 1];
        Array.Fill(_place, -1);
        for (int i = 0; i < nodes.Count; i++)
            _place[nodes[i]] = i;
        var order = new List<int>(n);
        bool[] taken = new bool[n];
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            foreach (int f in tree.Features(nodes[i]))
            {
                if (taken[f])
                    continue;
                taken[f] = true;
                order.Add(f);
            }
        }
        Order = [.. order];
    }

    /// <summary>The nodes of the spine, the root first, each inside the one before it.</summary>
    public int[] Nodes { get; }

    /// <summary>The features in the order in which they join the last of these nodes.</summary>
    public int[] Order { get; }

    /// <summary>
    /// The cut into so many blocks: those beside the spine, and the place on the spine of the one that is on it. Null when none is, or when
    /// a block beside it is large.
    /// </summary>
    public (int[] Beside, int Place)? Cut(int count)
    {
        int end = 2 * _tree.Leaves - count,
            place = -1;
        var beside = new List<int>(count);
        for (int node = 0; node < end; node++)
        {
            if (_parent[node] < end)
                continue;
            if (_place[node] >= 0)
                place = _place[node];
            else if (_tree.Features(node).Length <= Medium || _blocks.Known(node) is not null)
                beside.Add(node);
            else
                return null;
        }
        return place < 0 ? null : ([.. beside], place);
    }
}
