namespace Geometry.Measures.Llc;

/// <summary>Mean, R̂ and effective sample size of several chains of one quantity.</summary>
/// <param name="Mean">Mean of all draws.</param>
/// <param name="StandardError">Standard error of the mean: the draws' standard deviation over √<paramref name="EffectiveSamples"/>.</param>
/// <param name="Rhat">Split R̂; 1 where all chains agree.</param>
/// <param name="EffectiveSamples">The number of independent draws with the same error of the mean, at most the number of draws.</param>
/// <remarks>
/// R̂ and the effective sample size are computed from means of consecutive draws, at most 512 per chain, which have the same variance of
/// the mean and shorter autocorrelations. Chains are split into two halves. W is the mean variance within halves, B/N the variance of their
/// means, and R̂ = √((W + B/N)/W) up to factors near 1. Autocorrelations ρ_t = 1 − (W − mean autocovariance)/(W + B/N) are summed in pairs,
/// which are limited to a non-increasing sequence, while they are positive (Geyer's initial monotone sequence). Source: Gelman et al.,
/// <i>Bayesian Data Analysis</i>, 3rd ed., section 11.4; Vehtari et al. 2021, doi:10.1214/20-BA1221, sections 3.1 and 3.2. Degenerate
/// cases: with fewer than 8 draws per chain R̂ and the effective sample size are NaN; chains without variance give R̂ = 1. O(chains·draws +
/// chains·512²).
/// </remarks>
public readonly record struct ChainStatistics(double Mean, double StandardError, double Rhat, double EffectiveSamples)
{
    private const int MostBins = 512,
        FewestBins = 8;

    /// <summary>Statistics of chains of equal length.</summary>
    /// <param name="chains">The draws of each chain, all finite.</param>
    public static ChainStatistics Of(IReadOnlyList<ReadOnlyMemory<double>> chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        if (chains.Count == 0 || chains[0].Length == 0)
            return new ChainStatistics(double.NaN, double.NaN, double.NaN, double.NaN);
        int draws = chains[0].Length,
            width = (draws + MostBins - 1) / MostBins,
            bins = draws / width / 2 * 2;
        double mean = chains.Average(c => MeanOf(c.Span));
        if (bins < FewestBins)
            return new ChainStatistics(mean, double.NaN, double.NaN, double.NaN);
        int half = bins / 2;
        var halves = new List<double[]>(2 * chains.Count);
        double variance = 0;
        foreach (ReadOnlyMemory<double> chain in chains)
        {
            ReadOnlySpan<double> all = chain.Span;
            double[] means = new double[bins];
            for (int i = 0; i < bins; i++)
                means[i] = MeanOf(all.Slice(i * width, width));
            halves.Add(means[..half]);
            halves.Add(means[half..]);
            foreach (double x in all)
                variance += (x - mean) * (x - mean);
        }
        int total = draws * chains.Count;
        variance /= total - 1;
        double[] own = [.. halves.Select(h => MeanOf(h))];
        double within = halves.Select((h, i) => Covariance(h, own[i], 0) * half / (half - 1)).Average(),
            overall = MeanOf(own);
        double between = own.Sum(x => (x - overall) * (x - overall)) / (own.Length - 1),
            estimate = (within * (half - 1) / half) + between;
        if (!(within > 0))
            return new ChainStatistics(mean, 0, between > 0 ? double.PositiveInfinity : 1, total);
        double time = Autocorrelation(halves, own, within, estimate, half);
        // The mean of the bins is the mean of the draws, and has its variance.
        double error = Math.Sqrt(estimate * time / (halves.Count * half));
        double effective = Math.Clamp(variance / (error * error), 1, total);
        return new ChainStatistics(mean, Math.Sqrt(variance / effective), Math.Sqrt(estimate / within), effective);
    }

    /// <summary>1 + 2Σρ_t.</summary>
    private static double Autocorrelation(List<double[]> halves, double[] means, double within, double estimate, int length)
    {
        double sum = -1,
            last = double.PositiveInfinity;
        for (int t = 0; t + 1 < length; t += 2)
        {
            double pair = Rho(t) + Rho(t + 1);
            if (!(pair > 0))
                break;
            last = Math.Min(last, pair);
            sum += 2 * last;
        }
        return Math.Max(sum, 1.0 / length);

        double Rho(int lag)
        {
            if (lag == 0)
                return 1;
            double covariance = 0;
            for (int i = 0; i < halves.Count; i++)
                covariance += Covariance(halves[i], means[i], lag);
            return 1 - ((within - (covariance / halves.Count)) / estimate);
        }
    }

    private static double Covariance(double[] x, double mean, int lag)
    {
        double sum = 0;
        for (int i = lag; i < x.Length; i++)
            sum += (x[i] - mean) * (x[i - lag] - mean);
        return sum / x.Length;
    }

    private static double MeanOf(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double v in x)
            sum += v;
        return sum / x.Length;
    }
}
