using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>Upper bounds on the evidence of cuts of a merge tree whose largest block is never decomposed.</summary>
/// <remarks>
/// <para>
/// Noise merges in chains: one block P grows by a few features at a time, and its n spectra would take O(n⁴). Let R be a partition that all cuts in question are coarser
/// than, with d_B dimensions in each of its blocks, Σ d_B = r, and ρ = ‖[(1 − Π_B)x_j]‖₂² what sticks out of them. A union P of its blocks, d = Σ d_B, has
/// λ_{d+1}(P) ≤ ρ (Courant, Fischer) and λ_d(P) ≥ λ_r − ρ (Weyl: the other blocks hold r − d dimensions), λ_r of all columns. Where λ_r &gt; 2ρ the dimensions of every coarser partition are thus those of R,
/// and D is known. Beyond its d axes P has at most what R leaves, out = Σ_B Σ_{k&gt;d_B} λ_k.
/// </para>
/// <para>
/// Against an axis b of a small block, g(λ_b) = Σ_{a≤d} ln(λ_a + λ_b) is the price and Σ_a λ_aλ_b/(λ_a + λ_b)·cos² the misfit. The first is at least ln det(G_P + λ_b) − (c − d) ln λ_b − out/λ_b and concave,
/// the second falls in λ_b, so that a few μ bracket both (<see cref="SpineFactors"/>). The evidence for an RSS is convex, its largest value at an end of the bracket.
/// </para>
/// <para>
/// A cut with a second large block is not bounded, nor is any where λ_r ≤ 2ρ. O(μ·n³/6 + n²m), with the pairs of small blocks, of which the search needs most anyway.
/// </para>
/// </remarks>
internal sealed class CutBounds
{
    private const int MostGrid = 8;

    // Rounding of sums of up to a few million terms, and of factors of matrices that are positive definite by at least the smallest μ.
    private const double Absolute = 1e-3, Relative = 1e-9, SmallestMu = 1e-2;

    private readonly MergeTree _tree;
    private readonly double[] _gram;
    private readonly BlockTable _blocks;
    private readonly PartitionScore _score;
    private readonly int _n, _m, _rank;
    private readonly double _largest;
    private readonly int[] _parent, _dim;
    private readonly double[] _out;
    private double[] _grid = [];

    private CutBounds(MergeTree tree, double[] gram, BlockTable blocks, PartitionScore score, int rank)
    {
        (_tree, _gram, _blocks, _score, _n, _m, _rank) = (tree, gram, blocks, score, tree.Leaves, score.Space, rank);
        _largest = blocks[tree.Root].Axes.Value(0);
        (_parent, _dim, _out) = (new int[2 * _n - 1], new int[2 * _n - 1], new double[2 * _n - 1]);
        _parent[tree.Root] = int.MaxValue;
        for (int node = _n; node <= tree.Root; node++)
        {
            (int left, int right) = tree.Children(node);
            _parent[left] = _parent[right] = node;
        }
    }

    /// <summary>Bounds by number of blocks s, +∞ where nothing is known, for the cuts of at most as many blocks as the reference has.</summary>
    /// <param name="tree">The merge tree.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="x">Unit columns, feature-major n×m.</param>
    /// <param name="blocks">Blocks of the tree.</param>
    /// <param name="reference">A cut of the tree with its dimensions.</param>
    /// <param name="score">The evidence.</param>
    public static double[] Of(MergeTree tree, double[] gram, double[] x, BlockTable blocks, Partition reference, PartitionScore score)
    {
        double[] bounds = new double[reference.Blocks.Length + 1];
        Array.Fill(bounds, double.PositiveInfinity);
        var cuts = new CutBounds(tree, gram, blocks, score, reference.Rank);
        if (cuts.DimensionsAreFixed(x, reference) && cuts.ChooseGrid(reference)) cuts.Fill(bounds);
        return bounds;
    }

    private bool DimensionsAreFixed(double[] x, Partition reference)
    {
        double smallest = _blocks[_tree.Root].Axes.Value(_rank - 1), total = 0;
        foreach (Block block in reference.Blocks)
        {
            _dim[block.Node] = block.Dim;
            for (int k = block.Dim; k < block.Axes.Count; k++) _out[block.Node] += block.Axes.Value(k);
            total += _out[block.Node];
        }
        for (int node = _n; node <= _tree.Root; node++)
        {
            (int left, int right) = _tree.Children(node);
            _dim[node] += _dim[left] + _dim[right];
            _out[node] += _out[left] + _out[right];
        }
        double doubt = 1e-12 * _n * _n + 1e-9;
        return smallest > doubt && (smallest > 2 * total + doubt || smallest > 2 * Protrusion(x, reference, smallest / 2) + doubt);
    }

