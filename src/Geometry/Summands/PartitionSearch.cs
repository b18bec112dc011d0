namespace Geometry.Summands;

/// <summary>Searches the partitions that a merge tree spans for the one with most evidence at a given rank.</summary>
internal sealed class PartitionSearch
{
    private readonly double[] _x;
    private readonly int _m;
    private readonly int _rank;
    private readonly MergeTree _tree;
    private readonly Block?[] _blocks;
    private readonly BlockEvidence _shapes;
    private readonly Dictionary<(int Node, int Dim), double> _known = [];

    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="tree">Merge tree over the columns.</param>
    /// <param name="root">Principal axes of all columns.</param>
    /// <param name="rank">Dimensions to share out.</param>
    /// <param name="shapes">What a block's shape adds to the evidence.</param>
    public PartitionSearch(double[] x, int m, MergeTree tree, PrincipalAxes root, int rank, BlockEvidence shapes)
    {
        _shapes = shapes;
        _x = x;
        _m = m;
        _tree = tree;
        _rank = rank;
        _blocks = new Block?[2 * tree.Leaves - 1];
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

    /// <summary>Steepest ascent over single splits of a block at its tree node and single joins of two siblings.</summary>
    private Partition Climb(Partition start)
    {
        Partition best = start;
        while (true)
        {
            Partition? next = null;
            int[] nodes = Array.ConvertAll(best.Blocks, static b => b.Node);
            foreach (int node in nodes)
            {
                if (node < _tree.Leaves) continue;
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
            if (next is null || next.Evidence <= best.Evidence + 1e-9) return best;
            best = next;
        }
    }

    private static void Keep(ref Partition? best, Partition? candidate)
    {
        if (candidate is not null && candidate.Noise <= DirectSum.LargestNoise && (best is null || candidate.Evidence > best.Evidence)) best = candidate;
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
        (double evidence, double noise) = PartitionScore.Evaluate(blocks, dims, _m);
        for (int b = 0; b < blocks.Length; b++)
        {
            blocks[b] = blocks[b] with { Dim = dims[b] };
            if (noise <= DirectSum.LargestNoise) evidence += ShapeEvidence(blocks[b]);
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
