using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// The cuts of a merge tree, seen as one large block and small blocks beside it. From cut to cut the large block grows along the spine of
/// the tree, the path from the root to ever larger children.
/// </summary>
internal sealed class CutSpine
{
    // Blocks beside the spine of at most this many features are decomposed: such a block may be a second
    // chain, but a short one.
    private const int Medium = 128;

    private readonly MergeTree _tree;
    private readonly BlockTable _blocks;
    private readonly int[] _parent,
        _place;

    /// <summary>Follows the larger child from the root down, as long as it is not small (<see cref="SearchBounds.Small"/>).</summary>
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

    /// <summary>All features of the root: first those of the last node, then those that join at each node up to the root.</summary>
    public int[] Order { get; }

    /// <summary>
    /// The cut into <paramref name="count"/> blocks: the nodes beside the spine, and the position in <see cref="Nodes"/> of the one on the
    /// spine. Null when none is on the spine, or when a block beside it is large.
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

/// <summary>Brackets for the eigenvalues of blocks that contain each other, P₀ ⊃ P₁ ⊃ …, of which a few spectra are known.</summary>
/// <remarks>
/// A scatter matrix grows with its features, so that λ_k(P) lies between λ_k of any known block inside P and that of any known block around
/// it (Weyl; Horn and Johnson, <i>Matrix Analysis</i>, §4.3). The eigenvalues of a block sum to its number of features. Where a bracket is
/// too wide, the block halfway between the two known ones is decomposed. Complexity of one decomposition: 4·min(c, m)³/3, for the values
/// alone.
/// </remarks>
/// <param name="x">Unit columns, feature-major n×m.</param>
/// <param name="m">Their length.</param>
/// <param name="tree">The merge tree.</param>
/// <param name="blocks">Its blocks; spectra that are known there cost nothing.</param>
/// <param name="spine">Nodes of the tree, each inside the one before it; the first is the root.</param>
internal sealed class SpineSpectra(double[] x, int m, MergeTree tree, BlockTable blocks, int[] spine)
{
    private readonly double[]?[] _values = new double[spine.Length][];

    /// <summary>Fills the bracket of the eigenvalues of the block at a position of the spine: min(c, m) entries each, descending.</summary>
    public void Bracket(int place, Span<double> low, Span<double> high)
    {
        (int outer, int inner) = Around(place);
        int count = tree.Features(spine[place]).Length,
            within = inner < spine.Length ? tree.Features(spine[inner]).Length : 0;
        // A margin for the rounding of decompositions, so that equal eigenvalues fall inside the bracket.
        double added = count - within,
            doubt = 1e-12 * tree.Leaves;
        for (int k = 0; k < low.Length; k++)
        {
            double least = within > 0 ? Value(inner, k) : 0;
            low[k] = Math.Max(0, least - doubt);
            high[k] = Math.Min(Value(outer, k), least + added) + doubt;
        }
    }

    /// <summary>Narrows the bracket by one decomposition; false when the spectrum of the block itself is known.</summary>
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
    /// The nearest known blocks around and inside a position. The root is always known; where no block inside is known, Inner is the length
    /// of the spine.
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
