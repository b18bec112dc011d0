using System.Runtime.InteropServices;

namespace Geometry.Summands;

/// <summary>Searches the partitions that a merge tree spans for the one with most evidence at a given rank.</summary>
internal sealed class PartitionSearch
{
    private readonly double[] _x;
    private readonly int _m;
    private readonly int _rank;
    private readonly MergeTree _tree;
    private readonly double[] _gram;
    private readonly double[] _strength;
    private readonly List<Block?> _blocks;
    private readonly Dictionary<(int A, int B), int> _joins = [];
    private readonly BlockEvidence _shapes;
    private readonly Dictionary<(int Node, int Dim), double> _known = [];
    private readonly Dictionary<(int, int, int, int), (double Rss, double Price)> _pairs = [];

    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="strength">Edge strengths, n×n.</param>
    /// <param name="tree">Merge tree over the columns.</param>
    /// <param name="root">Principal axes of all columns.</param>
    /// <param name="rank">Dimensions to share out.</param>
    /// <param name="shapes">What a block's shape adds to the evidence.</param>
    public PartitionSearch(double[] x, int m, double[] gram, double[] strength, MergeTree tree, PrincipalAxes root, int rank, BlockEvidence shapes)
    {
        _shapes = shapes;
        _x = x;
        _m = m;
        _tree = tree;
        _rank = rank;
        _gram = gram;
        _strength = strength;
        _blocks = new List<Block?>(2 * tree.Leaves);
        CollectionsMarshal.SetCount(_blocks, 2 * tree.Leaves - 1);
        _blocks[tree.Root] = new Block(tree.Features(tree.Root), root, tree.Root, rank);
    }

    /// <summary>The best partition, or null when none is tighter than <see cref="DirectSum.LargestNoise"/>.</summary>
    public Partition? Best()
    {
        Partition? best = null;
        // Cutting the s−1 weakest merges leaves s blocks; the nodes are numbered in order of falling strength.
        var cut = new List<int> { _tree.Root };
        for (int s = 1; s <= Math.Min(_rank, _tree.Leaves); s++)
        {
            Keep(ref best, Evaluate(cut));
            int weakest = cut.Max();
            if (weakest < _tree.Leaves) break;
            Split(cut, weakest);
        }
        return best is null ? null : Climb(best);
    }

    /// <summary>
    /// Steepest ascent over splits of one block at its tree node and joins of two blocks: siblings in the tree, or a block with the one
    /// that it is tied to most strongly on average. Single linkage errs where one chance edge crosses; the average over a block does not.
    /// </summary>
    private Partition Climb(Partition start)
    {
        Partition best = start;
        while (true)
        {
            Partition? next = null;
            int[] nodes = Array.ConvertAll(best.Blocks, static b => b.Node);
            foreach (int node in nodes)
            {
                if (node < _tree.Leaves || node > _tree.Root) continue;
                var split = new List<int>(nodes);
                Split(split, node);
                Keep(ref next, Evaluate(split));
            }
            for (int parent = _tree.Leaves; parent <= _tree.Root; parent++)
            {
                (int left, int right) = _tree.Children(parent);
                if (Array.IndexOf(nodes, left) < 0 || Array.IndexOf(nodes, right) < 0) continue;
                var joined = new List<int>(nodes) { parent };
                joined.Remove(left);
                joined.Remove(right);
                Keep(ref next, Evaluate(joined));
            }
            foreach ((int a, int b) in StrongestPairs(nodes))
            {
                var joined = new List<int>(nodes) { Joined(a, b) };
                joined.Remove(a);
                joined.Remove(b);
                Keep(ref next, Evaluate(joined));
            }
            if (next is null || next.Evidence <= best.Evidence + 1e-9) return best;
            best = next;
        }
    }

    /// <summary>Each block with the block that it is tied to most strongly, by the mean square of the edge strengths; every pair once.</summary>
    private List<(int A, int B)> StrongestPairs(int[] nodes)
    {
        var pairs = new List<(int A, int B)>(nodes.Length);
        double[] best = new double[nodes.Length];
        int[] partner = new int[nodes.Length];
        for (int s = 0; s < nodes.Length; s++)
        {
            for (int t = 0; t < s; t++)
            {
                double strength = MeanSquare(_blocks[nodes[s]]!.Features, _blocks[nodes[t]]!.Features);
                if (strength > best[s]) (best[s], partner[s]) = (strength, t);
                if (strength > best[t]) (best[t], partner[t]) = (strength, s);
            }
        }
        for (int s = 0; s < nodes.Length; s++)
        {
            if (best[s] > 0) pairs.Add((Math.Min(nodes[s], nodes[partner[s]]), Math.Max(nodes[s], nodes[partner[s]])));
        }
        pairs.Sort();
        int distinct = 0;
        for (int p = 0; p < pairs.Count; p++)
        {
            if (p == 0 || pairs[p] != pairs[p - 1]) pairs[distinct++] = pairs[p];
        }
        pairs.RemoveRange(distinct, pairs.Count - distinct);
        return pairs;
    }

