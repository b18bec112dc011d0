using Geometry.Configurations;
using Geometry.Grassmannian;

namespace Geometry.Conjecture;

/// <summary>
/// The literature's pipeline: column-echelon representative A of every k-subset, A·Aᵀ, DBSCAN with ε = 0.1, one-element clusters and
/// reducible clusters (pyramids first of all) discarded.
/// </summary>
/// <remarks>
/// Source: Pfeifle 2022 (talk). A·Aᵀ is no projector and jumps with the pivot rows, see <see cref="ColumnEchelon"/>: the baseline to
/// compare with.
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
