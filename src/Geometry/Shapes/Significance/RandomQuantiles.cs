using Geometry.RandomNumbers;

namespace Geometry.Shapes.Significance;

/// <summary>
/// P(r) by sampling, for residuals that random directions often reach. There the tubes of <see cref="TubeVolume"/> overlap, and their
/// volume is too large or too small.
/// </summary>
/// <remarks>
/// P(r) is the share of 4096 seeded sets of c uniform directions in R^d with residual ≤ r (1024 for a family, whose parameter is fitted
/// each time), interpolated between the sampled residuals. Its standard error is 5 % (9 %) of P at P = 0.1. Between <see cref="From"/> and
/// <see cref="To"/> it replaces the tube's P gradually, as a geometric mean with the weight ln(P/From)/ln(To/From). It never decides about
/// a name, since p is below <see cref="From"/> where one is given. Every simplex is sampled, because its residual needs no search. Of the
/// other shapes, those with c(d−1) &gt; <see cref="LargestTangentSpace"/> have no sample, because the match of random directions takes too
/// long. Cost: 10 to 400 ms, once per shape and only when such a p-value is needed.
/// </remarks>
internal sealed class RandomQuantiles
{
    private const int RigidSamples = 4096,
        FamilySamples = 1024;

    /// <summary>Largest c(d−1) of a sampled shape other than a simplex.</summary>
    public const int LargestTangentSpace = 16;

    /// <summary>Below this P the tube's value is used.</summary>
    public const double From = 0.01;

    /// <summary>Above this P the sampled value is used.</summary>
    public const double To = 0.1;

    private readonly double[] _residuals;

    private RandomQuantiles(double[] residuals) => _residuals = residuals;

    /// <summary>Whether a shape is small enough to be sampled.</summary>
    public static bool Covers(Shape shape) =>
        shape.Dim > 1 && shape.Member is null && (shape.Count == shape.Dim + 1 || shape.Count * (shape.Dim - 1) <= LargestTangentSpace);

    /// <summary>Samples a shape.</summary>
    public static RandomQuantiles Of(Shape shape)
    {
        var compare = ShapeMatcher.Comparer(shape);
        var random = new GaussianSource(20240229);
        double[] x = new double[shape.Count * shape.Dim],
            residuals = new double[shape.Parameter is null ? RigidSamples : FamilySamples];
        for (int k = 0; k < residuals.Length; k++)
        {
            random.Normal(x);
            residuals[k] = compare(x);
        }
        Array.Sort(residuals);
        return new RandomQuantiles(residuals);
    }

    /// <summary>P(r), where the tube's value is <paramref name="tube"/>.</summary>
    /// <param name="residual">r in radians.</param>
    /// <param name="tube">At least <see cref="From"/>.</param>
    public double Probability(double residual, double tube)
    {
        double weight = Math.Min(1, Elementary.Log(tube / From) / Elementary.Log(To / From));
        return Math.Min(1, Elementary.Exp((1 - weight) * Elementary.Log(tube) + weight * Elementary.Log(Math.Max(Share(residual), From))));
    }

    private double Share(double residual)
    {
        int below = Array.BinarySearch(_residuals, residual);
        if (below < 0)
            below = ~below;
        if (below >= _residuals.Length)
            return 1;
        double low = below == 0 ? 0 : _residuals[below - 1],
            high = _residuals[below];
        return (below + (high > low ? (residual - low) / (high - low) : 0)) / _residuals.Length;
    }
}
