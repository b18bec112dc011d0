using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// Computes the evidence of a partition: how well the unit columns are explained by the statement that these blocks span subspaces of these
/// dimensions, mutually orthogonal except where angles are free.
/// </summary>
/// <remarks>
/// <para>
/// The model leaves each column free inside its block's subspace V_S, and the V_S free in R^r, where r is the rank of all columns of W. Of
/// the n(r−1) coordinates of n unit columns it therefore constrains D = Σ_S (c_S − d_S)(r − d_S) + Σ_{S&lt;T orthogonal} d_S d_T. To first
/// order in the noise, the squared distance of the columns from the model is RSS = Σ_S Σ_{k&gt;d_S} λ_k(S) + Σ_{S&lt;T orthogonal} Σ_{ab}
/// (u_a·u_b)² / (1/λ_a + 1/λ_b): how far columns stick out of each plane, and how far the planes are from orthogonal, where each axis is
/// weighted by how firmly its columns hold it.
/// </para>
/// <para>
/// With σ² = RSS/D, the evidence against unstructured columns, whose coordinates have variance τ² = 1/r, is the log-likelihood ratio
/// ½(D·ln(τ²/σ²) − RSS/σ² + RSS/τ²), less the price of fitting the subspaces. Laplace's approximation of the marginal likelihood (MacKay
/// 2003, Information Theory, Inference, and Learning Algorithms, ch. 28) charges ½·ln of the curvature per parameter: λ_a + λ_b for turning
/// u_a of one summand into u_b of an orthogonal one, 1 + λ_a and 1 + λ_b for turning each alone where the angle is free, and 1 + λ_a for
/// turning it out of the span (in r − rank ways). Without this price a subspace that happens to be thin would pass for structure: the
/// smallest eigenvalue of n random directions in R^r is (1−√(r/n))² of the mean (Marchenko, Pastur 1967,
/// doi:10.1070/SM1967v001n04ABEH001994).
/// </para>
/// <para>
/// Merging two true summands gives up d_S·d_T constraints. Splitting one adds an RSS of order τ², because the ranks of its parts no longer
/// add up (a connected matroid has no separation). So the maximum is the true partition, and no threshold has to tell a cosine from noise.
/// σ has a floor: trained models are off by a degree even without noise, and greater precision is no further evidence, except in hundreds
/// of dimensions, where random directions are as close to orthogonal. And σ is capped at τ: columns further from the model than random ones
/// are no evidence for it.
/// </para>
/// <para>
/// The shapes of the blocks add their evidence, which looks only inside the planes. An antipode has no inside. The significance of its
/// angle says the same as its own r − 1 constraints, on another scale. Where a pair leans more than the noise of the others, the larger of
/// the two counts, up to the evidence of a pair whose lean is that noise: trained pairs may lean more than the noise, and still do not lie
/// opposite by chance.
/// </para>
/// Complexity: O(rank²·r) for a partition whose axes are known, less for pairs that are remembered.
/// </remarks>
/// <param name="space">r, the dimension of the span of all columns of W.</param>
/// <param name="constants">The numbers that decide.</param>
internal sealed class PartitionScore(int space, DecisionConstants constants)
{
    private readonly double _unstructured = 1.0 / Math.Max(space, 2);
    private readonly double _floor = Math.Min(
        constants.NoiseFloor * constants.NoiseFloor,
        constants.NoiseFloorShare * constants.NoiseFloorShare / Math.Max(space, 2)
    );

    /// <summary>r.</summary>
    public int Space => space;

    /// <summary>The numbers that decide.</summary>
    public DecisionConstants Constants => constants;

    /// <summary>Grants dimensions to the blocks: one to each, and the rest to the strongest axes, Σ d_S = rank.</summary>
    /// <returns>False when the blocks cannot fill the rank: more blocks than dimensions, or too few independent directions.</returns>
    public static bool AllocateDimensions(ReadOnlySpan<Block> blocks, int rank, Span<int> dims)
    {
        // Eigenvalues up to this are rounding and stand for no direction.
        const double NoDirection = 1e-9;
        if (blocks.Length > rank)
            return false;
        dims.Fill(1);
        for (int spare = rank - blocks.Length; spare > 0; spare--)
        {
            int best = -1;
            double bestValue = NoDirection;
            for (int b = 0; b < blocks.Length; b++)
            {
                if (dims[b] >= blocks[b].Axes.Count || blocks[b].Axes.Value(dims[b]) <= bestValue)
                    continue;
                bestValue = blocks[b].Axes.Value(dims[b]);
                best = b;
            }
            if (best < 0)
                return false;
            dims[best]++;
        }
        return true;
    }

    /// <summary>
    /// The most evidence that the shape of a block can add, nats. It is 0 for more features than
    /// <see cref="WorkLimits.ShapeEvidenceFeatures"/>, and for at most d features, since every shape has at least d+1 directions; and no
    /// shape predicts the d − 1 coordinates of a direction more closely than the floor of the noise.
    /// </summary>
    public double MostShapeEvidence(int count, int dim) =>
        count <= dim || count > constants.Limits.ShapeEvidenceFeatures ? 0 : -count * (dim - 1.0) * Elementary.Log(constants.NoiseFloor);

