using MathNet.Numerics;

namespace Geometry.Shapes.Significance;

/// <summary>The leading coefficient of <see cref="TubeVolume"/> for the demicube of R^k, k ≥ 5, in closed form.</summary>
/// <remarks>
/// The even sign changes ε act simply transitively on the vertices x = ε/√k. The tangents δ_i(ε) = ε_i φ_i χ_S(ε), Σφ_i = 0, with the
/// characters χ_S (S ⊂ {1…k}, where S and its complement give the same one) therefore split Q into blocks. By the permutations that keep S,
/// a block has three eigenvalues: for φ = e_i − e_j inside S, for the same inside its complement, and for φ constant on both. For a vertex
/// and its image under a sign change of h coordinates, a of them in S, (Δ angle)² = (Σ η_i φ_i)² (1 + (−1)^a)² / (k sin²θ_h), cos θ_h = 1 −
/// 2h/k, and ‖φ‖²(1 − (−1)^s)² for h = k, opposite vertices. The rotations are S = {i, j}, φ = e_i − e_j, where Q vanishes. A test compares
/// it with the numeric <see cref="TubeVolume"/>. O(k³).
/// </remarks>
internal static class DemicubeTube
{
    /// <summary>ln P(r) of the leading term at r = 1 radian.</summary>
    /// <param name="k">Dimension, 5 … 30; the power of r is 2^{k−1}(k−1) − k(k−1)/2.</param>
    public static double LogCoefficient(int k)
    {
        int c = 1 << (k - 1),
            q = c * (k - 1) - k * (k - 1) / 2;
        double logDeterminant = 0;
        for (int s = 1; s <= k; s++)
        {
            double sets = SpecialFunctions.Binomial(k, s);
            if (s > 2)
                logDeterminant += sets * (s - 1) * Elementary.Log(Inside(k, s));
            if (s < k)
                logDeterminant += 0.5 * sets * Elementary.Log(Constant(k, s));
        }
        return SphereVolumes.LogFactorial(c)
            - (k - 1) * Elementary.Log(2)
            - SphereVolumes.LogFactorial(k)
            + SphereVolumes.LogOrthogonalGroup(k)
            - c * SphereVolumes.LogSphere(k - 1)
            + SphereVolumes.LogBall(q)
            + 0.25 * k * (k - 1) * Elementary.Log(2.0 * c / k)
            - 0.5 * logDeterminant;
    }

    // φ = e_i − e_j within a set of s ≥ 2 coordinates: only sign changes that change exactly one of the two count.
    private static double Inside(int k, int s) =>
        Eigenvalue(k, s, (a, b) => a == 0 ? 0 : 4 * SpecialFunctions.Binomial(s - 2, a - 1) * SpecialFunctions.Binomial(k - s, b));

    // φ = 1/s on the set and −1/(k−s) on its complement, ‖φ‖² = k/(s(k−s)).
    private static double Constant(int k, int s) =>
        Eigenvalue(k, s, (a, b) =>
            SpecialFunctions.Binomial(s, a)
            * SpecialFunctions.Binomial(k - s, b)
            * 4
            * Elementary.Pow((double)b / (k - s) - (double)a / s, 2)
            * s
            * (k - s)
            / k
        );

    // squares(a, b) is Σ (Σ η_i φ_i)²/‖φ‖² over the sign changes of a coordinates in S and b coordinates outside.
    private static double Eigenvalue(int k, int s, Func<int, int, double> squares)
    {
        double c = Math.ScaleB(1, k - 1),
            sum = 0;
        for (int a = 0; a <= s; a += 2)
        {
            for (int b = 0; b <= k - s; b += 2)
            {
                int h = a + b;
                if (h == 0 || h == k)
                    continue;
                double cos = 1 - 2.0 * h / k;
                sum += 4 * squares(a, b) / (k * (1 - cos * cos));
            }
        }
        if (int.IsEvenInteger(k) && int.IsOddInteger(s))
            sum += 4;
        return sum / (c * (c - 1));
    }
}