    /// <summary>ρ, or a lower bound of it that exceeds the limit.</summary>
    private double Protrusion(double[] x, Partition reference, double limit)
    {
        double[] rest = (double[])x.Clone();
        foreach (Block block in reference.Blocks)
        {
            foreach (int j in block.Features)
            {
                Span<double> column = rest.AsSpan(j * _m, _m);
                for (int k = 0; k < block.Dim; k++) Vectors.Axpy(-Vectors.Dot(block.Axes.Axis(k), column), block.Axes.Axis(k), column);
                if (Vectors.Dot(column, column) > limit) return Vectors.Dot(column, column);
            }
        }
        double[] squares = new double[_n * _n], values = new double[_n];
        for (int i = 0; i < _n; i++)
        {
            for (int j = 0; j <= i; j++) squares[i * _n + j] = squares[j * _n + i] = Vectors.Dot(rest.AsSpan(i * _m, _m), rest.AsSpan(j * _m, _m));
        }
        SymmetricEigen.Decompose(squares, _n, values, []);
        return values[0];
    }

    /// <summary>μ: 1, and the ends of each group of the reference's eigenvalues.</summary>
    private bool ChooseGrid(Partition reference)
    {
        var values = new List<double>();
        foreach (Block block in reference.Blocks)
        {
            for (int k = 0; k < block.Dim; k++) values.Add(block.Axes.Value(k));
        }
        values.Sort();
        if (values[0] < SmallestMu) return false;
        for (double width = 1.1; ; width *= width)
        {
            var grid = new List<double> { 1 };
            for (int i = 0, end; i < values.Count; i = end)
            {
                end = i + 1;
                while (end < values.Count && values[end] <= width * values[i]) end++;
                if (Math.Abs(values[i] - 1) > 1e-9) grid.Add(values[i]);
                if (values[end - 1] > values[i] * (1 + 1e-9) && Math.Abs(values[end - 1] - 1) > 1e-9) grid.Add(values[end - 1]);
            }
            if (grid.Count > MostGrid) continue;
            grid.Sort();
            _grid = [.. grid];
            return true;
        }
    }

    private void Fill(double[] bounds)
    {
        int most = bounds.Length - 1;
        int[] spine = Spine(out int[] order), place = new int[_n];
        for (int i = 0; i < _n; i++) place[order[i]] = i;
        // By cut: the nodes beside P, and P, or −1 where all blocks are small.
        int[]?[] beside = new int[most + 1][];
        int[] large = new int[most + 1];
        for (int s = most; s >= 1; s--) (beside[s], large[s]) = Cut(s, spine);

        var bracket = new (double Low, double High)[most + 1];
        double[][] price = new double[most + 1][];
        var factors = new SpineFactors(_gram, _n, order);
        for (int g = 0; g < _grid.Length; g++)
        {
            factors.Start(_grid[g]);
            for (int s = most; s >= 1; s--)
            {
                int p = large[s];
                if (p < 0) continue;
                int count = _tree.Features(p).Length;
                factors.Extend(count);
                (price[s] ??= new double[_grid.Length])[g] = factors.LogDeterminant - (count - _dim[p]) * Elementary.Log(_grid[g]) - _out[p] / _grid[g];
                foreach (int t in beside[s]!)
                {
                    Block block = _blocks[t];
                    double low = block.Axes.Value(_dim[t] - 1), high = block.Axes.Value(0);
                    bool above = g == Above(high), below = g == Below(low);
                    if (!above && !below) continue;
                    double held = 0;
                    foreach (int j in block.Features) held += factors.Held(place[j]);
                    if (above) bracket[s].Low += held * Math.Min(1, _grid[g] / high);
                    if (below) bracket[s].High += held * Math.Max(1, _grid[g] / low);
                }
            }
        }
        var sums = new PairSums(_blocks);
        for (int s = most; s >= 1; s--)
        {
            if (beside[s] is not { } blocks) continue;
            sums.MoveTo(Array.ConvertAll(blocks, t => _blocks[t] with { Dim = _dim[t] }));
            bounds[s] = Bound(sums, large[s], blocks, bracket[s], price[s]);
        }
    }