    private double MeanSquare(int[] a, int[] b)
    {
        double sum = 0;
        foreach (int i in a)
        {
            foreach (int j in b) sum += _strength[i * _tree.Leaves + j] * _strength[i * _tree.Leaves + j];
        }
        return sum / ((double)a.Length * b.Length);
    }

    /// <summary>The index of the union of two blocks, which need not be a node of the tree.</summary>
    private int Joined(int a, int b)
    {
        if (_joins.TryGetValue((a, b), out int known)) return known;
        int[] features = [.. _blocks[a]!.Features, .. _blocks[b]!.Features];
        Array.Sort(features);
        int node = _blocks.Count;
        _blocks.Add(new Block(features, PrincipalAxes.Of(_x, _m, features), node, 1));
        _joins.Add((a, b), node);
        return node;
    }

    private void Keep(ref Partition? best, Partition? candidate)
    {
        if (candidate is null || candidate.Noise > DirectSum.LargestNoise || candidate.Evidence <= best?.Evidence) return;
        if (IsOrthogonal(candidate)) best = candidate;
    }

    /// <summary>
    /// False when two features of different blocks are too far from orthogonal for noise: the pooled σ can hide one gross
    /// misfit among many good coordinates. Beyond <see cref="DirectSum.LargestCosine"/> the misfit must be noise by the look of it: four
    /// standard deviations at most, and no block spared by it, as blocks are whose cosines are exactly zero.
    /// </summary>
    private bool IsOrthogonal(Partition candidate)
    {
        const double Outlier = 4, Spared = 0.05;
        int n = _tree.Leaves;
        Block[] blocks = candidate.Blocks;
        int[] block = new int[n];
        double[] largest = new double[blocks.Length];
        for (int b = 0; b < blocks.Length; b++)
        {
            foreach (int f in blocks[b].Features) block[f] = b;
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (block[i] == block[j]) continue;
                double cos = Math.Abs(_gram[i * n + j]);
                if (cos > largest[block[i]]) largest[block[i]] = cos;
                if (cos > largest[block[j]]) largest[block[j]] = cos;
            }
        }
        double most = largest.Max(), deviation = Math.Sqrt(2) * candidate.Noise;
        return most <= DirectSum.LargestCosine || (most <= Outlier * deviation && largest.Min() >= Spared * deviation);
    }

    private void Split(List<int> nodes, int node)
    {
        (int left, int right) = _tree.Children(node);
        nodes.Remove(node);
        nodes.Add(left);
        nodes.Add(right);
    }

    private Partition? Evaluate(List<int> nodes)
    {
        var blocks = new Block[nodes.Count];
        for (int b = 0; b < blocks.Length; b++) blocks[b] = BlockOf(nodes[b]);
        Span<int> dims = blocks.Length <= 128 ? stackalloc int[blocks.Length] : new int[blocks.Length];
        if (!PartitionScore.AllocateDimensions(blocks, _rank, dims)) return null;
        (double evidence, double noise) = PartitionScore.Evaluate(blocks, dims, _m, _pairs);
        for (int b = 0; b < blocks.Length; b++)
        {
            blocks[b] = blocks[b] with { Dim = dims[b] };
            if (!(noise > DirectSum.LargestNoise)) evidence += ShapeEvidence(blocks[b]);
        }
        return new Partition(blocks, _rank, evidence, noise);
    }

    private double ShapeEvidence(Block block)
    {
        if (_known.TryGetValue((block.Node, block.Dim), out double known)) return known;
        double evidence = _shapes(block);
        _known.Add((block.Node, block.Dim), evidence);
        return evidence;
    }

    private Block BlockOf(int node)
    {
        return _blocks[node] ??= new Block(_tree.Features(node), PrincipalAxes.Of(_x, _m, _tree.Features(node)), node, 1);
    }
}
