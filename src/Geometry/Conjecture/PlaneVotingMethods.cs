using Geometry.Configurations;
using Geometry.Grassmannian;

namespace Geometry.Conjecture;

/// <summary>
/// The pipeline of the literature: every k-subset is represented by A·Aᵀ with its column-echelon form A, the representatives are clustered
/// by DBSCAN with ε = 0.1, and one-element clusters and reducible clusters, mostly pyramids, are discarded.
/// </summary>
/// <remarks>
/// Source: Pfeifle 2022 (talk). A·Aᵀ is no projector, and is discontinuous where the pivot rows change, see <see cref="ColumnEchelon"/>.
/// The method is a baseline for comparison.
/// </remarks>
public sealed class EchelonMethod : IRecoveryMethod
{
    /// <inheritdoc/>
    public string Name => "echelon";

    /// <inheritdoc/>
    public RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim) =>
        PlaneVoting.Recover(configuration, maxPlaneDim, Represent);

    internal static bool Represent(Span<double> columns, int m, int k, Span<double> basis)
    {
        columns.CopyTo(basis);
        return ColumnEchelon.Reduce(basis, m, k) == k;
    }
}

/// <summary>
/// The pipeline of <see cref="EchelonMethod"/> with one change: a plane is represented by its projector, which is continuous.
/// </summary>
public sealed class OrthonormalMethod : IRecoveryMethod
{
    /// <inheritdoc/>
    public string Name => "orthonormal";

    /// <inheritdoc/>
    public RecoveredSum Recover(FeatureConfiguration configuration, int maxPlaneDim) =>
        PlaneVoting.Recover(configuration, maxPlaneDim, Represent);

    internal static bool Represent(Span<double> columns, int m, int k, Span<double> basis) =>
        ColumnReduction.Orthonormal(columns, m, k, basis).Rank == k;
}

/// <summary>Finds summands from clusters of votes for planes, for any representative of planes.</summary>
internal static class PlaneVoting
{
    /// <summary>ε in the literature.</summary>
    public const double Epsilon = 0.1;

    /// <summary>
    /// The irreducible clusters in the order of falling dimension, then of falling number of features, each accepted where none of its
    /// features is assigned yet; every other feature is a summand by itself.
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
