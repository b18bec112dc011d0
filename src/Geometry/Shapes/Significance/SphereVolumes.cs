using MathNet.Numerics;

namespace Geometry.Shapes.Significance;

/// <summary>Logarithms of the volumes that the tube formula needs.</summary>
internal static class SphereVolumes
{
    /// <summary>ln Vol(S^k), the k-dimensional volume of the unit sphere in R^{k+1}: 2π^{(k+1)/2} / Γ((k+1)/2).</summary>
    public static double LogSphere(int k) =>
        Elementary.Log(2) + 0.5 * (k + 1) * Elementary.Log(Math.PI) - SpecialFunctions.GammaLn(0.5 * (k + 1));

    /// <summary>ln V_q, the volume of the unit ball in R^q: π^{q/2} / Γ(q/2 + 1).</summary>
    public static double LogBall(int q) => 0.5 * q * Elementary.Log(Math.PI) - SpecialFunctions.GammaLn(0.5 * q + 1);

    /// <summary>
    /// ln Vol(O(d)) = ln 2 + Σ_{k=1}^{d−1} ln Vol(S^k), in the metric where the generators E_ij − E_ji have norm 1. O(d).
    /// </summary>
    public static double LogOrthogonalGroup(int d)
    {
        double sum = Elementary.Log(2);
        for (int k = 1; k < d; k++)
            sum += LogSphere(k);
        return sum;
    }

    /// <summary>ln n!.</summary>
    public static double LogFactorial(int n) => SpecialFunctions.GammaLn(n + 1.0);
}
