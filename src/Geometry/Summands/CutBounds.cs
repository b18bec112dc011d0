namespace Geometry.Summands;

/// <summary>Upper bounds on the evidence of cuts of a merge tree, without the spectrum of the largest block P.</summary>
/// <remarks>
/// <para>
/// Noise merges in chains: one block P grows by a few features at a time, and its n spectra would take O(n⁴). The blocks beside it are
/// small, and their spectra are known. The eigenvalues of P lie in brackets. Some come from blocks inside and around P whose spectra are
/// known (<see cref="SpineSpectra"/>). Others come from the last partition R that was evaluated, if the cut is coarser: let d be the sum of
/// the dimensions of the blocks of R in P, and out the sum of what sticks out of them. Then Σ_{k&gt;d} λ_k(P) ≤ out (Fan 1949), and λ_d(P)
/// ≥ λ_r − Σ_R out (Weyl: the other blocks hold r − d dimensions), where λ_r is the smallest granted eigenvalue of all columns together.
/// The brackets leave few dimensions that P may be granted, and each of these fixes the dimensions of all other blocks, and with them D.
/// </para>
/// <para>
/// Against an axis b of a small block, the price is g(λ_b) = Σ_{a≤d} ln(λ_a + λ_b), and the misfit is Σ_{a≤d} λ_aλ_b/(λ_a + λ_b)·cos².
/// Summed over all axes a of P, both follow from a factor of G_P + μ (<see cref="SpineFactors"/>), for a few μ around the λ_b. The part of
/// the axes beyond d is at most what the brackets, and the total length of the columns beside P, allow. The evidence falls with the RSS, so
/// that the least RSS and the least price bound it.
/// </para>
/// <para>
/// A cut with a second large block has no bound. O(μ·n³/6) for the factors, plus the pairs of small blocks, which the search needs anyway,
/// and some spectra of P.
/// </para>
/// </remarks>
internal sealed class CutBounds
{
    /// <summary>A cut has no bound where P may be granted this many different dimensions or more.</summary>
    private const int MostDims = 8;

    // Allowances for the rounding of sums of up to a few million terms, and of factors of matrices whose eigenvalues are at least μ.
    private const double Absolute = 1e-3,
        Relative = 1e-9;

    private readonly MergeTree _tree;
    private readonly BlockTable _blocks;
    private readonly PartitionScore _score;
    private readonly int _n,
        _m,
        _rank;
    private readonly double _largest,
        _smallest;
    private readonly int[] _dim;
    private readonly double[] _out;
    private readonly CutSpine _spine;
    private readonly SpineSpectra _spectra;
    private readonly PairSums _sums;
    private readonly MeasuredCuts _cuts;
    private readonly double[] _grid;
    private double _total = double.PositiveInfinity;
    private Partition? _reference;

    /// <param name="tree">The merge tree.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="x">Unit columns, feature-major n×m.</param>
    /// <param name="blocks">Blocks of the tree.</param>
    /// <param name="rank">Sum of the dimensions to grant.</param>
    /// <param name="score">The evidence.</param>
    /// <param name="finest">The largest number of blocks of a cut that will be bounded.</param>
    public CutBounds(MergeTree tree, double[] gram, double[] x, BlockTable blocks, int rank, PartitionScore score, int finest)
    {
        (_tree, _blocks, _score, _n, _m, _rank) = (tree, blocks, score, tree.Leaves, score.Space, rank);
        (_largest, _smallest) = (blocks[tree.Root].Axes.Value(0), blocks[tree.Root].Axes.Value(rank - 1));
        (_dim, _out) = (new int[2 * _n - 1], new double[2 * _n - 1]);
        _spine = new CutSpine(tree, blocks);
        _spectra = new SpineSpectra(x, _m, tree, blocks, _spine.Nodes);
        _sums = new PairSums(blocks);
        _cuts = new MeasuredCuts(tree, blocks, _spine, gram, finest);
        _grid = _cuts.Grid;
    }

    /// <summary>Takes over what an evaluated partition says about coarser cuts.</summary>
    public void Refer(Partition reference)
    {
        if (reference == _reference)
            return;
        _reference = reference;
        Array.Clear(_dim);
        Array.Clear(_out);
        _total = 0;
        foreach (Block block in reference.Blocks)
        {
            _dim[block.Node] = block.Dim;
            _out[block.Node] = block.Outside;
            _total += block.Outside;
        }
        for (int node = _n; node <= _tree.Root; node++)
        {
            (int left, int right) = _tree.Children(node);
            _dim[node] += _dim[left] + _dim[right];
            _out[node] += _out[left] + _out[right];
        }
    }

