using Geometry.LinearAlgebra;

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

/// <summary>Eigenvalues of blocks that contain each other, P₀ ⊃ P₁ ⊃ …, between those of a few of them.</summary>
/// <remarks>
/// A scatter matrix grows with its features, so that λ_k(P) lies between that of any known block inside P and that of any known block
/// around it (Weyl; Horn and Johnson, <i>Matrix Analysis</i>, §4.3). Each block's eigenvalues add up to its number of features. More blocks
/// are decomposed where the bracket is too wide, halving it each time. Complexity of one: 4·min(c, m)³/3 for the values alone.
/// </remarks>
/// <param name="x">Unit columns, feature-major n×m.</param>
/// <param name="m">Their length.</param>
/// <param name="tree">The merge tree.</param>
/// <param name="blocks">Its blocks; what they know is free.</param>
/// <param name="spine">Nodes of the tree, each inside the one before it; the first is the root.</param>
internal sealed class SpineSpectra(double[] x, int m, MergeTree tree, BlockTable blocks, int[] spine)
{
    private readonly double[]?[] _values = new double[spine.Length][];

    /// <summary>Fills the bracket of the eigenvalues of the block at a place of the spine: min(c, m) entries each, descending.</summary>
    public void Bracket(int place, Span<double> low, Span<double> high)
    {
        (int outer, int inner) = Around(place);
        int count = tree.Features(spine[place]).Length,
            within = inner < spine.Length ? tree.Features(spine[inner]).Length : 0;
        // Rounding of decompositions, so that ties of eigenvalues fall inside the bracket.
        double added = count - within,
            doubt = 1e-12 * tree.Leaves;
        for (int k = 0; k < low.Length; k++)
        {
            double least = within > 0 ? Value(inner, k) : 0;
            low[k] = Math.Max(0, least - doubt);
            high[k] = Math.Min(Value(outer, k), least + added) + doubt;
        }
    }

    /// <summary>Narrows the bracket by one decomposition; false when the block itself is known.</summary>
    public bool TryNarrow(int place)
    {
        (int outer, int inner) = Around(place);
        if (inner == outer)
            return false;
        int middle = (inner + outer) / 2;
        _values[middle] = PrincipalAxes.Values(x, m, tree.Features(spine[middle]));
        return true;
    }

    /// <summary>
    /// The nearest known blocks around and inside a place; the root is known, and where none is inside it is the length of the spine.
    /// </summary>
    private (int Outer, int Inner) Around(int place)
    {
        int outer = place,
            inner = place;
        while (!IsKnown(outer))
            outer--;
        while (inner < spine.Length && !IsKnown(inner))
            inner++;
        return (outer, inner);
    }

    private bool IsKnown(int place) => _values[place] is not null || blocks.Known(spine[place]) is not null;

    private double Value(int place, int k) =>
        blocks.Known(spine[place]) is { } axes ? axes.Value(k)
        : k < _values[place]!.Length ? _values[place]![k]
        : 0;
}
