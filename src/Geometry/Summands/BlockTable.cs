using System.Runtime.InteropServices;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// The blocks that a search has met, with their axes, the evidence of their shapes, and what pairs of them contribute; each is computed
/// once, when it is first needed.
/// </summary>
/// <remarks>
/// A block is known by its index: first the nodes of the merge tree, then other sets of features in the order in which they were first
/// needed.
/// </remarks>
internal sealed class BlockTable : IShapeEvidence
{
    private readonly double[] _x;
    private readonly int _m;
    private readonly MergeTree _tree;
    private readonly IShapeEvidence _shapes;
    private readonly List<Block?> _blocks;
    private readonly Dictionary<int[], PrincipalAxes>? _axes;
    private Dictionary<(int A, int B), int>? _joins;
    private Dictionary<(int, int, int, int), PairTerm>? _pairs;
    private Dictionary<int[], int>? _sets;

    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="m">Their length.</param>
    /// <param name="tree">Merge tree over the columns.</param>
    /// <param name="root">Principal axes of all columns.</param>
    /// <param name="shapes">What a block's shape is worth.</param>
    /// <param name="axes">Axes that several tables over the same columns share; null: this table has its own.</param>
    public BlockTable(
        double[] x,
        int m,
        MergeTree tree,
        PrincipalAxes root,
        IShapeEvidence shapes,
        Dictionary<int[], PrincipalAxes>? axes = null
    )
    {
        (_x, _m, _tree, _shapes, _axes) = (x, m, tree, shapes, axes);
        _blocks = new List<Block?>(2 * tree.Leaves);
        CollectionsMarshal.SetCount(_blocks, 2 * tree.Leaves - 1);
        _blocks[tree.Root] = new Block(tree.Features(tree.Root), root, tree.Root, 1);
    }

    /// <summary>The axes of a block whose spectrum has been computed; null for another one.</summary>
    public PrincipalAxes? Known(int node) => _blocks[node]?.Axes;

    /// <summary>The block with an index; its dimension is not granted yet and reads 1.</summary>
    public Block this[int node] => _blocks[node] ??= new Block(_tree.Features(node), AxesOf(_tree.Features(node)), node, 1);

    /// <summary>The index of the union of two blocks, which need not be a node of the tree.</summary>
    public int Joined(int a, int b)
    {
        _joins ??= [];
        if (_joins.TryGetValue((a, b), out int known))
            return known;
        int[] features = [.. this[a].Features, .. this[b].Features];
        Array.Sort(features);
        int node = Added(features);
        _joins.Add((a, b), node);
        return node;
    }

    /// <summary>The index of any set of features, given in ascending order.</summary>
    public int Of(int[] features)
    {
        if (_sets is null)
        {
            _sets = new Dictionary<int[], int>(FeatureSets.Instance);
            for (int node = 0; node < 2 * _tree.Leaves - 1; node++)
                _sets.TryAdd(_tree.Features(node), node);
            for (int node = 2 * _tree.Leaves - 1; node < _blocks.Count; node++)
                _sets.TryAdd(_blocks[node]!.Features, node);
        }
        return _sets.TryGetValue(features, out int known) ? known : Added(features);
    }

    private PrincipalAxes AxesOf(int[] features)
    {
        if (_axes is null || features.Length == 1)
            return PrincipalAxes.Of(_x, _m, features);
        if (!_axes.TryGetValue(features, out PrincipalAxes? axes))
            _axes.Add(features, axes = PrincipalAxes.Of(_x, _m, features));
        return axes;
    }

    private int Added(int[] features)
    {
        int node = _blocks.Count;
        _blocks.Add(new Block(features, AxesOf(features), node, 1));
        _sets?.TryAdd(features, node);
        return node;
    }

    /// <inheritdoc/>
    public double Shape(Block block)
    {
        Block known = this[block.Node].Granted(block.Dim);
        if (double.IsNaN(known.KnownShape))
            known.KnownShape = _shapes.Shape(block);
        return known.KnownShape;
    }

    /// <inheritdoc/>
    public double Lean(Block block)
    {
        if (block.Dim > 1 || block.Features.Length != 2)
            return 0;
        Block known = this[block.Node].Granted(block.Dim);
        if (double.IsNaN(known.KnownLean))
            known.KnownLean = _shapes.Lean(block);
        return known.KnownLean;
    }

    /// <summary>What a pair of orthogonal blocks contributes, computed in the order given.</summary>
    public PairTerm Pair(Block s, Block t)
    {
        if (IsQuick(s, t))
            return PartitionScore.OrthogonalPair(s, t);
        _pairs ??= [];
        var key = (s.Node, s.Dim, t.Node, t.Dim);
        if (!_pairs.TryGetValue(key, out PairTerm pair))
            _pairs.Add(key, pair = PartitionScore.OrthogonalPair(s, t));
        return pair;
    }

    /// <summary>The same in whichever order is already known; the two orders differ by rounding.</summary>
    public PairTerm EitherPair(Block s, Block t) =>
        _pairs is not null && !IsQuick(s, t) && _pairs.TryGetValue((t.Node, t.Dim, s.Node, s.Dim), out PairTerm pair) ? pair : Pair(s, t);

    /// <summary>Whether computing a pair takes less time than looking it up, by a rough count of multiplications.</summary>
    private bool IsQuick(Block s, Block t) => s.Dim * t.Dim * (_m + 16) <= 64;
}

/// <summary>Compares sets of features, in ascending order, alone or with a dimension: equal when they hold the same features.</summary>
internal sealed class FeatureSets : IEqualityComparer<int[]>, IEqualityComparer<(int[] Features, int Dim)>
{
    /// <summary>The comparer.</summary>
    public static FeatureSets Instance { get; } = new();

    private static readonly int[][] s_single = [.. Enumerable.Range(0, 256).Select(static i => new[] { i })];

    /// <summary>The set of one feature.</summary>
    public static int[] Of(int feature) => feature < s_single.Length ? s_single[feature] : [feature];

    /// <inheritdoc/>
    public bool Equals(int[]? a, int[]? b) => ReferenceEquals(a, b) || a.AsSpan().SequenceEqual(b);

    /// <inheritdoc/>
    public int GetHashCode(int[] features)
    {
        int hash = features.Length;
        foreach (int feature in features)
            hash = unchecked((hash * 31) + feature);
        return hash;
    }

    /// <inheritdoc/>
    public bool Equals((int[] Features, int Dim) a, (int[] Features, int Dim) b) => a.Dim == b.Dim && Equals(a.Features, b.Features);

    /// <inheritdoc/>
    public int GetHashCode((int[] Features, int Dim) block) => unchecked((GetHashCode(block.Features) * 31) + block.Dim);
}
