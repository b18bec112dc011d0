using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>
/// How well "these blocks span mutually orthogonal subspaces of these dimensions" explains the unit columns.
/// </summary>
/// <remarks>
/// <para>
/// The model leaves each column free inside its block's subspace V_S and each flag of orthogonal V_S free in R^m. Of the n(m−1)
/// coordinates of n unit columns it therefore constrains
/// D = Σ_S (c_S − d_S)(m − d_S) + Σ_{S&lt;T} d_S d_T, and to first order in the noise the squared distance to the model is
/// RSS = Σ_S Σ_{k&gt;d_S} λ_k(S) + Σ_{S&lt;T} Σ_{ab} (u_a·u_b)² / (1/λ_a + 1/λ_b): what sticks out of each plane, and what the planes
/// are short of orthogonal, each direction weighted by how firmly its columns hold it.
/// </para>
/// <para>
/// With σ² = RSS/D the evidence against unstructured columns, whose coordinates have variance τ² = 1/m, is the log-likelihood ratio
/// ½(D·ln(τ²/σ²) − RSS/σ² + RSS/τ²), less what fitting the flag costs. Laplace's approximation of the marginal likelihood (MacKay 2003,
/// Information Theory, Inference, and Learning Algorithms, ch. 28) charges ½·ln of the curvature for each parameter: λ_a + λ_b for
/// turning u_a of one summand into u_b of another, 1 + λ_a for turning it out of the span (m−r ways). Without that price a subspace that happens to
/// be thin would pass for structure: the smallest eigenvalue of n random directions in R^m is (1−√(m/n))² of the mean
/// (Marchenko, Pastur 1967, doi:10.1070/SM1967v001n04ABEH001994).
/// </para>
/// <para>
/// Merging two true summands gives up d_S·d_T constraints; splitting one pays with an RSS of order τ², since
/// the ranks of its parts no longer add up (a connected matroid has no separation). So the maximum is the partition, and no cosine has to
/// be told from noise by a threshold. σ is floored: trained models lean by a degree for reasons of their own, and precision beyond that is no further evidence,
/// except in hundreds of dimensions, where random directions lean no more. And it is capped at τ: columns further from the model than random ones are no evidence for it.
/// </para>
/// Complexity: O(rank²·m) for a partition whose axes are known, less the pairs that are remembered.
/// </remarks>
internal static class PartitionScore
{
    /// <summary>Floor of σ, radians per coordinate, and as a share of τ: below that many dimensions are 278 or more.</summary>
    private const double NoiseFloor = 0.02, NoiseFloorShare = 1.0 / 3;

    /// <summary>The most that the shape of one block can add, nats: p-values below 1e-300 count as that.</summary>
    public const double MostShapeEvidence = 691;

    /// <summary>Grants each block the dimensions that its strongest axes earn, Σ d_S = rank, every d_S ≥ 1.</summary>
    /// <returns>False when the blocks cannot fill the rank: more blocks than dimensions, or too few independent directions.</returns>
    public static bool AllocateDimensions(ReadOnlySpan<Block> blocks, int rank, Span<int> dims)
    {
        if (blocks.Length > rank) return false;
        dims.Fill(1);
        for (int spare = rank - blocks.Length; spare > 0; spare--)
        {
            int best = -1;
            double bestValue = 1e-9;
            for (int b = 0; b < blocks.Length; b++)
            {
                if (dims[b] >= blocks[b].Axes.Count || blocks[b].Axes.Value(dims[b]) <= bestValue) continue;
                bestValue = blocks[b].Axes.Value(dims[b]);
                best = b;
            }
            if (best < 0) return false;
            dims[best]++;
        }
        return true;
    }

    /// <summary>The evidence (nats, larger is better) and the estimated noise per coordinate of a unit column (NaN when the partition constrains nothing).</summary>
    /// <param name="blocks">A partition of the columns, with the dimension of each block.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="table">Remembers what pairs of blocks contribute; null: nothing is remembered.</param>
    public static (double Evidence, double Noise) Evaluate(ReadOnlySpan<Block> blocks, int m, BlockTable? table = null)
    {
        double rss = 0, price = 0, outward = 0;
        long constraints = 0;
        int rank = 0;
        for (int s = 0; s < blocks.Length; s++)
        {
            PrincipalAxes axes = blocks[s].Axes;
            int d = blocks[s].Dim;
            rank += d;
            constraints += (long)(blocks[s].Features.Length - d) * (m - d);
            for (int k = 0; k < d; k++) outward += Math.Log(1 + axes.Value(k));
            for (int k = d; k < axes.Count; k++) rss += axes.Value(k);
            for (int t = 0; t < s; t++)
            {
                constraints += (long)d * blocks[t].Dim;
                PairTerm pair = table?.Pair(blocks[s], blocks[t]) ?? Pair(blocks[s], blocks[t]);
                rss += pair.Rss;
                price += pair.Price;
            }
        }
        price += (m - rank) * outward;
        return (Evidence(constraints, rss, price, m), constraints == 0 ? double.NaN : Math.Sqrt(rss / constraints));
    }

    /// <summary>½(D·ln(τ²/σ²) − RSS/σ² + RSS/τ² − price) with σ² = RSS/D, floored and capped: convex and falling in RSS.</summary>
    public static double Evidence(long constraints, double rss, double price, int m)
    {
        double unstructured = 1.0 / Math.Max(m, 2), floor = Math.Min(NoiseFloor * NoiseFloor, NoiseFloorShare * NoiseFloorShare * unstructured);
        double variance = constraints == 0 ? floor : Math.Clamp(rss / constraints, floor, unstructured);
        return 0.5 * (constraints * Math.Log(unstructured / variance) - rss / variance + rss / unstructured - price);
    }

    /// <summary>Squared distance from orthogonality of two subspaces, weighted, and twice the price of having fitted their angle.</summary>
    public static PairTerm Pair(Block s, Block t)
    {
        double rss = 0, price = 0;
        for (int a = 0; a < s.Dim; a++)
        {
            ReadOnlySpan<double> u = s.Axes.Axis(a);
            double inverse = 1 / s.Axes.Value(a);
            for (int b = 0; b < t.Dim; b++)
            {
                double cos = Vectors.Dot(u, t.Axes.Axis(b));
                rss += cos * cos / (inverse + 1 / t.Axes.Value(b));
                price += Math.Log(s.Axes.Value(a) + t.Axes.Value(b));
            }
        }
        return new PairTerm(rss, price);
    }
}

/// <summary>What a pair of blocks contributes to the score of a partition.</summary>
/// <param name="Rss">Weighted squared distance of the two subspaces from orthogonal.</param>
/// <param name="Price">Twice what fitting the angle between them costs, nats.</param>
internal readonly record struct PairTerm(double Rss, double Price);
