namespace Geometry.Training.Measures;

/// <summary>
/// How the answer to an activation changes on a small sphere around it: mean divergences for three kinds of directions, input by input.
/// </summary>
/// <remarks>
/// A ratio is the ratio of the means over the inputs; its interval is ±1.96 standard errors from the jackknife over inputs (Efron 1982,
/// doi:10.1137/1.9781611970319). O(inputs·directions·cost of an answer).
/// </remarks>
internal sealed class PerturbationProfile
{
    private readonly List<double> _features = [],
        _support = [],
        _random = [],
        _peaks = [];

    /// <summary>Number of inputs so far.</summary>
    public int Inputs => _random.Count;

    /// <summary>Mean divergence in random directions.</summary>
    public double Random => _random.Average();

    /// <summary>Per input the largest divergence in a random direction divided by their mean; averaged over the inputs.</summary>
    public double Peak => _peaks.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Divergence along features as a multiple of that in random directions.</summary>
    public (double Ratio, double Low, double High) Features => Ratio(_features);

    /// <summary>The same for directions that keep the set of active features, and so their number.</summary>
    public (double Ratio, double Low, double High) Support => Ratio(_support);

    /// <summary>Adds one input.</summary>
    /// <param name="downstream">The reader that answers.</param>
    /// <param name="h">The activation, length m.</param>
    /// <param name="radius">Radius of the sphere, in units of h, &gt; 0.</param>
    /// <param name="features">Unit vectors along features.</param>
    /// <param name="support">Unit vectors that keep the support.</param>
    /// <param name="random">Unit vectors of random directions.</param>
    public void Add(
        IDownstream downstream,
        double[] h,
        double radius,
        IReadOnlyList<double[]> features,
        IReadOnlyList<double[]> support,
        IReadOnlyList<double[]> random
    )
    {
        double[] here = new double[downstream.Outputs],
            there = new double[here.Length],
            moved = new double[h.Length];
        downstream.Answer(h, here);
        double[] wild = [.. random.Select(Divergence)];
        _random.Add(wild.Average());
        _peaks.Add(wild.Max() / wild.Average());
        _features.Add(features.Average(Divergence));
        _support.Add(support.Average(Divergence));

        double Divergence(double[] direction)
        {
            for (int k = 0; k < h.Length; k++)
                moved[k] = h[k] + (radius * direction[k]);
            downstream.Answer(moved, there);
            return downstream.Divergence(here, there);
        }
    }

    private (double Ratio, double Low, double High) Ratio(List<double> above)
    {
        double up = above.Sum(),
            down = _random.Sum(),
            ratio = up / down,
            variance = 0;
        double[] without = [.. above.Select((a, i) => (up - a) / (down - _random[i]))];
        double mean = without.Average();
        foreach (double w in without)
            variance += (w - mean) * (w - mean) * (without.Length - 1) / without.Length;
        double reach = 1.96 * Math.Sqrt(variance);
        return (ratio, ratio - reach, ratio + reach);
    }
}
