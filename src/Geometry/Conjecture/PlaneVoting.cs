using Geometry.Configurations;

namespace Geometry.Conjecture;

/// <summary>Clusters of votes for planes → summands, for every representative of a plane.</summary>
internal static class PlaneVoting
{
    /// <summary>ε of the literature.</summary>
    public const double Epsilon = 0.1;

    /// <summary>
    /// The irreducible clusters, larger dimension first, then more features, each taken when none of its features is taken yet; what no
    /// plane explains is a summand of one feature.
    /// </summary>
    public static RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim, PlaneRepresentative representative)
    {
        var learned = LearnedSummands.Of(configuration);
        int m = learned.Columns.Hidden,
            n = learned.Columns.Count;
        var candidates = new List<(int Dim, int[] Features)>();
        for (int k = Math.Min(maxPlaneDim, m); k >= 1; k--)
        {
            foreach (VoteCluster cluster in SubsetVotes.Clusters(learned.Columns.Unit, m, n, k, Epsilon, representative))
            {
                if (cluster.IsIrreducible())
                    candidates.Add((k, cluster.Features));
            }
        }
        learned.Take(candidates);
        return learned.ToSum();
    }
}
