using Geometry.Decisions;
using Geometry.Shapes.Significance;

namespace Geometry.Shapes.Descriptions;

/// <summary>The distinct angles of a noisy configuration.</summary>
/// <remarks>
/// <para>
/// Single linkage: sorted angles belong to one class where neighbours differ by at most <see cref="DecisionConstants.AngleLink"/> standard
/// deviations √2·σ. Two angles that are equal without noise differ by more than that once in 200 cases (2.8 standard deviations of their
/// difference). A chain of different angles is linked too, but it is wider than noise. Therefore every class must have no more than the
/// variance of noise, 2σ²·χ²/ν at level 0.1 %; otherwise there are no classes at this scale.
/// </para>
/// <para>
/// The noise is an upper bound. Where the angles do not form classes at σ, the scales σ/2, σ/4 … are tried, down to
/// <see cref="ConfigurationDescription.LeastNoise"/>. At these the number of classes must also be at most a quarter of the number of pairs,
/// because pieces of a continuum are many and small. O(pairs) per scale, about a dozen scales.
/// </para>
/// </remarks>
internal static class AngleClasses
{
    /// <summary>Largest number of classes.</summary>
    public const int MostClasses = 32;

    /// <summary>
    /// The mean of each class, degrees, ascending, with its number of pairs; empty where there are no classes, or too many.
    /// </summary>
    /// <param name="sorted">The angles of all unordered pairs, radians, ascending.</param>
    /// <param name="sigma">Standard deviation of a direction's coordinates, radians, &gt; 0.</param>
    /// <param name="freedom">Free coordinates of all directions, count·(dim−1): no more of the angles' errors are independent.</param>
    /// <param name="constants">The numbers that decide.</param>
    public static IReadOnlyList<(double Degrees, int Pairs)> Of(
        ReadOnlySpan<double> sorted,
        double sigma,
        int freedom,
        DecisionConstants constants
    )
    {
        for (double scale = sigma; scale >= ConfigurationDescription.LeastNoise; scale /= 2)
        {
            if (Split(sorted, scale, constants.AngleLink) is not { } ends)
                return [];
            if (scale < sigma && ends.Count > constants.FewAngles * sorted.Length)
                return [];
            if (AreNoise(sorted, ends, scale, freedom, constants.DescriptionRisk))
                return Means(sorted, ends);
        }
        return [];
    }

    /// <summary>Where each class ends; null for more than <see cref="MostClasses"/>. A finer scale has no fewer.</summary>
    private static List<int>? Split(ReadOnlySpan<double> sorted, double sigma, double link)
    {
        double gap = link * Math.Sqrt(2) * sigma;
        var ends = new List<int>();
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i < sorted.Length && sorted[i] - sorted[i - 1] <= gap)
                continue;
            if (ends.Count == MostClasses)
                return null;
            ends.Add(i);
        }
        return ends;
    }

    private static bool AreNoise(ReadOnlySpan<double> sorted, List<int> ends, double sigma, int freedom, double risk)
    {
        int start = 0;
        foreach (int end in ends)
        {
            int degrees = Math.Min(end - start - 1, freedom);
            double mean = Mean(sorted[start..end]),
                squares = 0;
            for (int i = start; i < end; i++)
                squares += (sorted[i] - mean) * (sorted[i] - mean);
            double most = degrees == 0 ? 0 : 2 * sigma * sigma * (end - start - 1) * Quantiles.ChiSquare(degrees, 1 - risk) / degrees;
            if (degrees > 0 && squares > most)
                return false;
            start = end;
        }
        return true;
    }

    private static List<(double Degrees, int Pairs)> Means(ReadOnlySpan<double> sorted, List<int> ends)
    {
        var means = new List<(double, int)>();
        int start = 0;
        foreach (int end in ends)
        {
            means.Add((double.RadiansToDegrees(Mean(sorted[start..end])), end - start));
            start = end;
        }
        return means;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum / values.Length;
    }
}
