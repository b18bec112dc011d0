namespace Geometry.Summands;

/// <summary>
/// Says what the search need not evaluate because it cannot win: cuts below a bound that does without the spectrum of their largest block,
/// and steps whose sums, updated from those of the step before, are too small.
/// </summary>
/// <remarks>
/// The result of the search is the same, to the bit, as if everything were evaluated, because only evaluated partitions are compared. With
/// one large block that grows in a chain, a search takes O(n³ + n²r) and some spectra of that block. Where a second block of more than 128
/// features grows beside it, or where structure and noise are about equal, it takes the spectra of up to rank blocks, O(rank·n³).
/// </remarks>
internal sealed class SearchBounds
{
    /// <summary>Blocks of at most this many features are decomposed right away.</summary>
    public const int Small = 32;

    // Relative; far above the rounding of sums of some 10⁷ terms.
    private const double Doubt = 1e-9;

    private readonly MergeTree _tree;
    private readonly BlockTable _blocks;
    private readonly PartitionScore _score;
    private readonly double[] _x,
        _gram;
    private readonly int _rank;
    private readonly PairSums? _sums;
    private CutBounds? _cuts;

    /// <param name="x">Unit columns, feature-major.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="tree">The merge tree.</param>
    /// <param name="blocks">Blocks of the search.</param>
    /// <param name="rank">Sum of the dimensions to grant.</param>
    /// <param name="score">The evidence.</param>
    public SearchBounds(double[] x, double[] gram, MergeTree tree, BlockTable blocks, int rank, PartitionScore score)
    {
        (_x, _gram, _tree, _blocks, _rank, _score) = (x, gram, tree, blocks, rank, score);
        // The bounds take some n³ operations, the spectra of a chain rank·min(n, r)³.
        double n = tree.Leaves,
            side = Math.Min(n, score.Space);
        BoundsPay = side > Small && rank * side * side * side > n * n * n;
        _sums = n > Small ? new PairSums(blocks) : null;
    }

    /// <summary>Whether the bounds cost less than the spectra that they save.</summary>
    public bool BoundsPay { get; }

    /// <summary>Whether a cut certainly has less evidence than <paramref name="least"/>; to be called from the finest cut on.</summary>
    /// <param name="cut">The nodes of the cut.</param>
    /// <param name="least">Evidence that some partition certainly has.</param>
    /// <param name="best">The best partition so far, if any: a finer cut.</param>
    public bool ExcludesCut(int[] cut, double least, Partition? best)
    {
        if (!BoundsPay || cut.Length < 2 || double.IsNegativeInfinity(least))
            return false;
        _cuts ??= new CutBounds(_tree, _gram, _x, _blocks, _rank, _score, cut.Length);
        if (best is not null)
            _cuts.Refer(best);
        return _cuts.IsBelow(cut.Length, least);
    }

    /// <summary>Whether a step certainly has less evidence than <paramref name="least"/>, or too much noise.</summary>
    public bool ExcludesStep(Block[] blocks, double least)
    {
        if (_sums is null || double.IsNegativeInfinity(least) || Array.Exists(blocks, static b => b.Group > 0))
            return false;
        _sums.MoveTo(blocks);
        int space = _score.Space,
            rank = 0;
        double rss = _sums.Rss,
            price = _sums.Price,
            outward = 0,
            leans = 0;
        long constraints = 0,
            squares = 0;
        foreach (Block block in blocks)
        {
            rank += block.Dim;
            constraints += block.Constraints(space);
            squares += (long)block.Dim * block.Dim;
            for (int k = 0; k < block.Dim; k++)
                outward += Elementary.Log(1 + block.Axes.Value(k));
            rss += block.Outside;
            leans += Admissibility.LeanBeyondNoise(block, space, _score.Constants);
        }
        constraints += (((long)rank * rank) - squares) / 2;
        price += (space - rank) * outward;
        rss = Math.Max(rss, 0);
        if (
            rss - leans
                > Admissibility.MostRss(constraints, _tree.Leaves == space && blocks.Length == 1, _score.Constants) * (1 + Doubt) + Doubt
            && constraints > 0
        )
            return true;
        double estimate = _score.Evidence(blocks, new ScoreTerms(constraints, rss, price, rank), _blocks);
        // The margin is relative to the terms of the evidence: the shapes, D logarithms of up to 10, the price, and RSS/σ², σ² ≥ about
        // 1e-4.
        return estimate + Doubt * (1e4 + 10.0 * constraints + Math.Abs(price) + Math.Abs(estimate) + rss * 1e4) < least;
    }
}

/// <summary>
/// The sums over all pairs of blocks of a partition that changes a little at a time; equal to those of <see cref="PartitionScore.Terms"/>
/// up to rounding.
/// </summary>
/// <remarks>A change of a few blocks among s takes O(s) pairs.</remarks>
internal sealed class PairSums(BlockTable blocks)
{
    private readonly List<Block> _members = [];
    private readonly Dictionary<(int Node, int Dim), Block> _next = [];

    /// <summary>Σ over pairs of blocks of their weighted squared distance from orthogonal.</summary>
    public double Rss { get; private set; }

    /// <summary>Σ over pairs of blocks of twice the price of the angle between them.</summary>
    public double Price { get; private set; }

    /// <summary>Makes these blocks, with their dimensions, the partition whose sums are known.</summary>
    public void MoveTo(ReadOnlySpan<Block> partition)
    {
        _next.Clear();
        foreach (Block block in partition)
            _next.Add((block.Node, block.Dim), block);
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            Block member = _members[i];
            if (_next.Remove((member.Node, member.Dim)))
                continue;
            _members.RemoveAt(i);
            Add(member, -1);
        }
        foreach (Block member in _next.Values)
        {
            Add(member, 1);
            _members.Add(member);
        }
    }

    private void Add(Block member, int sign)
    {
        foreach (Block other in _members)
        {
            PairTerm term = blocks.EitherPair(member, other);
            Rss += sign * term.Rss;
            Price += sign * term.Price;
        }
    }
}
