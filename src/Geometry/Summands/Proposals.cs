namespace Geometry.Summands;

/// <summary>Proposes steps from one partition to others.</summary>
/// <param name="tree">Merge tree over the columns.</param>
/// <param name="blocks">The blocks that the search meets.</param>
/// <param name="strength">Edge strengths, n×n.</param>
/// <param name="planes">Features of each plane that the Hough transform proposes, ascending; planes share no feature.</param>
/// <param name="oblique">Finds parts at free angles for a block without a name.</param>
internal sealed class Proposals(MergeTree tree, BlockTable blocks, double[] strength, IReadOnlyList<int[]> planes, ObliqueSplit oblique)
{
    /// <summary>
    /// Splits of one block at its tree node, and joins of two blocks: siblings in the tree, or a block with the one to which it is tied
    /// most strongly on average. Single linkage errs where chance makes one edge strong; the average over a block does not.
    /// </summary>
    public IEnumerable<Candidate> SplitsAndJoins(Partition from)
    {
        int[] nodes = Array.ConvertAll(from.Blocks, static b => b.Node);
        foreach (int node in nodes)
        {
            if (node < tree.Leaves || node > tree.Root)
                continue;
            var split = new List<int>(nodes);
            Split(split, tree, node);
            yield return new Candidate([.. split], from.Rank);
        }
        for (int parent = tree.Leaves; parent <= tree.Root; parent++)
        {
            (int left, int right) = tree.Children(parent);
            if (Array.IndexOf(nodes, left) >= 0 && Array.IndexOf(nodes, right) >= 0)
                yield return Join(from.Rank, nodes, left, right, parent);
        }
        if (nodes.Length < 2)
            yield break;
        foreach ((int a, int b) in StrongestPairs(nodes))
        {
            if (!tree.AreSiblings(a, b))
                yield return Join(from.Rank, nodes, a, b, blocks.Joined(a, b));
        }
    }

    /// <summary>All planes that are no blocks yet taken out of the blocks that they cross, first all at once, then one at a time.</summary>
    public IEnumerable<Candidate> Planes(Partition from)
    {
        int[][] missing = [.. planes.Where(p => !from.Has(p))];
        if (missing.Length > 1)
            yield return new Candidate(TakenOut(from, missing), from.Rank);
        foreach (int[] plane in missing)
            yield return new Candidate(TakenOut(from, [plane]), from.Rank);
    }

    /// <summary>Whether a partition leaves anything that sums at free angles could explain.</summary>
    public bool MayBeOblique(Partition from)
    {
        if (from.Blocks.Length > 1 && from.Noise > oblique.LargestObliqueNoise)
            return true;
        foreach (Block block in from.Blocks)
        {
            if (block.Dim > 1 && blocks.Shape(block) < 0)
                return true;
        }
        return false;
    }

    /// <summary>
    /// Sums at free angles: inside one block that has no name; and, where there is such a block or the noise is larger than oblique sums
    /// may have, among all columns.
    /// </summary>
    public IEnumerable<Candidate> ObliqueSums(Partition from)
    {
        int groups = from.Blocks.Max(static b => b.Group);
        Block[] unnamed = Array.FindAll(from.Blocks, b => b.Group == 0 && b.Dim > 1 && blocks.Shape(b) < 0);
        foreach (Block block in unnamed)
        {
            foreach ((int[][] parts, int rank) in oblique.Splits(block))
            {
                int[] kept = [.. from.Blocks.Where(b => b != block).Select(b => b.Node)],
                    added = Array.ConvertAll(parts, blocks.Of);
                int[] group = [.. from.Blocks.Where(b => b != block).Select(b => b.Group), .. added.Select(_ => groups + 1)];
                yield return new Candidate([.. kept, .. added], from.Rank - block.Dim + rank, group);
            }
        }
        if (groups > 0 || from.Blocks.Length < 2 || (unnamed.Length == 0 && !(from.Noise > oblique.LargestObliqueNoise)))
            yield break;
        foreach ((int[][] parts, int rank) in oblique.Splits(blocks[tree.Root] with { Dim = from.Rank }))
        {
            int[] nodes = Array.ConvertAll(parts, blocks.Of);
            yield return new Candidate(nodes, rank, [.. nodes.Select(_ => 1)]);
        }
    }

    /// <summary>Replaces a node of the list by its children, which go to the end; returns the position where the node was.</summary>
    public static int Split(List<int> nodes, MergeTree tree, int node)
    {
        (int left, int right) = tree.Children(node);
        int place = nodes.IndexOf(node);
        nodes.RemoveAt(place);
        nodes.Add(left);
        nodes.Add(right);
        return place;
    }

    private static Candidate Join(int rank, int[] nodes, int a, int b, int union)
    {
        int[] joined = new int[nodes.Length - 1];
        int at = 0;
        foreach (int node in nodes)
        {
            if (node != a && node != b)
                joined[at++] = node;
        }
        joined[at] = union;
        return new Candidate(joined, rank);
    }

    private int[] TakenOut(Partition from, int[][] taken)
    {
        var nodes = new List<int>(from.Blocks.Length + taken.Length);
        foreach (Block block in from.Blocks)
        {
            int[] left = [.. block.Features.Where(f => !Array.Exists(taken, p => Array.BinarySearch(p, f) >= 0))];
            if (left.Length > 0)
                nodes.Add(left.Length == block.Features.Length ? block.Node : blocks.Of(left));
        }
        foreach (int[] plane in taken)
            nodes.Add(blocks.Of(plane));
        return [.. nodes];
    }

    /// <summary>
    /// Each block with the block to which it is tied most strongly, by the mean square of the edge strengths; every pair once.
    /// </summary>
    private List<(int A, int B)> StrongestPairs(int[] nodes)
    {
        var pairs = new List<(int A, int B)>(nodes.Length);
        double[] best = new double[nodes.Length];
        int[] partner = new int[nodes.Length];
        for (int s = 0; s < nodes.Length; s++)
        {
            for (int t = 0; t < s; t++)
            {
                double mean = MeanSquare(blocks[nodes[s]].Features, blocks[nodes[t]].Features);
                if (mean > best[s])
                    (best[s], partner[s]) = (mean, t);
                if (mean > best[t])
                    (best[t], partner[t]) = (mean, s);
            }
        }
        for (int s = 0; s < nodes.Length; s++)
        {
            var pair = (Math.Min(nodes[s], nodes[partner[s]]), Math.Max(nodes[s], nodes[partner[s]]));
            if (best[s] > 0 && !pairs.Contains(pair))
                pairs.Add(pair);
        }
        pairs.Sort();
        return pairs;
    }

    private double MeanSquare(int[] a, int[] b)
    {
        double sum = 0;
        foreach (int i in a)
        {
            foreach (int j in b)
                sum += strength[i * tree.Leaves + j] * strength[i * tree.Leaves + j];
        }
        return sum / ((double)a.Length * b.Length);
    }
}
