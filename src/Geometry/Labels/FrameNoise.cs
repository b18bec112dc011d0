namespace Geometry.Labels;

/// <summary>The most noise that W can hold, told by how tight a frame it is.</summary>
/// <remarks>
/// <para>
/// Dense data rewards no superposition; W is then a tight frame WWᵀ ∝ 1 that the start decides (the linear autoencoder's optimum: Baldi, Hornik 1989,
/// doi:10.1016/0893-6080(89)90014-2). With m+1 vectors such a frame is its null vector v alone: cosines −v_i·v_j/√((1−v_i²)(1−v_j²)), norms² ∝ 1 − v_i². That is m free
/// numbers, where m+1 directions have (m−1)(m+2)/2: near-simplices, all of R^m or of a coordinate subspace where the other v_j are small, are far commoner than among independent
/// directions, and the norms tell nothing that the angles do not. With v uniform on S^m the residual to the simplex is r ≈ ρ·√(2(m+1)/m³), ρ the angle from v to (1, …, 1), so that the share within r
/// is that of two caps: 0.67 r² in the plane against 0.28 r² for three independent directions, and at 10° 1.4 % against 0.02 % for four in R³.
/// </para>
/// <para>
/// But noise would not leave the frame tight: with σ a coordinate relative to the root mean square norm, m·δ² (δ the frame defect) has mean 4νσ²m/n over the
/// ν = (m−1)(m+2)/2 traceless symmetric directions. So σ ≤ δ·√(n/(4·χ²_ν(0.01))) with some 99 % confidence (to first order), and what a simplex is off beyond that is no noise: it is not a simplex.
/// The bound is idle where δ comes from unequal summands or norms. O(1).
/// </para>
/// </remarks>
internal static class FrameNoise
{
    private const double Quantile = -2.326, Confidence = 0.99;

    /// <summary>The bound, radians a coordinate of a unit column; +∞ for m = 1, where every frame is tight.</summary>
    /// <param name="frameDefect">δ ≥ 0, of all features, learned or not.</param>
    /// <param name="features">n.</param>
    /// <param name="hidden">m.</param>
    public static double Bound(double frameDefect, int features, int hidden)
    {
        if (hidden < 2) return double.PositiveInfinity;
        double dof = 0.5 * (hidden - 1.0) * (hidden + 2.0), spread = 2 / (9 * dof);
        // Wilson, Hilferty 1931, doi:10.1073/pnas.17.12.684; exact for two degrees of freedom, where the approximation fails.
        double chi = hidden == 2 ? -2 * Math.Log(Confidence) : dof * Math.Pow(1 - spread + Quantile * Math.Sqrt(spread), 3);
        return frameDefect * Math.Sqrt(features / (4 * chi));
    }
}