    private double Bound(PairSums sums, int p, int[] beside, (double Low, double High) bracket, double[] price)
    {
        double n = _n, r = _rank, d = n * _m - _m * r + 0.5 * r * r, shapes = 0, outward = 0, rest = 0, cross = 0, leans = 0, least = double.PositiveInfinity;
        var small = new List<Block>(beside.Length);
        foreach (int t in beside)
        {
            Block block = _blocks[t] with { Dim = _dim[t] };
            d += (0.5 * _dim[t] - block.Features.Length) * _dim[t];
            shapes += _blocks.Shape(block);
            small.Add(block);
            leans += Admissibility.LeanBeyondNoise(block, _m, _score.Constants);
            for (int k = 0; k < block.Axes.Count; k++)
            {
                double value = block.Axes.Value(k);
                if (k >= block.Dim)
                {
                    rest += value;
                    continue;
                }
                outward += Elementary.Log(1 + value);
                least = Math.Min(least, value);
                if (p >= 0) cross += Price(value, _dim[p], price);
            }
        }
        double low = sums.Rss + rest, high = sums.Rss + rest + bracket.High;
        if (p >= 0)
        {
            d += (0.5 * _dim[p] - _tree.Features(p).Length) * _dim[p];
            shapes += _score.MostShapeEvidence(_tree.Features(p).Length, _dim[p]);
            outward += price[Array.IndexOf(_grid, 1)];
            high += _out[p];
            // What the brackets hold along axes that are not granted, on either side.
            low += Math.Max(0, bracket.Low - rest - _out[p] * _largest / least);
        }
        double total = sums.Price + cross + (_m - r) * outward, loudest = Admissibility.MostRss((long)Math.Round(d), _n == _m, _score.Constants) + leans;
        double slack = Absolute + Relative * (10 * d + Math.Abs(sums.Price) + Math.Abs(cross) + (_m - r) * Math.Abs(outward) + high * _m);
        low = Math.Max(0, low * (1 - Relative));
        if (low > loudest * (1 + Relative) + Relative && d > 0) return double.NegativeInfinity;
        high = d > 0 ? Math.Min(high, loudest) * (1 + Relative) : high;
        long constraints = (long)Math.Round(d);
        // What the antipodes' angles add grows with the RSS.
        shapes += _score.MostLeanEvidence(small, _blocks, constraints, Math.Max(low, high));
        return Math.Max(_score.Evidence(constraints, low, total), _score.Evidence(constraints, Math.Max(low, high), total)) + shapes + slack;
    }

    /// <summary>A lower bound of g(λ) from those on the grid: a chord, or what the nearest end leaves.</summary>
    private double Price(double lambda, int dim, double[] price)
    {
        int above = Above(lambda), below = Below(lambda);
        double lowest = _grid[below], highest = _grid[above];
        if (lambda < lowest) return price[below] - dim * Elementary.Log(lowest / lambda);
        if (lambda >= highest) return price[above];
        double share = (lambda - lowest) / (highest - lowest);
        return (1 - share) * price[below] + share * price[above];
    }

    /// <summary>The place of the smallest μ ≥ λ, or the largest.</summary>
    private int Above(double lambda)
    {
        int g = 0;
        while (g < _grid.Length - 1 && _grid[g] < lambda) g++;
        return g;
    }

    /// <summary>The place of the largest μ ≤ λ, or the smallest.</summary>
    private int Below(double lambda)
    {
        int g = _grid.Length - 1;
        while (g > 0 && _grid[g] > lambda) g--;
        return g;
    }

    /// <summary>The root, and from it along the larger child the nodes that are not small, and the features in the order in which they join them from the last one on.</summary>
    private int[] Spine(out int[] order)
    {
        var spine = new List<int>();
        for (int node = _tree.Root; node == _tree.Root || _tree.Features(node).Length > SearchBounds.Small;)
        {
            spine.Add(node);
            (int left, int right) = _tree.Children(node);
            node = _tree.Features(left).Length >= _tree.Features(right).Length ? left : right;
        }
        var features = new List<int>(_n);
        bool[] taken = new bool[_n];
        for (int i = spine.Count - 1; i >= 0; i--)
        {
            foreach (int f in _tree.Features(spine[i]))
            {
                if (taken[f]) continue;
                taken[f] = true;
                features.Add(f);
            }
        }
        order = [.. features];
        return [.. spine];
    }

    /// <summary>The cut into s blocks: those that are decomposed, and the other one, −1 for none; null where there are more of these.</summary>
    private (int[]? Beside, int Large) Cut(int s, int[] spine)
    {
        int end = 2 * _n - s, large = -1;
        var beside = new List<int>(s);
        for (int node = 0; node < end; node++)
        {
            if (_parent[node] < end) continue;
            if (_blocks.IsCheap(node)) beside.Add(node);
            else if (large >= 0 || Array.IndexOf(spine, node) < 0) return (null, -1);
            else large = node;
        }
        return ([.. beside], large);
    }
}
