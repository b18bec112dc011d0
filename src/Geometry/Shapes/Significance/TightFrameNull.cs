using Geometry.Decisions;

namespace Geometry.Shapes.Significance;

/// <summary>The probability that the directions of a random tight frame come within a residual of a shape.</summary>
/// <remarks>
/// <para>
/// A random tight frame consists of the c normalised columns of d orthonormal rows, uniform on the Stiefel manifold: the optimum of a
/// linear autoencoder is determined up to such a choice, which the start of training makes (Baldi, Hornik 1989,
/// doi:10.1016/0893-6080(89)90014-2). Up to O(d) it is a point of the Grassmannian G(c, d), which has d(c−d) dimensions, whereas c
/// directions have c(d−1) − d(d−1)/2. With few more vectors than dimensions, configurations near a shape are therefore far commoner than
/// among independent directions.
/// </para>
/// <para>
/// c = d+1. The frame is determined by its null vector v, uniform on S^d, with cosines −v_i·v_j/√((1−v_i²)(1−v_j²)), and the simplex is v =
/// ±(1, …, 1)/√c. At an angle ρ from these, Σ(v_i·v_j − 1/c)² over the pairs, averaged over the directions in which v may turn, is to
/// leading order in 1/c proportional to s²(1 + s²/(c−2)), s = sin ρ. The residual is r = s·√((1 + s²/(d−1))·2(d+1)/d³), exact to first
/// order, where it is the same in every direction. So P(r) is the share of two caps of S^d: 0.67 r² in the plane against 0.28 r² for three
/// independent directions, and at 10° 1.4 % against 0.02 % for four in R³. In many dimensions r hardly reaches √2/d, the value of frames
/// that are nothing like a simplex, so s may not be replaced by ρ: in R^30 that gives a P fifty times too small. In samples of 4 000 to 80
/// 000 frames, the share is within 15 % of P at P = 0.01 and 0.004 up to R^6, and 0.8 … 1.2 times P at 0.01 from R^8 to R^30. From s = 1
/// on, P is 1.
/// </para>
/// <para>
/// Other shapes. With q normal dimensions among all configurations, and f dimensions of its own (the parameters of a family), a shape has
/// at least d(c−d) − f normal dimensions within the tight frames, so P is about the P of random directions to the power e = min(1, (d(c−d)
/// − f)/q); e = 1 from d(d+1)/2 vectors on, where tight frames have as many angles as independent directions. The density at a shape is
/// higher, because most shapes of the catalogue are tight: by 2 to 3 for polygons, and by more the larger the dimension. The values used
/// are bounds of what was sampled (3 000 to 200 000 frames, shares of 0.01 and less, a dozen shapes in R² to R⁶): 4·P in the plane, P^(e/2)
/// in more dimensions. They refuse names only near the cap on residuals, because elsewhere P itself is far below α; a sample for each shape
/// would change nothing.
/// </para>
/// </remarks>
internal static class TightFrameNull
{
    /// <summary>
    /// P, or its bound, in [0, 1]; 1 where there are no more vectors than dimensions, because a tight frame of these is orthogonal.
    /// </summary>
    /// <param name="shape">The shape, of dimension ≥ 2.</param>
    /// <param name="residualDegrees">RMS difference of the pairwise angles, degrees, ≥ 0.</param>
    /// <param name="random">P of independent directions at that residual.</param>
    /// <param name="constants">The constants of the bounds for shapes other than simplices.</param>
    public static double Probability(Shape shape, double residualDegrees, double random, DecisionConstants constants)
    {
        int d = shape.Dim,
            c = shape.Count;
        if (c <= d)
            return 1;
        if (c == d + 1 && shape.Parameter is null)
            return Simplex(d, residualDegrees * (Math.PI / 180));
        return Elementary.Exp(LogBound(d, Elementary.Log(random), Exponent(shape), constants));
    }

    /// <summary>ln of the bound for shapes other than simplices, at most 0.</summary>
    /// <param name="d">Dimension, ≥ 2.</param>
    /// <param name="logRandom">ln P of independent directions, or of independent lines among lines.</param>
    /// <param name="exponent">e, the share of the normal dimensions that tight frames have.</param>
    /// <param name="constants">The bounds.</param>
    public static double LogBound(int d, double logRandom, double exponent, DecisionConstants constants) =>
        Math.Min(0, d == 2 ? Elementary.Log(constants.TightFactor) + logRandom : constants.TightExponent * exponent * logRandom);

    /// <summary>P(r) for the regular simplex, as the share of two caps.</summary>
    /// <param name="d">Dimension, ≥ 2.</param>
    /// <param name="residual">r, radians, ≥ 0.</param>
    public static double Simplex(int d, double residual)
    {
        double square = residual * residual * d * d * d / (2 * (d + 1.0)),
            sine = 0.5 * (d - 1) * (Math.Sqrt(1 + 4 * square / (d - 1)) - 1);
        return sine >= 1 ? 1 : 2 * SphereCap.Share(Elementary.Asin(Math.Sqrt(sine)), d);
    }

    /// <summary>The share of the shape's normal dimensions that tight frames have, at most 1.</summary>
    public static double Exponent(Shape shape)
    {
        long d = shape.Dim,
            c = shape.Count,
            normal = shape.Codimension,
            free = c * (d - 1) - d * (d - 1) / 2 - normal;
        return Math.Min(1, Math.Max(1, d * (c - d) - free) / (double)Math.Max(1, normal));
    }
}
