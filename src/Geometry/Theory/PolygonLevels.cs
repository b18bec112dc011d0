using Geometry.Configurations;

namespace Geometry.Theory;

/// <summary>
/// The levels: losses of the k-gon critical points of c features in two hidden dimensions, with which the losses during training with one
/// active feature per sample are compared.
/// </summary>
/// <remarks>
/// SGD stays near one k^{σ+,φ−} for a long time and then moves to one of lower loss, so the loss is a staircase. A replication of the
/// published runs has 95 % of its checkpoints within 3e-4 of a level. Source: Chen, Lau, Mendel, Wei, Murfet 2023, arXiv 2310.06301;
/// replication github.com/ztreisman/arc-llc. Not thread-safe.
/// </remarks>
public sealed class PolygonLevels
{
    /// <summary>Largest difference between a loss and its level.</summary>
    public const double Tolerance = 3e-4;

    /// <summary>Largest number of features.</summary>
    public const int MostFeatures = 32;

    private readonly SparseLimitLoss _energy;
    private readonly double[] _gradient;

    /// <summary>The levels of c features.</summary>
    /// <param name="features">c, <see cref="PolygonCriticalPoints.FewestFeatures"/> to <see cref="MostFeatures"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">c is out of range.</exception>
    public PolygonLevels(int features)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(features, MostFeatures);
        Points = [.. PolygonCriticalPoints.Of(features).OrderByDescending(p => p.Loss)];
        _energy = new SparseLimitLoss(2, features, [.. Enumerable.Repeat(1.0, features)]);
        _gradient = new double[_energy.Length];
    }

    /// <summary>Every k^{σ+,φ−} by falling loss.</summary>
    public IReadOnlyList<PolygonPoint> Points { get; }

    /// <summary>The exact E‖x − x'‖² of a model.</summary>
    /// <param name="weights">W, 2×c.</param>
    /// <param name="bias">b, length c.</param>
    public double Loss(FeatureConfiguration weights, IReadOnlyList<double> bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        if (weights.Hidden != 2 || weights.Features != _energy.Features || bias.Count != _energy.Features)
            throw new ArgumentException(
                $"expected a 2×{_energy.Features} matrix and as many biases, found {weights.Hidden}×{weights.Features} and {bias.Count}"
            );
        return _energy.Evaluate([.. weights.Columns, .. bias], _gradient) / _energy.Features;
    }

    /// <summary>The point whose loss is nearest; null where none is within <see cref="Tolerance"/>.</summary>
    /// <param name="loss">E‖x − x'‖².</param>
    public PolygonPoint? Nearest(double loss)
    {
        PolygonPoint nearest = Points.MinBy(p => Math.Abs(p.Loss - loss))!;
        return Math.Abs(nearest.Loss - loss) < Tolerance ? nearest : null;
    }
}
