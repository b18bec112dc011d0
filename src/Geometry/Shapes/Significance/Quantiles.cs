using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Geometry.Shapes.Significance;

/// <summary>
/// Quantiles by MathNet, each computed once and remembered: they are inverted by iteration (some 10 µs, milliseconds for χ² of more than
/// 10⁵ degrees of freedom), and the same few hundred are asked for over and over.
/// </summary>
internal static class Quantiles
{
    private static readonly ConcurrentDictionary<(double Freedom, double Level), double> s_chiSquare = new();
    private static readonly ConcurrentDictionary<double, double> s_normal = new();

    /// <summary>
    /// The point that χ² with these degrees of freedom stays below with this probability; 0 for none. Safe from several threads.
    /// </summary>
    /// <param name="freedom">Degrees of freedom, ≥ 0.</param>
    /// <param name="level">Probability, in (0, 1).</param>
    public static double ChiSquare(double freedom, double level) =>
        freedom == 0 ? 0 : s_chiSquare.GetOrAdd((freedom, level), static key => ChiSquared.InvCDF(key.Freedom, key.Level));

    /// <summary>The point that a standard normal number stays below with this probability; safe from several threads.</summary>
    /// <param name="level">Probability, in (0, 1).</param>
    public static double Normal(double level) =>
        s_normal.GetOrAdd(level, static key => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, key));
}
