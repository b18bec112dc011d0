using Geometry.RandomNumbers;

namespace Geometry.Shapes.Significance;

/// <summary>
/// P(r) for residuals that random directions reach often, by sampling them; there the tubes of <see cref="TubeVolume"/> overlap and their
/// volume says too much or too little.
/// </summary>
/// <remarks>
/// The share of 4096 seeded sets of c uniform directions in R^d with residual ≤ r (1024 for a family, whose parameter is fitted each time),
/// interpolated between the sampled residuals; its standard error is 5 % (9 %) of P at P = 0.1. It takes over from the tube's P on the way
/// from <see cref="From"/> to <see cref="To"/>, as a geometric mean with the weight ln(P/From)/ln(To/From), and never decides about a name,
/// since p is below <see cref="From"/> where one is given. Simplices have no correspondence to search for; of the others, shapes with
/// c(d−1) &gt; <see cref="LargestTangentSpace"/> have no sample, since matching what is like no shape takes too long for them. Cost: 10 to
/// 400 ms, once a shape and only when such a p-value is asked for.
/// </remarks>
internal sealed class RandomQuantiles
{
    private const int RigidSamples = 4096,
        FamilySamples = 1024;

    /// <summary>Largest c(d−1), but for simplices.</summary>
    public const int LargestTangentSpace = 16;

    /// <summary>Below it the tube's P stands alone.</summary>
    public const double From = 0.01;

    /// <summary>Above it the sample stands alone.</summary>
    public const double To = 0.1;

    private readonly double[] _residuals;

    private RandomQuantiles(double[] residuals) => _residuals = residuals;

    /// <summary>Whether a shape is small enough.</summary>
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

    /// <summary>P(r), where the tube says <paramref name="tube"/>.</summary>
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
