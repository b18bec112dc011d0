namespace Geometry.Theory.Pairs;

/// <summary>
/// Neurons a = ReLU(Vx − 1), where V_ki = 1 with probability q and otherwise 0. The readoff of x_i ∧ x_j is the mean of a over the neurons
/// connected to both features.
/// </summary>
/// <remarks>
/// q = ln²N/√d for N features and d neurons. Such a neuron has the value ReLU(ones + B − 1) with B ~ Binomial(s − ones, q), so the mean
/// error is (s−2)q for an active pair, and (s−1)q for a pair with one active feature. The moments here are exact sums over B, and over the
/// number K ~ Binomial(d, q²) of neurons connected to both features; a pair without such a neuron is read as 0. Source: Hänni, Mendel,
/// Vaintrob, Chan 2024, arXiv 2408.05451; the variance given there, s'²(1−q²)/d + s'(1−q)/(qd), is that of the sum divided by d·q²; the
/// first term does not occur for the mean. O(s + d q).
/// </remarks>
public static class BernoulliNeurons
{
    private const double Negligible = 1e-18;

    /// <summary>q; 1 or more where there are too few neurons for the construction.</summary>
    /// <param name="features">N ≥ 1.</param>
    /// <param name="neurons">d ≥ 1.</param>
    public static double Probability(int features, int neurons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons, 1);
        double log = Elementary.Log(features);
        return log * log / Math.Sqrt(neurons);
    }

    /// <summary>Mean error and standard deviation of the readoff of x_i ∧ x_j.</summary>
    /// <param name="neurons">d ≥ 1.</param>
    /// <param name="active">s ≥ 2.</param>
    /// <param name="probability">q, in (0, 1).</param>
    /// <param name="ones">Number of active features of the pair, 0 … 2.</param>
    public static (double Bias, double StandardDeviation) Errors(int neurons, int active, double probability, int ones)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(active, 2);
        if (probability is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "expected a probability above 0 and below 1");
        double mean = 0,
            square = 0;
        foreach ((int b, double p) in Binomial(active - ones, probability))
        {
            double a = Math.Max(0, ones + b - 1);
            mean += p * a;
            square += p * a * a;
        }
        double seen = 0,
            inverse = 0;
        foreach ((int k, double p) in Binomial(neurons, probability * probability).Where(t => t.Count > 0))
        {
            seen += p;
            inverse += p / k;
        }
        double expected = mean * seen,
            second = ((square - (mean * mean)) * inverse) + (mean * mean * seen);
        return (expected - PairTasks.Truth(PairTask.And, ones), Math.Sqrt(Math.Max(0, second - (expected * expected))));
    }

    /// <summary>The probabilities of a binomial variable, from its mode outwards, without those below 1e-18 of the largest.</summary>
    private static IEnumerable<(int Count, double Probability)> Binomial(int trials, double p)
    {
        int mode = Math.Min(trials, (int)((trials + 1) * p));
        double odds = p / (1 - p),
            top = 1,
            total = 0;
        var masses = new List<(int, double)>();
        for (int k = mode; k <= trials && top > Negligible; top *= odds * (trials - k) / (k + 1), k++)
            masses.Add((k, top));
        double below = 1;
        for (int k = mode; k > 0; k--)
        {
            below *= k / ((trials - k + 1) * odds);
            if (below <= Negligible)
                break;
            masses.Add((k - 1, below));
        }
        foreach ((_, double mass) in masses)
            total += mass;
        return masses.Select(m => (m.Item1, m.Item2 / total));
    }
}
