using MathNet.Numerics;

namespace Geometry.Shapes.Significance;

/// <summary>
/// The leading coefficient of P(r), the probability that 2L random directions of R^k come within residual r of ± the lines of an equal-norm
/// tight frame. It is exact for corank c = L − k = 1, the diplo-simplex, and an approximation for larger coranks.
/// </summary>
/// <remarks>
/// P(r) = (2L−1)!! · ∫ p(lean)·p(E) over the ball r² ≥ λ_w Σ‖w_l‖² + λ_E·‖E‖²_μ, where
/// <list type="bullet">
/// <item>(2L−1)!! is the number of ways to pair the directions up; w_l = v_l⁺ + v_l⁻ is the lean of a pair, with L(k−1) coordinates in all
/// and density 1/Vol(S^{k−1}) per pair at 0; and λ_w = ((L/k)/sin² + 1)/(L(2L−1)), where sin² = 1 − c/(k(L−1)) belongs to an average pair
/// of lines;</item>
/// <item>E = YYᵀ − L/k is the deviation of the L lines Y from a tight frame, with D = (k−1)(k+2)/2 coordinates, and λ_E = 2/(L(2L−1)sin²).
/// The nearest frame must have equal norms too, which multiplies the weight of L−1 of the coordinates by μ = (L−1+c)/(2c), if all squared
/// cosines of the frame are taken as equal.</item>
/// </list>
/// The density of E at 0 comes from a k×L Gaussian matrix, decomposed in two ways: by columns, into norms u_l² ~ χ²_k and unit lines; and
/// by its polar form S^{1/2}F, where S is Wishart, F is uniform on the Parseval frames, and diag(FᵀF) has a density at equal norms. With s₀
/// = L at the common point, ρ² = s₀k/L = k, p(E=0) · Πf_{χ²_k}(ρ²) · (k/L)√L·s₀^{L−1}·ρ^{−2D} = f_Wishart(s₀·1)·√k·2^{−k(k−1)/4} ·
/// f_diag(0). f_diag is the density of c times a Dirichlet law with the true variance of the diagonal of a random projector of rank c and
/// total weight A = c(L−1)(L/2+1)/k − 1, which is the true law for c = 1. Calibration: at c = 1, P equals the numeric
/// <see cref="TubeVolume"/> of the diplo-simplex to 1e-8. For larger c, compared with 4·10⁶ random sets of lines, p(E = 0) is 1.5 to 1.8
/// times too large for (3,10) and (4,12), and 1.8 to 2.4 times for (4,14) and (5,14). No name depends on such a factor, and it is on the
/// safe side. The leading order takes p(w) and p(E) at their maxima, so at large r it is too large rather than too small. Source of the
/// frames: J. Tropp, I. Dhillon, R. Heath and T. Strohmer, IEEE Trans. Inform. Theory 51 (2005). O(k).
/// </remarks>
internal static class LineFrameTube
{
    /// <summary>The number of normal dimensions, L(k−1) + (k−1)(k+2)/2.</summary>
    public static int Codimension(int k, int lines) => lines * (k - 1) + (k - 1) * (k + 2) / 2;

    /// <summary>ln P(r) of the leading term at r = 1 radian.</summary>
    /// <param name="k">Dimension, ≥ 2.</param>
    /// <param name="lines">L, k &lt; L.</param>
    public static double LogCoefficient(int k, int lines)
    {
        double l = lines,
            c = lines - k,
            sin2 = 1 - c / (k * (l - 1)),
            leanForm = (l / k / sin2 + 1) / (l * (2 * l - 1));
        double pairings = SphereVolumes.LogFactorial(2 * lines) - l * Elementary.Log(2) - SphereVolumes.LogFactorial(lines);
        int deviations = (k - 1) * (k + 2) / 2;
        return pairings
            - l * SphereVolumes.LogSphere(k - 1)
            - 0.5 * l * (k - 1) * Elementary.Log(leanForm)
            + LogTightCoefficient(k, lines)
            - SphereVolumes.LogBall(deviations)
            + SphereVolumes.LogBall(Codimension(k, lines));
    }

    /// <summary>
    /// ln of the leading coefficient of the probability that L random lines, with opposite directions along them, are within residual r of
    /// a frame: the factor of r^D, D = (k−1)(k+2)/2.
    /// </summary>
    public static double LogTightCoefficient(int k, int lines)
    {
        double l = lines,
            c = lines - k,
            sin2 = 1 - c / (k * (l - 1)),
            frameForm = 2 / (l * (2 * l - 1) * sin2);
        int deviations = (k - 1) * (k + 2) / 2;
        return LogTightDensity(k, lines)
            - 0.5 * deviations * Elementary.Log(frameForm)
            - 0.5 * (l - 1) * Elementary.Log((l - 1 + c) / (2 * c))
            + SphereVolumes.LogBall(deviations);
    }

    /// <summary>
    /// ln of the density of YYᵀ, Y being L random unit vectors of R^k, at (L/k)·1 among the symmetric matrices of that trace in the
    /// Frobenius metric.
    /// </summary>
    public static double LogTightDensity(int k, int lines)
    {
        double l = lines,
            rho2 = k,
            deviations = 0.5 * (k - 1) * (k + 2);
        double chi = (0.5 * k - 1) * Elementary.Log(rho2) - 0.5 * rho2 - 0.5 * k * Elementary.Log(2) - SpecialFunctions.GammaLn(0.5 * k);
        double gammas = 0.25 * k * (k - 1) * Elementary.Log(Math.PI);
        for (int j = 0; j < k; j++)
            gammas += SpecialFunctions.GammaLn(0.5 * (l - j));
        double wishart =
            0.5 * (l - k - 1) * k * Elementary.Log(l)
            - 0.5 * k * l
            - 0.5 * l * k * Elementary.Log(2)
            - gammas
            + 0.5 * Elementary.Log(k)
            - 0.25 * k * (k - 1) * Elementary.Log(2);
        double jacobian = Elementary.Log(k / l) + 0.5 * Elementary.Log(l) + (l - 1) * Elementary.Log(l) - deviations * Elementary.Log(rho2);
        return wishart + LogEqualNorms(k, lines) - l * chi - jacobian;
    }

    // ln of the density of diag(FᵀF) at k/L, F a uniform Parseval frame, on the hyperplane of trace k.
    private static double LogEqualNorms(int k, int lines)
    {
        double l = lines,
            c = lines - k,
            weight = c * (l - 1) * (0.5 * l + 1) / k - 1;
        return SpecialFunctions.GammaLn(weight)
            - l * SpecialFunctions.GammaLn(weight / l)
            - (weight - l) * Elementary.Log(l)
            - 0.5 * Elementary.Log(l)
            - (l - 1) * Elementary.Log(c);
    }
}
