using System.Numerics.Tensors;

namespace Geometry.Summands;

/// <summary>
/// Finds the orthogonal direct sum that best explains a set of unit columns: the Gram-block route to the summands.
/// </summary>
/// <remarks>
/// For each plausible rank: edge strengths → merge tree → the partitions that cutting the tree gives → local search by splitting and
/// joining tree nodes → the partition with most evidence (<see cref="PartitionScore"/>). At most rank blocks can span independent
/// subspaces, so only rank cuts are looked at. For R ranks O(R(n³ + n²m)) where one block grows in a chain, as in noise, and up to O(R·rank·n³) elsewhere, see <see cref="PartitionSearch"/>.
/// </remarks>
internal static class DirectSum
{
    /// <summary>Structure fainter than this (radians per coordinate, 8.6°) is not called structure.</summary>
    public const double LargestNoise = 0.15;

    /// <summary>
    /// Features of different summands are within 20° of orthogonal: five standard deviations of the cosine (σ√2) at σ = 0.05 a coordinate. Blocks may be further
    /// off where all of them show as much noise, see <see cref="PartitionSearch"/>.
    /// </summary>
    public const double LargestCosine = 0.35;

    // A rank is plausible when the next eigenvalue falls below this share of the last one kept.
    private const double EigenvalueGap = 0.6;
    private const int MostRanks = 3;

    /// <summary>The best partition of n unit columns.</summary>
    /// <param name="x">Unit columns, feature-major n×m, n ≥ 1.</param>
    /// <param name="m">Hidden dimensions.</param>
    /// <param name="n">Columns.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="shapes">What a block's shape adds to the evidence.</param>
    public static Partition Find(double[] x, int m, int n, double[] gram, BlockEvidence shapes)
    {
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = i;
        PrincipalAxes axes = PrincipalAxes.Of(x, m, all);
        if (n == 1) return new Partition([new Block(all, axes, 0, 1)], 1, 0, double.NaN);

        double[] strength = new double[n * n];
        Partition? best = null;
        foreach (int rank in PlausibleRanks(axes))
        {
            EdgeStrength.Compute(x, m, n, gram, axes, rank, strength);
            var search = new PartitionSearch(x, m, gram, strength, MergeTree.Build(strength, n), axes, rank, shapes);
            Partition? found = search.Best();
            if (found is not null && (best is null || found.Evidence > best.Evidence)) best = found;
        }
        return best ?? new Partition([new Block(all, axes, 2 * n - 2, NumericalRank(axes))], NumericalRank(axes), 0, double.NaN);
    }

    /// <summary>Ranks after which the spectrum drops, steepest drop first, and the full numerical rank.</summary>
    public static List<int> PlausibleRanks(PrincipalAxes axes)
    {
        int full = NumericalRank(axes);
        var drops = new List<(double Ratio, int Rank)>();
        for (int k = 1; k < full; k++)
        {
            double ratio = axes.Value(k) / axes.Value(k - 1);
            if (ratio < EigenvalueGap) drops.Add((ratio, k));
        }
        drops.Sort();
        var ranks = new List<int> { full };
        foreach ((_, int rank) in drops)
        {
            if (ranks.Count == MostRanks + 1) break;
            ranks.Add(rank);
        }
        return ranks;
    }

    /// <summary>Eigenvalues above rounding: the scale is their sum, n.</summary>
    private static int NumericalRank(PrincipalAxes axes)
    {
        int rank = 0;
        while (rank < axes.Count && axes.Value(rank) > 1e-9) rank++;
        return Math.Max(rank, 1);
    }
}
