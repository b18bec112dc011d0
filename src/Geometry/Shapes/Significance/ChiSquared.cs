using System.Collections.Concurrent;

namespace Geometry.Shapes.Significance;

/// <summary>Quantiles of χ²_k, each computed by MathNet once (some 10 µs, milliseconds for k beyond 10⁵) and remembered; at most a few hundred are ever asked for.</summary>
internal static class ChiSquared
{
    private static readonly ConcurrentDictionary<(int Freedom, double Share), double> s_known = new();

    /// <summary>The value that χ²_k is below with that probability; 0 for k = 0.</summary>
    /// <param name="freedom">k ≥ 0.</param>
    /// <param name="share">In (0, 1).</param>
    public static double Quantile(int freedom, double share) =>
        freedom == 0 ? 0 : s_known.GetOrAdd((freedom, share), static key => MathNet.Numerics.Distributions.ChiSquared.InvCDF(key.Freedom, key.Share));
}
