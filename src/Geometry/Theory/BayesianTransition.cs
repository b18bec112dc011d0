using MathNet.Numerics.RootFinding;

namespace Geometry.Theory;

/// <summary>At how many samples the Bayesian posterior moves from one critical point to another of lower loss.</summary>
/// <remarks>
/// The free energies are n·L + λ·ln n + ½‖w‖² (Watanabe; the last term is a standard normal prior's). They are equal where n·ΔL + Δλ·ln n +
/// Δ½‖w‖² = 0; from the largest such n on the point of lower loss is the likelier one. Source: Chen, Lau, Mendel, Wei, Murfet 2023, arXiv
/// 2310.06301: 5 → 6 at c = 6 is 601.0.
/// </remarks>
public static class BayesianTransition
{
    private const double Largest = 1e300;

    /// <summary>n_cr; NaN where the point of lower loss is the likelier one for every n ≥ 1.</summary>
    /// <param name="loss">ΔL, new less old, &lt; 0.</param>
    /// <param name="coefficient">Δλ, new less old.</param>
    /// <param name="prior">Δ½‖w‖², new less old.</param>
    /// <exception cref="ArgumentException">ΔL is not below 0, or a number is not finite.</exception>
    public static double CriticalSamples(double loss, double coefficient, double prior)
    {
        if (!(loss < 0) || !double.IsFinite(loss + coefficient + prior))
            throw new ArgumentException($"expected a finite ΔL below 0, Δλ and Δ½‖w‖², found {loss}, {coefficient}, {prior}");
        double Difference(double n) => (n * loss) + (coefficient * Elementary.Log(n)) + prior;
        // Rises up to −Δλ/ΔL, then falls for good.
        double from = Math.Max(1, -coefficient / loss);
        if (Difference(from) <= 0)
            return double.NaN;
        double to = 2 * from;
        while (Difference(to) > 0 && to < Largest)
            to *= 2;
        return Brent.FindRoot(Difference, from, to, 1e-12 * to, 500);
    }
}