    /// <summary>Constraints, RSS and price of a partition.</summary>
    /// <param name="blocks">A partition of the columns, with the dimension of each block.</param>
    /// <param name="table">Remembers what pairs of blocks contribute; null: nothing is remembered.</param>
    public ScoreTerms Terms(ReadOnlySpan<Block> blocks, BlockTable? table = null)
    {
        double rss = 0,
            price = 0,
            outward = 0;
        long constraints = 0;
        int rank = 0;
        foreach (Block block in blocks)
            rank += block.Dim;
        for (int s = 0; s < blocks.Length; s++)
        {
            PrincipalAxes axes = blocks[s].Axes;
            int d = blocks[s].Dim;
            constraints += blocks[s].Constraints(space);
            for (int k = 0; k < d && rank < space; k++)
                outward += Elementary.Log(1 + axes.Value(k));
            for (int k = d; k < axes.Count; k++)
                rss += axes.Value(k);
            for (int t = 0; t < s; t++)
            {
                bool free = blocks[s].IsFreeOf(blocks[t]);
                PairTerm pair = free
                    ? FreePair(blocks[s], blocks[t])
                    : table?.Pair(blocks[s], blocks[t]) ?? OrthogonalPair(blocks[s], blocks[t]);
                rss += pair.Rss;
                price += pair.Price;
                if (!free)
                    constraints += (long)d * blocks[t].Dim;
            }
        }
        return new ScoreTerms(constraints, rss, price + (space - rank) * outward, rank);
    }

    /// <summary>½(D·ln(τ²/σ²) − RSS/σ² + RSS/τ² − price) with σ² = RSS/D within its floor and its cap; convex and falling in RSS.</summary>
    public double Evidence(long constraints, double rss, double price)
    {
        double variance = Variance(constraints, rss);
        return 0.5 * (constraints * Elementary.Log(_unstructured / variance) - rss / variance + rss / _unstructured - price);
    }

    /// <summary>
    /// The evidence of a whole partition: its subspaces, its shapes and the leans of its antipodes, less the odds against free angles.
    /// </summary>
    public double Evidence(ReadOnlySpan<Block> blocks, in ScoreTerms terms, IShapeEvidence shapes)
    {
        double evidence = Evidence(terms.Constraints, terms.Rss, terms.Price);
        double variance = Variance(terms.Constraints, terms.Rss);
        int groups = 0;
        foreach (Block block in blocks)
        {
            evidence += shapes.Shape(block);
            // No pair has more evidence than a pair that leans as far as the noise.
            double typical = (space - 1) * variance;
            if (block.Dim == 1 && block.Outside > typical)
                evidence += Math.Min(Lean(block, shapes, variance), Own(typical, variance) - Own(block.Outside, variance));
            groups = Math.Max(groups, block.Group);
        }
        return evidence - groups * constants.ObliqueCost;
    }

    /// <summary>What the angle of an antipode adds to its own constraints, nats, ≥ 0; it grows with the variance.</summary>
    private double Lean(Block block, IShapeEvidence shapes, double variance)
    {
        double lean = shapes.Lean(block);
        return lean > 0 ? Math.Max(0, lean - Own(block.Outside, variance)) : 0;
    }

    /// <summary>The evidence of the r − 1 constraints of a pair at a variance of the noise.</summary>
    private double Own(double outside, double variance) =>
        0.5 * ((space - 1) * Elementary.Log(_unstructured / variance) - outside / variance + outside / _unstructured);

    /// <summary>The most that the leans of some blocks can add at a given RSS or any smaller one.</summary>
    public double MostLeanEvidence(IEnumerable<Block> blocks, IShapeEvidence shapes, long constraints, double rss)
    {
        double variance = Variance(constraints, rss);
        return blocks.Sum(b => Lean(b, shapes, variance));
    }

    private double Variance(long constraints, double rss) =>
        constraints == 0 ? _floor : Math.Clamp(rss / constraints, _floor, _unstructured);

    /// <summary>
    /// The weighted squared distance of two subspaces from orthogonal, and twice the price of having fitted the angle between them.
    /// </summary>
    public static PairTerm OrthogonalPair(Block s, Block t)
    {
        double rss = 0,
            price = 0;
        for (int a = 0; a < s.Dim; a++)
        {
            ReadOnlySpan<double> u = s.Axes.Axis(a);
            double inverse = 1 / s.Axes.Value(a);
            for (int b = 0; b < t.Dim; b++)
            {
                double cos = Vectors.Dot(u, t.Axes.Axis(b));
                rss += cos * cos / (inverse + 1 / t.Axes.Value(b));
                price += Elementary.Log(s.Axes.Value(a) + t.Axes.Value(b));
            }
        }
        return new PairTerm(rss, price);
    }

    /// <summary>Twice the price of two subspaces whose angle is free: each axis may turn towards each axis of the other.</summary>
    private static PairTerm FreePair(Block s, Block t)
    {
        double price = 0;
        for (int a = 0; a < s.Dim; a++)
            price += t.Dim * Elementary.Log(1 + s.Axes.Value(a));
        for (int b = 0; b < t.Dim; b++)
            price += s.Dim * Elementary.Log(1 + t.Axes.Value(b));
        return new PairTerm(0, price);
    }
}

/// <summary>What a pair of blocks contributes to the score of a partition.</summary>
/// <param name="Rss">Weighted squared distance of the two subspaces from orthogonal.</param>
/// <param name="Price">Twice what fitting the angle between them costs, nats.</param>
internal readonly record struct PairTerm(double Rss, double Price);

/// <summary>The sums from which the evidence of a partition is computed.</summary>
/// <param name="Constraints">D.</param>
/// <param name="Rss">Squared distance from the model.</param>
/// <param name="Price">Twice the price of the fitted subspaces, nats.</param>
/// <param name="Rank">Σ d_S.</param>
internal readonly record struct ScoreTerms(long Constraints, double Rss, double Price, int Rank)
{
    /// <summary>σ per coordinate; NaN when nothing is constrained.</summary>
    public double Noise => Constraints == 0 ? double.NaN : Math.Sqrt(Rss / Constraints);
}
