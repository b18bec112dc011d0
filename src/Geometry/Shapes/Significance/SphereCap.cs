using MathNet.Numerics;

namespace Geometry.Shapes.Significance;

/// <summary>The share of the sphere S^k that lies within an angle of one point.</summary>
/// <remarks>
/// ½·I_x(k/2, ½) with x = sin²(angle) up to 90°, and 1 less the share of the supplementary angle beyond; I is the regularised incomplete
/// beta function (S. Li 2011, Concise formulas for the area and volume of a hyperspherical cap). Up to 60° it is computed by the series
/// I_x(a, b) = x^a (1−x)^b / (a·B(a, b)) · (1 + Σ_n Π_{j≤n} x(a+b+j−1)/(a+j)) (Abramowitz, Stegun 26.5.4), in logarithms, in which no share
/// underflows; beyond 60° by MathNet, for which k up to 4000 is in range. S^0 is two points: the share is ½ below 180°. Well below a
/// microsecond at 15°, one microsecond at 60°.
/// </remarks>
internal static class SphereCap
{
    private const double LargestOfSeries = 0.75;

    /// <summary>ln of the share; −∞ at angle 0 for k ≥ 1.</summary>
    /// <param name="angle">Radians, in [0, π].</param>
    /// <param name="k">Dimension of the sphere, ≥ 0.</param>
    public static double LogShare(double angle, int k)
    {
        if (angle >= Math.PI)
            return 0;
        if (k == 0)
            return -Elementary.Log(2);
        double sin = Elementary.Sin(angle),
            x = sin * sin;
        if (angle > Math.PI / 2)
            return Elementary.Log(1 - 0.5 * SpecialFunctions.BetaRegularized(0.5 * k, 0.5, x));
        if (angle <= 0)
            return double.NegativeInfinity;
        if (x > LargestOfSeries)
            return Elementary.Log(0.5 * SpecialFunctions.BetaRegularized(0.5 * k, 0.5, x));
        double a = 0.5 * k,
            term = 1,
            sum = 1;
        for (int j = 1; term > 1e-17 * sum; j++)
        {
            term *= x * (a + j - 0.5) / (a + j);
            sum += term;
        }
        // a·B(a, ½) = a·Γ(a)√π/Γ(a + ½).
        double logBeta = SpecialFunctions.GammaLn(a) + 0.5 * Elementary.Log(Math.PI) - SpecialFunctions.GammaLn(a + 0.5);
        return -Elementary.Log(2)
            + k * Elementary.Log(sin)
            + 0.5 * Elementary.Log(1 - x)
            - Elementary.Log(a)
            - logBeta
            + Elementary.Log(sum);
    }

    /// <summary>The share.</summary>
    /// <inheritdoc cref="LogShare"/>
    public static double Share(double angle, int k) => Elementary.Exp(LogShare(angle, k));

    /// <summary>
    /// The angle of the cap with that share of S^k, by bisection to 1e-9. Points with a smallest separation of twice that angle number at
    /// most <c>1/share</c>, because caps of half the separation do not overlap.
    /// </summary>
    /// <param name="share">In (0, 1).</param>
    /// <param name="k">Dimension of the sphere, ≥ 1.</param>
    public static double Angle(double share, int k)
    {
        double low = 0,
            high = Math.PI,
            log = Elementary.Log(share);
        while (high - low > 1e-9)
        {
            double middle = 0.5 * (low + high);
            if (LogShare(middle, k) < log)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
