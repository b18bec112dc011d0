using MathNet.Numerics;

namespace Geometry.Shapes.Significance;

/// <summary>The probability that the lines of a random tight frame are as near to an equal-norm tight frame as given lines are.</summary>
/// <remarks>
/// <para>
/// A random tight frame of L lines in R^k is the L columns of a random Parseval frame F, FFᵀ = 1, k×L, without their lengths. The lines y_i
/// alone determine the lengths: u_i = ‖f_i‖² solves Σu_i·y_i·y_iᵀ = 1, and has the law of the diagonal of a uniform projector of rank k. So
/// ρ² = (k/c)²·Σ(u_i/ū − 1)², c = L − k, measures how far the lines are, within the tight frames, from the nearest equal-norm one. These
/// are L−1 of the D = (k−1)(k+2)/2 normal dimensions of a line frame. The residual in the other normal dimensions is noise, and says
/// nothing for or against this null model. Without it a noisy line frame can be distinguished from a random tight frame where the whole
/// residual could not do so.
/// </para>
/// <para>
/// Law of ρ: 1 − u_i = (c/L)(1 + e_i), with ρ² = Σe_i², is the diagonal of a projector of rank c. Its law is approximated by c times a
/// Dirichlet law with the true variance, L·a = c(L−1)(L+2)/(2k) − 1 (as in <see cref="LineFrameTube"/>). For c = 1 that is the true law,
/// the one of the squares of a point of S^{L−1}. Its density at e = 0 is Γ(La)/Γ(a)^L·L^{½−La}, and away from there it is proportional to
/// Π(1 + e_i)^{a−1} ≈ exp(−(a−1)ρ²/2), so P(ρ) = Γ(La)/Γ(a)^L · L^{½−La} · Vol(S^{L−2}) · ∫₀^ρ t^{L−2}·exp(−(a−1)t²/2) dt. Compared with
/// 200 000 sampled projectors per size, L = 3 … 20, at shares of 0.004 and 0.001, P is 0.8 … 1.1 times the share for c = 1 up to L = 13,
/// 1.6 times it at L = 17, and 1.4 … 2.4 times it for c = 2, 3, 4. That is on the safe side, and amounts to a small error of ρ, because P
/// is proportional to ρ^{L−1}.
/// </para>
/// </remarks>
internal static class TightLinesNull
{
    private const int Nodes = 64;

    /// <summary>ln P(ρ), at most 0; −∞ for ρ = 0.</summary>
    /// <param name="k">Dimension, ≥ 2.</param>
    /// <param name="lines">L &gt; k.</param>
    /// <param name="spread">ρ ≥ 0.</param>
    public static double LogProbability(int k, int lines, double spread)
    {
        if (!(spread > 0))
            return double.NegativeInfinity;
        double l = lines,
            c = lines - k,
            weight = c * (l - 1) * (l + 2) / (2 * k) - 1,
            a = weight / l;
        // Beyond the mean of ρ², L(L−1)/(La+1), no ρ is improbable, and the integral may underflow.
        if (spread * spread >= l * (l - 1) / (weight + 1))
            return 0;
        double centre = SpecialFunctions.GammaLn(weight) - l * SpecialFunctions.GammaLn(a) + (0.5 - weight) * Elementary.Log(l);
        // t = ρx: ρ^{L−1} before the integral keeps it within range.
        double integral = MathNet.Numerics.Integration.GaussLegendreRule.Integrate(
            x => Elementary.Exp((lines - 2) * Elementary.Log(x) - 0.5 * (a - 1) * (x * x - (a < 1 ? 1 : 0)) * spread * spread),
            0,
            1,
            Nodes
        );
        double largest = a < 1 ? 0.5 * (1 - a) * spread * spread : 0;
        double ball = SphereVolumes.LogSphere(lines - 2) + (lines - 1) * Elementary.Log(spread) + Elementary.Log(integral) + largest;
        return Math.Min(0, centre + ball);
    }
}
