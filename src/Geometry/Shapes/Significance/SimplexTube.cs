namespace Geometry.Shapes.Significance;

/// <summary>The leading coefficient of <see cref="TubeVolume"/> for regular simplices, in closed form.</summary>
/// <remarks>
/// Let X be the k×c matrix of the vertices, c = k+1, XXᵀ = (c/k)·1. A tangent is δ = XM, where M has a zero diagonal and zero column sums,
/// and it changes the Gram matrix by (c/k)(M + Mᵀ). Under S_c the normal space is the sum of the standard representation, of dimension k,
/// and that of the partition (c−2, 2), of dimension c(c−3)/2. On each, Q is a multiple of the identity: λ₂ = 4/(k²−1) on (c−2, 2) (M
/// symmetric, zero row sums), λ₁ = λ₂·(k+1)/(2k) on the standard one (M_ij = t_i + t_j + (s_i − s_j)/c, s = (c−2)t). The generators E_ab −
/// E_ba of the rotations are orthogonal with norm² 2c/k. A test compares it with the numeric <see cref="TubeVolume"/> for k ≤ 10. O(k).
/// </remarks>
internal static class SimplexTube
{
    /// <summary>ln P(r) of the leading term at r = 1 radian, for the regular simplex in R^k.</summary>
    /// <param name="k">Dimension, ≥ 2; the power of r is (k−1)(k+2)/2.</param>
    public static double LogCoefficient(int k)
    {
        int c = k + 1,
            q = (k - 1) * (k + 2) / 2;
        (double standard, double other) = Eigenvalues(k);
        return SphereVolumes.LogOrthogonalGroup(k)
            - c * SphereVolumes.LogSphere(k - 1)
            + SphereVolumes.LogBall(q)
            + 0.25 * k * (k - 1) * Elementary.Log(2.0 * c / k)
            - 0.5 * (k * Elementary.Log(standard) + 0.5 * c * (c - 3) * Elementary.Log(other));
    }

    /// <summary>The eigenvalues of Q on the standard representation and on the one of (c−2, 2).</summary>
    public static (double Standard, double Other) Eigenvalues(int k)
    {
        double other = 4 / ((double)k * k - 1);
        return (other * (k + 1) / (2.0 * k), other);
    }
}