    /// <summary>Whether the cut into <paramref name="count"/> blocks certainly has less evidence than <paramref name="least"/>.</summary>
    public bool IsBelow(int count, double least)
    {
        if (_cuts[count] is not { } cut)
            return false;
        do
        {
            if (Bound(cut, least) < least)
                return true;
        } while (_spectra.TryNarrow(cut.Place));
        return false;
    }

    /// <summary>The bound as it stands; +∞ where there is none.</summary>
    public double Bound(int count) => _cuts[count] is { } cut ? Bound(cut, double.PositiveInfinity) : double.PositiveInfinity;

    private double Bound(MeasuredCut cut, double least)
    {
        int node = _spine.Nodes[cut.Place],
            sides = Math.Min(_tree.Features(node).Length, _m),
            spare = _rank - cut.Beside.Length - 1;
        if (spare < 0)
            return double.PositiveInfinity;
        double[] low = new double[sides],
            high = new double[sides];
        _spectra.Bracket(cut.Place, low, high);
        int granted = Math.Min(_dim[node], sides);
        for (int k = 0; granted > 0 && k < sides; k++)
        {
            if (k < granted)
                low[k] = Math.Max(low[k], _smallest - _total - 1e-12 * _n);
            else
                high[k] = Math.Min(high[k], _out[node] + 1e-12 * _n);
        }

        (double Value, int Block)[] further = cut.Further;
        int most = Dimensions(high, further, spare),
            fewest = Dimensions(low, further, spare);
        if (most < 0 || fewest < 0 || most - fewest >= MostDims)
            return double.PositiveInfinity;

        double bound = double.NegativeInfinity;
        var small = new Block[cut.Beside.Length];
        int[] dims = new int[small.Length];
        for (int d = fewest; d <= most && bound < least; d++)
        {
            int others = spare - (d - 1);
            // Between equal axes of different blocks it is not known here which block is granted the dimension.
            if (others > 0 && others < further.Length && further[others - 1].Value - further[others].Value <= 1e-9)
                return double.PositiveInfinity;
            Array.Fill(dims, 1);
            for (int i = 0; i < others; i++)
                dims[further[i].Block]++;
            for (int b = 0; b < small.Length; b++)
                small[b] = cut.Beside[b].Granted(dims[b]);
            bound = Math.Max(bound, Bound(cut, small, d, low, high));
        }
        return bound;
    }

    /// <summary>The dimensions that P is granted if these are its eigenvalues; −1 where the rank cannot be filled.</summary>
    private static int Dimensions(double[] values, (double Value, int Block)[] further, int spare)
    {
        int d = 1,
            next = 0;
        for (; spare > 0; spare--)
        {
            if (d < values.Length && (next == further.Length || values[d] >= further[next].Value))
                d++;
            else if (next < further.Length)
                next++;
            else
                return -1;
        }
        return d;
    }

    private double Bound(MeasuredCut cut, Block[] small, int dim, double[] lows, double[] highs)
    {
        int node = _spine.Nodes[cut.Place],
            count = _tree.Features(node).Length;
        double n = _n,
            r = _rank,
            d = n * _m - _m * r + 0.5 * r * r + (0.5 * dim - count) * dim;
        double shapes = _score.MostShapeEvidence(count, dim),
            outward = 0,
            rest = 0,
            leans = 0,
            least = double.PositiveInfinity,
            top = 0,
            thinness = 1;
        _sums.MoveTo(small);
        foreach (Block block in small)
        {
            d += (0.5 * block.Dim - block.Features.Length) * block.Dim;
            shapes += _blocks.Shape(block);
            leans += Admissibility.LeanBeyondNoise(block, _m, _score.Constants);
            rest += block.Outside;
            least = Math.Min(least, block.Axes.Value(block.Dim - 1));
            top = Math.Max(top, block.Axes.Value(0));
            thinness = Math.Max(thinness, MeasuredCuts.Thick(block) / block.Axes.Value(block.Dim - 1));
        }
        // What P has beyond its first dim axes, and inside them.
        double outLow = 0,
            outHigh = 0,
            insideLow = 0,
            insideHigh = 0;
        for (int k = 0; k < lows.Length; k++)
        {
            if (k < dim)
                (insideLow, insideHigh) = (insideLow + lows[k], insideHigh + highs[k]);
            else
                (outLow, outHigh) = (outLow + lows[k], outHigh + highs[k]);
        }
        outLow = Math.Max(outLow, count - insideHigh);
        outHigh = Math.Max(outLow, Math.Min(outHigh, count - insideLow));
        double misfit = Misfit(cut, count, dim, highs, outHigh, rest, least, top);
        double[] price = Prices(cut, count, dim, highs, outHigh);
        double cross = 0;
        foreach (Block block in small)
        {
            for (int k = 0; k < block.Dim; k++)
            {
                double value = block.Axes.Value(k);
                cross += Price(value, dim, price);
                if (_m > _rank)
                    outward += Elementary.Log(1 + value);
            }
        }
        outward += price[Array.IndexOf(_grid, 1)];
        double low = _sums.Rss + rest + outLow + misfit,
            high = _sums.Rss + rest + outHigh + cut.High * thinness;
        double total = _sums.Price + cross + (_m - r) * outward,
            loudest = Admissibility.MostRss((long)Math.Round(d), false, _score.Constants) + leans;
        double slack = Absolute + Relative * (10 * d + Math.Abs(_sums.Price) + Math.Abs(cross) + (_m - r) * Math.Abs(outward) + high * _m);
        low = Math.Max(0, low * (1 - Relative));
        if (low > loudest * (1 + Relative) + Relative && d > 0)
            return double.NegativeInfinity;
        high = d > 0 ? Math.Min(high, loudest) * (1 + Relative) : high;
        long constraints = (long)Math.Round(d);
        // The evidence of the leans of antipodes grows with the RSS; everything else falls with it.
        shapes += _score.MostLeanEvidence(small, _blocks, constraints, Math.Max(low, high));
        return _score.Evidence(constraints, low, total) + shapes + slack;
    }

