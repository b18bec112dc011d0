using Geometry.Summands;

namespace Geometry.Tests.Summands;

/// <summary>The search as it is defined: every cut and every step is evaluated in full. The reference for <see cref="PartitionSearch"/>.</summary>
internal sealed class PlainPartitionSearch(double[] x, int m, double[] gram, double[] strength, MergeTree tree, PrincipalAxes root, int rank, BlockEvidence shapes)
{
    private readonly BlockTable _blocks = new(x, m, tree, root, shapes);

    /// <summary>The cuts, by number of blocks from one on, as far as they can fill the rank.</summary>
    public IEnumerable<(int Count, Partition? Partition)> Cuts()
    {
        var cut = new List<int> { tree.Root };
        for (int s = 1; s <= Math.Min(rank, tree.Leaves); s++)
        {
            yield return (s, Evaluate(cut));
            if (cut.Max() < tree.Leaves) break;
            Split(cut, cut.Max());
        }
    }

    public Partition? Best()
    {
        Partition? best = null;
        foreach ((_, Partition? cut) in Cuts()) Keep(ref best, cut);
        while (best is not null)
        {
            Partition? next = null;
            int[] nodes = [.. best.Blocks.Select(b => b.Node)];
            foreach (int node in nodes.Where(node => node >= tree.Leaves && node <= tree.Root))
            {
                List<int> split = [.. nodes];
                Split(split, node);
                Keep(ref next, Evaluate(split));
            }
            for (int parent = tree.Leaves; parent <= tree.Root; parent++)
            {
                (int left, int right) = tree.Children(parent);
                if (nodes.Contains(left) && nodes.Contains(right)) Keep(ref next, Evaluate([.. nodes.Append(parent).Where(v => v != left && v != right)]));
            }
            foreach ((int a, int b) in Partners(nodes))
            {
                int union = _blocks.Joined(a, b);
                Keep(ref next, Evaluate([.. nodes.Append(union).Where(v => v != a && v != b)]));
            }
            if (next is null || next.Evidence <= best.Evidence + 1e-9) break;
            best = next;
        }
        return best;
    }

    private Partition? Evaluate(List<int> nodes)
    {
        Block[] blocks = [.. nodes.Select(v => _blocks[v])];
        int[] dims = new int[blocks.Length];
        if (!PartitionScore.AllocateDimensions(blocks, rank, dims)) return null;
        for (int b = 0; b < blocks.Length; b++) blocks[b] = blocks[b] with { Dim = dims[b] };
        (double evidence, double noise) = PartitionScore.Evaluate(blocks, m, _blocks);
        if (!(noise > DirectSum.LargestNoise))
        {
            foreach (Block block in blocks) evidence += _blocks.ShapeEvidence(block);
        }
        return new Partition(blocks, rank, evidence, noise);
    }

    private void Keep(ref Partition? best, Partition? candidate)
    {
        if (candidate is null || candidate.Noise > DirectSum.LargestNoise || candidate.Evidence <= best?.Evidence) return;
        double[] largest = [.. candidate.Blocks.Select(s => candidate.Blocks.Where(t => t != s).SelectMany(t => s.Features.SelectMany(i => t.Features.Select(j => Math.Abs(gram[i * tree.Leaves + j])))).DefaultIfEmpty(0).Max())];
        double deviation = Math.Sqrt(2) * candidate.Noise;
        if (largest.Max() <= DirectSum.LargestCosine || (largest.Max() <= 4 * deviation && largest.Min() >= 0.05 * deviation)) best = candidate;
    }

    private List<(int A, int B)> Partners(int[] nodes)
    {
        var pairs = new SortedSet<(int A, int B)>();
        double[] best = new double[nodes.Length];
        int[] partner = new int[nodes.Length];
        for (int s = 0; s < nodes.Length; s++)
        {
            for (int t = 0; t < s; t++)
            {
                double sum = 0;
                foreach (int i in _blocks[nodes[s]].Features)
                {
                    foreach (int j in _blocks[nodes[t]].Features) sum += strength[i * tree.Leaves + j] * strength[i * tree.Leaves + j];
                }
                sum /= (double)_blocks[nodes[s]].Features.Length * _blocks[nodes[t]].Features.Length;
                if (sum > best[s]) (best[s], partner[s]) = (sum, t);
                if (sum > best[t]) (best[t], partner[t]) = (sum, s);
            }
        }
        for (int s = 0; s < nodes.Length; s++)
        {
            if (best[s] > 0) pairs.Add((Math.Min(nodes[s], nodes[partner[s]]), Math.Max(nodes[s], nodes[partner[s]])));
        }
        return [.. pairs];
    }

    private void Split(List<int> nodes, int node)
    {
        (int left, int right) = tree.Children(node);
        nodes.Remove(node);
        nodes.Add(left);
        nodes.Add(right);
    }
}
