using Geometry.Configurations;
using Geometry.Grassmannian;

namespace Geometry.Conjecture;

/// <summary>
/// The pipeline of <see cref="EchelonMethod"/> with one change: the representative is the orthonormal projector, which is continuous.
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
