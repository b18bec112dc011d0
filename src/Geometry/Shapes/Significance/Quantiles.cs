using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Geometry.Shapes.Significance;

/// <summary>
/// Quantiles by MathNet, each computed once and kept. MathNet finds them by iteration (about 10 µs, and milliseconds for χ² with more than
/// 10⁵ degrees of freedom), and the same few hundred are needed again and again. Thread-safe.
/// </summary>
internal static class Quantiles
{
    private static readonly ConcurrentDictionary<(double Freedom, double Level), double> s_chiSquare = new();
    private static readonly ConcurrentDictionary<double, double> s_normal = new();

    /// <summary>The quantile of χ² with the given degrees of freedom; 0 for 0 degrees of freedom.</summary>
    /// <param name="freedom">Degrees of freedom, ≥ 0.</param>
    /// <param name="level">Probability, in (0, 1).</param>
    public static double ChiSquare(double freedom, double level) =>
        freedom == 0 ? 0 : s_chiSquare.GetOrAdd((freedom, level), static key => ChiSquared.InvCDF(key.Freedom, key.Level));

    /// <summary>The quantile of the standard normal distribution.</summary>
    /// <param name="level">Probability, in (0, 1).</param>
    public static double Normal(double level) =>
        s_normal.GetOrAdd(level, static key => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, key));
}
