namespace Geometry.Measures.Groups;

/// <summary>
/// How often features of one group share a summand, with the mean and variance of that number under permutations of the features.
/// </summary>
/// <param name="GroupPairs">Pairs of learned features in one group.</param>
/// <param name="Shared">The number of these that are also in one summand.</param>
/// <param name="Expected">The mean of <paramref name="Shared"/> over all permutations of the learned features.</param>
/// <param name="Variance">Its variance.</param>
/// <remarks>
/// Both partitions are regarded as graphs whose edges are the pairs within a class, with E edges and A ordered pairs of different edges at
/// one vertex. Under a random permutation of n vertices the mean is E_g·E_s/N, N = n(n−1)/2, and E[Shared²] = mean + A_g·A_s/A + D_g·D_s/D
/// with A = n(n−1)(n−2) and D = N² − N − A, D_g = E_g² − E_g − A_g: the moments of the quadratic assignment statistic (N. Mantel, Cancer
/// Res. 27 (1967) 209). O(n).
/// </remarks>
public readonly record struct CoLocation(long GroupPairs, long Shared, double Expected, double Variance)
{
    /// <summary>Compares two partitions of the same features.</summary>
    /// <param name="groups">Group of each feature; negative for none.</param>
    /// <param name="summands">Summand of each feature, of the same length.</param>
    public static CoLocation Of(ReadOnlySpan<int> groups, ReadOnlySpan<int> summands)
    {
        if (groups.Length != summands.Length)
            throw new ArgumentException($"expected {groups.Length} summands, found {summands.Length}", nameof(summands));
        double n = groups.Length,
            pairs = n * (n - 1) / 2,
            adjacent = n * (n - 1) * (n - 2),
            disjoint = (pairs * pairs) - pairs - adjacent;
        (long edges, long vees) = Edges(groups);
        (long otherEdges, long otherVees) = Edges(summands);
        long shared = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (groups[i] >= 0 && groups[i] == groups[j] && summands[i] == summands[j])
                    shared++;
            }
        }
        if (edges == 0 || pairs == 0)
            return new CoLocation(edges, shared, 0, 0);
        double mean = edges * (otherEdges / pairs),
            second = mean;
        if (adjacent > 0)
            second += vees * (otherVees / adjacent);
        if (disjoint > 0)
            second += Disjoint(edges, vees) * (Disjoint(otherEdges, otherVees) / disjoint);
        return new CoLocation(edges, shared, mean, Math.Max(0, second - (mean * mean)));
    }

    private static double Disjoint(double edges, double vees) => (edges * edges) - edges - vees;

    /// <summary>Pairs within a class, and ordered pairs of such pairs that share a member.</summary>
    private static (long Edges, long Vees) Edges(ReadOnlySpan<int> classes)
    {
        var sizes = new Dictionary<int, long>();
        foreach (int c in classes)
        {
            if (c >= 0)
                sizes[c] = sizes.GetValueOrDefault(c) + 1;
        }
        return (sizes.Values.Sum(c => c * (c - 1) / 2), sizes.Values.Sum(c => c * (c - 1) * (c - 2)));
    }
}