    /// <summary>
    /// A lower bound on the misfit of the first <paramref name="dim"/> axes of P with the granted axes of the small blocks. Two bounds are
    /// combined. One is the misfit of all axes, less the most that the axes beyond can have. The other holds for some μ, with h = λ_{d+1}:
    /// A·Σ_a (λ_a/(λ_a + μ) − h/(h + μ))·cos², which is negative for the axes beyond and, with A = λ(λ + μ)(h + μ)/((λ + λ_b)μ(λ − h)) at
    /// the largest λ, nowhere more than the misfit.
    /// </summary>
    private double Misfit(MeasuredCut cut, int count, int dim, double[] highs, double outHigh, double rest, double least, double top)
    {
        // Along the axes beyond, the columns beside P have at most their total squared length, and at most _largest along each axis.
        double beyond = 0,
            left = _n - count;
        for (int k = dim; k < highs.Length && left > 0; k++)
        {
            double along = Math.Min(_largest, left);
            beyond += along * highs[k] / (highs[k] + least);
            left -= along;
        }
        double misfit = Math.Max(0, cut.Low - rest - Math.Min(beyond, outHigh * _largest / least)),
            h = dim < highs.Length ? highs[dim] : 0,
            most = highs[0];
        if (!(most > h))
            return misfit;
        for (int g = 0; g < _grid.Length; g++)
        {
            double mu = _grid[g];
            if (mu < top)
                continue;
            double a = most * (most + mu) * (h + mu) / ((most + top) * mu * (most - h));
            misfit = Math.Max(misfit, a * (cut.Held[g] - (_n - count) * h / (h + mu)) - rest * most / (most + top));
        }
        return misfit;
    }

    /// <summary>
    /// Lower bounds on g(μ) at the points of the grid: the sum over all axes, less the most that the axes beyond d may have.
    /// </summary>
    private double[] Prices(MeasuredCut cut, int count, int dim, double[] highs, double outHigh)
    {
        double[] price = new double[_grid.Length];
        int beyond = highs.Length - dim;
        for (int g = 0; g < price.Length; g++)
        {
            double mu = _grid[g],
                most = 0;
            for (int k = dim; k < highs.Length; k++)
                most += Elementary.Log(highs[k] + mu);
            if (beyond > 0)
                most = Math.Min(most, beyond * Elementary.Log(mu + outHigh / beyond));
            price[g] = cut.LogDeterminants[g] - (count - highs.Length) * Elementary.Log(mu) - most;
        }
        return price;
    }

    /// <summary>
    /// A lower bound on g(λ), which is concave, from the bounds at the points of the grid: the chord between two points, and outside the
    /// grid what the nearest end implies.
    /// </summary>
    private double Price(double lambda, int dim, double[] price)
    {
        int above = _cuts.Above(lambda),
            below = _cuts.Below(lambda);
        double lowest = _grid[below],
            highest = _grid[above];
        if (lambda < lowest)
            return price[below] - dim * Elementary.Log(lowest / lambda);
        if (lambda >= highest)
            return price[above];
        double share = (lambda - lowest) / (highest - lowest);
        return (1 - share) * price[below] + share * price[above];
    }
}
