namespace Geometry.Summands;

/// <summary>Searches the partitions that a merge tree spans for the one with most evidence at a given rank.</summary>
/// <remarks>
/// What cannot win is not evaluated: cuts below a bound that needs no spectrum of their largest block (<see cref="CutBounds"/>), and steps of the ascent whose sums, brought up to date from those of the
/// partition that they change, fall short. The result is that of evaluating all, to the bit, as only evaluated partitions are compared. With one large block growing in a chain a search takes
/// O(n³ + n²m); where two blocks of more than <see cref="CutBounds.Small"/> features grow beside each other, or noise hides the dimensions, the spectra of up to rank blocks, O(rank·n³).
/// </remarks>
internal sealed class PartitionSearch
{
    private readonly double[] _x;
    private readonly int _m;
    private readonly int _rank;
    private readonly MergeTree _tree;
    private readonly double[] _gram;
    private readonly double[] _strength;
    private readonly BlockTable _blocks;
    private readonly bool _spectraAreDear;

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
        (_x, _m, _tree, _rank, _gram, _strength) = (x, m, tree, rank, gram, strength);
        _blocks = new BlockTable(x, m, tree, root, shapes);
        // Bounds take some n³, the spectra of a chain rank·min(n, m)³.
        double n = tree.Leaves, side = Math.Min(n, m);
        _spectraAreDear = side > CutBounds.Small && rank * side * side * side > n * n * n;
    }

    /// <summary>The best partition, or null when none is tighter than <see cref="DirectSum.LargestNoise"/>.</summary>
    public Partition? Best() => BestCut() is { } cut ? Climb(cut) : null;

    /// <summary>The best of the cuts. Small blocks come first: the coarser cuts are measured by them. Among equals the coarsest is kept.</summary>
    private Partition? BestCut()
    {
        // Cutting the s−1 weakest merges leaves s blocks; the nodes are numbered in order of falling strength.
        var cut = new List<int> { _tree.Root };
        var places = new Stack<int>();
        while (cut.Count < Math.Min(_rank, _tree.Leaves)) places.Push(Split(cut, _tree.Root - places.Count));

        Partition? best = null, reference = null;
        double[] bounds = [];
        while (true)
        {
            bool excluded = reference is not null && bounds[cut.Count] < best!.Evidence;
            if (!excluded && best is not null && best != reference && _spectraAreDear && (reference is null || !cut.TrueForAll(_blocks.IsCheap)))
            {
                bounds = CutBounds.Of(_tree, _gram, _x, _m, _blocks, best);
                reference = best;
                excluded = bounds[cut.Count] < best.Evidence;
            }
            if (!excluded && Evaluate(cut) is { } partition && !(partition.Evidence < best?.Evidence) && IsAdmissible(partition)) best = partition;
            if (!places.TryPop(out int place)) return best;
            cut.RemoveRange(cut.Count - 2, 2);
            cut.Insert(place, _tree.Root - places.Count);
        }
    }

    /// <summary>
    /// Steepest ascent over splits of one block at its tree node and joins of two blocks: siblings in the tree, or a block with the one
    /// that it is tied to most strongly on average. Single linkage errs where one chance edge crosses; the average over a block does not.
    /// </summary>
    private Partition Climb(Partition start)
    {
        Partition best = start;
        PairSums? sums = _tree.Leaves > CutBounds.Small ? new PairSums(_blocks) : null;
        while (true)
        {
            Partition? next = null;
            int[] nodes = Array.ConvertAll(best.Blocks, static b => b.Node);
            foreach (List<int> step in Steps(nodes))
            {
                Block[]? blocks = Allocate(step);
                if (blocks is null || (sums is not null && IsShort(sums, blocks, Math.Max(best.Evidence, next?.Evidence ?? double.NegativeInfinity)))) continue;
                Partition candidate = Score(blocks);
                if (!(candidate.Evidence <= next?.Evidence) && IsAdmissible(candidate)) next = candidate;
            }
            if (next is null || next.Evidence <= best.Evidence + 1e-9) return best;
            best = next;
        }
    }

    private IEnumerable<List<int>> Steps(int[] nodes)
    {
        foreach (int node in nodes)
        {
            if (node < _tree.Leaves || node > _tree.Root) continue;
            var split = new List<int>(nodes);
            Split(split, node);
            yield return split;
        }
        for (int parent = _tree.Leaves; parent <= _tree.Root; parent++)
        {
            (int left, int right) = _tree.Children(parent);
            if (Array.IndexOf(nodes, left) < 0 || Array.IndexOf(nodes, right) < 0) continue;
            yield return Join(nodes, left, right, parent);
        }
        foreach ((int a, int b) in StrongestPairs(nodes)) yield return Join(nodes, a, b, _blocks.Joined(a, b));
    }

    private static List<int> Join(int[] nodes, int a, int b, int union)
    {
        var joined = new List<int>(nodes) { union };
        joined.Remove(a);
        joined.Remove(b);
        return joined;
    }

    /// <summary>Whether the partition has less evidence than that for certain, or too much noise; it is scored from sums that hold for the partition asked about last.</summary>
    private bool IsShort(PairSums sums, Block[] blocks, double evidence)
    {
        // Far above the rounding of sums of some 10⁷ terms.
        const double Doubt = 1e-9;
        sums.MoveTo(blocks);
        double rss = sums.Rss, price = sums.Price, outward = 0;
        long constraints = ((long)_tree.Leaves - _rank) * _m;
        long squares = 0;
        foreach (Block block in blocks)
        {
            constraints -= (long)block.Features.Length * block.Dim;
            squares += (long)block.Dim * block.Dim;
            for (int k = 0; k < block.Dim; k++) outward += Math.Log(1 + block.Axes.Value(k));
            for (int k = block.Dim; k < block.Axes.Count; k++) rss += block.Axes.Value(k);
        }
        constraints += ((long)_rank * _rank + squares) / 2;
        price += (_m - _rank) * outward;
        if (rss > constraints * DirectSum.LargestNoise * DirectSum.LargestNoise * (1 + Doubt) + Doubt && constraints > 0) return true;
        double estimate = PartitionScore.Evidence(constraints, Math.Max(rss, 0), price, _m);
        foreach (Block block in blocks) estimate += _blocks.ShapeEvidence(block);
        return estimate + Doubt * (1e4 + 10.0 * constraints + Math.Abs(price) + Math.Abs(estimate) + rss * 1e4) < evidence;
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
                double strength = MeanSquare(_blocks[nodes[s]].Features, _blocks[nodes[t]].Features);
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

    private bool IsAdmissible(Partition candidate) => !(candidate.Noise > DirectSum.LargestNoise) && IsOrthogonal(candidate);

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

    /// <summary>Replaces a node by its children; returns its place.</summary>
    private int Split(List<int> nodes, int node)
    {
        (int left, int right) = _tree.Children(node);
        int place = nodes.IndexOf(node);
        nodes.RemoveAt(place);
        nodes.Add(left);
        nodes.Add(right);
        return place;
    }

    private Partition? Evaluate(List<int> nodes) => Allocate(nodes) is { } blocks ? Score(blocks) : null;

    /// <summary>The blocks with the dimensions that they are granted; null when they cannot fill the rank.</summary>
    private Block[]? Allocate(List<int> nodes)
    {
        var blocks = new Block[nodes.Count];
        for (int b = 0; b < blocks.Length; b++) blocks[b] = _blocks[nodes[b]];
        Span<int> dims = blocks.Length <= 128 ? stackalloc int[blocks.Length] : new int[blocks.Length];
        if (!PartitionScore.AllocateDimensions(blocks, _rank, dims)) return null;
        for (int b = 0; b < blocks.Length; b++) blocks[b] = blocks[b] with { Dim = dims[b] };
        return blocks;
    }

    private Partition Score(Block[] blocks)
    {
        (double evidence, double noise) = PartitionScore.Evaluate(blocks, _m, _blocks);
        if (!(noise > DirectSum.LargestNoise))
        {
            foreach (Block block in blocks) evidence += _blocks.ShapeEvidence(block);
        }
        return new Partition(blocks, _rank, evidence, noise);
    }
}
