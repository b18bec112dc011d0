using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Conjecture;

/// <summary>
/// The null model of "features come in direct sums": each learned vector of a run rotated independently and uniformly within the span of
/// all of them.
/// </summary>
/// <remarks>
/// w_i ↦ ‖w_i‖·u_i with u_i uniform on the unit sphere of the span. Norms, number of features, rank and m are kept, and every relation
/// between directions is lost. Features that are not learned are kept as they are. The span is that of the first <c>rank</c> principal axes
/// of the learned directions. O(n·m·rank).
/// </remarks>
public static class NullModel
{
    /// <summary>Draws one configuration.</summary>
    /// <param name="configuration">W.</param>
    /// <param name="learned">Its learned features, ascending, not empty.</param>
    /// <param name="rank">Dimension of their span, in 1 … min(m, number learned).</param>
    /// <param name="random">Source of the random directions.</param>
    /// <exception cref="ArgumentException">The rank is out of range.</exception>
    public static FeatureConfiguration Draw(FeatureConfiguration configuration, IReadOnlyList<int> learned, int rank, GaussianSource random)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(random);
        int m = configuration.Hidden;
        if (rank < 1 || rank > Math.Min(m, learned.Count))
            throw new ArgumentException($"rank: expected 1 to {Math.Min(m, learned.Count)}, found {rank}", nameof(rank));
        double[] unit = new double[learned.Count * m];
        for (int i = 0; i < learned.Count; i++)
            TensorPrimitives.Divide(
                configuration.Column(learned[i]),
                Vectors.Norm(configuration.Column(learned[i])),
                unit.AsSpan(i * m, m)
            );
        PrincipalAxes axes = PrincipalAxes.Of(unit, m, [.. Enumerable.Range(0, learned.Count)]);
        double[] moved = configuration.Columns.ToArray(),
            along = new double[rank];
        foreach (int i in learned)
        {
            double norm;
            do
            {
                random.Normal(along);
                norm = Vectors.Norm(along);
            } while (norm < 1e-9);
            Span<double> column = moved.AsSpan(i * m, m);
            TensorPrimitives.Multiply(along, Vectors.Norm(configuration.Column(i)) / norm, along);
            column.Clear();
            for (int k = 0; k < rank; k++)
                TensorPrimitives.MultiplyAdd(axes.Axis(k), along[k], column, column);
        }
        return new FeatureConfiguration(m, configuration.Features, moved);
    }
}
