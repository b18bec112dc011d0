using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Spheres;

namespace Geometry.Conjecture;

/// <summary>
/// Spheres in place of planes: every (k+1)-subset of raw columns votes for the (k−1)-sphere through it, k = 2 … K, and irreducible clusters
/// are summands of dimension k.
/// </summary>
/// <remarks>
/// The lift x ↦ (x, 1, ‖x‖²) turns spheres into linear subspaces (<see cref="SphereLift"/>), so projectors, their distance, DBSCAN and the
/// removal of reducible clusters apply without a change. The method requires more than planes do. A sphere in R^k is determined by k+1
/// points, so simplices and antipodes, which have no further point, get no second vote. And coplanar vectors of unequal length are not on a
/// sphere about the origin, though they lie in a plane.
/// </remarks>
public sealed class SpheresMethod : IRecoveryMethod
{
    /// <inheritdoc/>
    public string Name => "spheres";

    /// <inheritdoc/>
    public RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim)
    {
        var learned = LearnedSummands.Of(configuration);
        int m = configuration.Hidden,
            n = learned.Columns.Count;
        double[] raw = new double[n * m],
            lifted = new double[n * SphereLift.Dimension(m)];
        for (int i = 0; i < n; i++)
            configuration.Column(learned.Columns.Features[i]).CopyTo(raw.AsSpan(i * m));
        double scale = n == 0 ? 0 : Vectors.Norm(raw) / Math.Sqrt(n);
        if (scale > 0)
            TensorPrimitives.Divide(raw, scale, raw);
        SphereLift.Lift(raw, n, m, lifted);
        var candidates = new List<(int Dim, int[] Features)>();
        for (int k = Math.Min(maxPlaneDim, m); k >= 2; k--)
        {
            foreach (
                VoteCluster cluster in SubsetVotes.Clusters(
                    lifted,
                    SphereLift.Dimension(m),
                    n,
                    k + 1,
                    PlaneVoting.Epsilon,
                    OrthonormalMethod.Represent
                )
            )
            {
                if (cluster.IsIrreducible())
                    candidates.Add((k, cluster.Features));
            }
        }
        learned.Take(candidates);
        return learned.ToSum();
    }
}
