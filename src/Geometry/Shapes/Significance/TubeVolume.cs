using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Significance;

/// <summary>
/// P(r): the probability that c independent uniform directions in R^d come within residual r (radians) of a shape, from the volume of the
/// tube around all its placements in (S^{d−1})^c.
/// </summary>
/// <remarks>
/// The placements are c!/|Aut| copies (labellings) of an orbit of O(d), or for a family of a curve of orbits. Near a placement r² = δᵀQδ on
/// the normal space (<see cref="TangentGeometry"/>), which has q = c(d−1) − d(d−1)/2 − f dimensions, f the number of family parameters. To
/// leading order P(r) = (c!/|Aut|) · Vol(O(d)) · V_q r^q / Vol(S^{d−1})^c · ∫ √det(TᵀT) / √det(Q|N) dt, where T are the tangents of the
/// rotations and of the family, Q is taken after minimising over the parameter (Schur complement), and V_q is the volume of the unit ball.
/// At each end of a family's range half a tube of one more normal dimension is added. The integral uses Gauss–Legendre nodes.
///
/// Curvature multiplies this, from r₁ = 5° on, by exp(a·(r² − r₁²)), see <see cref="TubeCorrection"/>. Check: triangle, P(r) = √3 r²/(2π)
/// with a = 0, exact until vertices meet.
///
/// Calibration: P(r) over its Monte Carlo estimate, from 20 000 to 10⁶ random configurations per shape (r in degrees in brackets). The last
/// column rests on 50 to 100 hits.
/// <code>
/// p = .01        p = .003       p = .001       p = .0001
/// triangle          1.01 (10.9)                   1.01 (3.5)     0.94 (1.1)
/// pentagon          0.97 (19.8)                   1.06 (11.4)    0.94 (6.2)
/// octagon           0.97 (20.3)                   0.94 (14.5)    0.97 (10.5)
/// tetrahedron       0.99 (20.6)                   1.05 (13.3)    1.20 (8.7)
/// simplex-4         0.99 (21.3)                   1.07 (16.9)    1.02 (13.1)
/// simplex-5         0.97 (20.2)                   0.95 (17.3)    1.02 (14.9)
/// cube              1.12 (26.2)                   1.04 (22.0)
/// tricapped prism   0.91 (19.6)    0.95 (18.2)
/// triangular-prism  0.78 (17.6)    0.89 (15.5)
/// square-antiprism  0.54 (18.8)    0.51 (17.1)
/// code(3,7)         1.90 (21.3)                   1.24 (16.8)
/// </code>
/// So it is right within about 10 % up to 15°, where random directions come that near, and within a factor of two beyond, where tubes
/// overlap
/// and bend; the cap on the residual of an accepted match is 10°. Between p = .01 and 1 it is an extrapolation, which
/// <see cref="RandomQuantiles"/> replaces for small shapes. Source: H. Weyl, Amer. J. Math. 61 (1939), leading term. Cost: one Cholesky
/// factorisation of size c(d−1) per node, once per shape.
/// </remarks>
internal sealed class TubeVolume
{
    private const int Nodes = 24;
    private readonly (int Power, double LogCoefficient)[] _terms;
    private readonly Lazy<double> _curvature;

    private TubeVolume(Shape shape, (int Power, double LogCoefficient)[] terms) =>
        (_curvature, _terms) = (new Lazy<double>(() => TubeCorrection.Of(shape)), terms);

    /// <summary>The tube of a shape whose significance was computed before.</summary>
    public TubeVolume(ShapeSignificance known) => (_curvature, _terms) = (new Lazy<double>(known.Curvature), [.. known.Terms]);

    /// <summary>The terms, the leading one first.</summary>
    public IReadOnlyList<(int Power, double LogCoefficient)> Terms => _terms;

    /// <summary>a of <see cref="TubeCorrection"/>, per square radian.</summary>
    public double Curvature => _curvature.Value;

    /// <summary>The number of normal dimensions q of the leading term.</summary>
    public int Codimension => _terms[0].Power;

    /// <summary>ln P(r) of the leading term at r = 1.</summary>
    public double LogCoefficient => _terms[0].LogCoefficient;

    /// <summary>P(r), capped at 1; 0 at r = 0.</summary>
    /// <param name="residual">r in radians, ≥ 0.</param>
    public double Probability(double residual)
    {
        if (double.IsNaN(residual))
            return double.NaN;
        if (residual <= 0)
            return 0;
        double log = Elementary.Log(residual),
            sum = 0;
        double factor =
            residual <= TubeCorrection.From ? 0 : _curvature.Value * (residual * residual - TubeCorrection.From * TubeCorrection.From);
        foreach ((int power, double coefficient) in _terms)
            sum += Elementary.Exp(coefficient + power * log + factor);
        return Math.Min(1, sum);
    }

    /// <summary>ln P(r), which does not underflow.</summary>
    /// <param name="residual">r in radians, > 0.</param>
    public double LogProbability(double residual)
    {
        double log = Elementary.Log(residual),
            largest = double.NegativeInfinity,
            sum = 0;
        double factor =
            residual <= TubeCorrection.From ? 0 : _curvature.Value * (residual * residual - TubeCorrection.From * TubeCorrection.From);
        foreach ((int power, double coefficient) in _terms)
            largest = Math.Max(largest, coefficient + power * log);
        foreach ((int power, double coefficient) in _terms)
            sum += Elementary.Exp(coefficient + power * log - largest);
        return largest + factor + Elementary.Log(sum);
    }

    public static TubeVolume Of(Shape shape)
    {
        int c = shape.Count,
            d = shape.Dim;
        double common =
            SphereVolumes.LogFactorial(c)
            - System.Numerics.BigInteger.Log(shape.AutomorphismCount)
            + SphereVolumes.LogOrthogonalGroup(d)
            - c * SphereVolumes.LogSphere(d - 1);
        int rigid = c * (d - 1) - d * (d - 1) / 2;
        if (shape.Parameter is not { } range)
            return new TubeVolume(shape, [(rigid, common + SphereVolumes.LogBall(rigid) + LogDensity(shape, double.NaN, null))]);

        double integral = MathNet.Numerics.Integration.GaussLegendreRule.Integrate(
            t => Elementary.Exp(LogDensity(shape, t, Velocity(shape, range, t))),
            range.Low,
            range.High,
            Nodes
        );
        double ends = Elementary.Exp(LogDensity(shape, range.Low, null)) + Elementary.Exp(LogDensity(shape, range.High, null));
        return new TubeVolume(
            shape,
            [
                (rigid - 1, common + SphereVolumes.LogBall(rigid - 1) + Elementary.Log(integral)),
                (rigid, common + SphereVolumes.LogBall(rigid) + Elementary.Log(ends / 2)),
            ]
        );
    }

    internal static double LogDensity(Shape shape, double parameter, double[]? velocity)
    {
        var geometry = new TangentGeometry(shape.Vertices(parameter), shape.Dim, shape.Count);
        return LogDensity(geometry.Residual, geometry.Rotations, velocity is null ? null : geometry.Tangent(velocity), geometry.Size);
    }

    /// <summary>
    /// ln of √det(TᵀT)/√det(Q|N): with T orthonormalised, Q + TTᵀ is the identity on the tangents and Q on the normal space.
    /// </summary>
    /// <param name="q">Q, size×size; overwritten.</param>
    /// <param name="rotations">Infinitesimal rotations.</param>
    /// <param name="velocity">The step along a family; null for a rigid shape.</param>
    /// <param name="size">Number of tangent coordinates.</param>
    internal static double LogDensity(double[] q, IEnumerable<double[]> rotations, double[]? velocity, int size)
    {
        List<double[]> tangents = [.. rotations];
        if (velocity is not null)
            tangents.Add(ProjectOut(q, velocity));
        double logVolume = DenseForm.Orthonormalise(tangents);
        foreach (double[] tangent in tangents)
            Vectors.AddOuterProduct(tangent, q);
        return logVolume - 0.5 * DenseForm.LogDeterminant(q, size);
    }

    /// <summary>Q ← Q − (Qv)(Qv)ᵀ/(vᵀQv): the squared residual after minimising over a step along v. Returns v.</summary>
    internal static double[] ProjectOut(double[] q, double[] v)
    {
        double[] image = DenseForm.Multiply(q, v);
        Vectors.AddOuterProduct(image, q, -1 / DenseForm.Dot(v, image));
        return v;
    }

    internal static double[] Velocity(Shape shape, ShapeParameter range, double t)
    {
        double h = Math.Min(1e-5, 0.5 * Math.Min(t - range.Low, range.High - t));
        double[] after = shape.Vertices(t + h),
            before = shape.Vertices(t - h);
        return [.. after.Zip(before, (a, b) => (a - b) / (2 * h))];
    }
}

/// <summary>
/// The numbers that the p-values of a shape and the end of a search are computed from. An atlas stores them, because they take tens of
/// milliseconds for a shape without symmetries.
/// </summary>
/// <param name="Gap">How nearly the shape is symmetric beyond its symmetries (<see cref="Matching.AmbiguityGap"/>), radians; +∞ where it
/// has no near-symmetry.</param>
/// <param name="Terms">The tube's terms (<see cref="TubeVolume"/>).</param>
/// <param name="Curvature">The tube's correction (<see cref="TubeCorrection"/>), per square radian.</param>
public sealed record ShapeSignificance(double Gap, IReadOnlyList<(int Power, double LogCoefficient)> Terms, double Curvature)
{
    /// <summary>Computes the numbers.</summary>
    /// <param name="shape">A shape of two or more dimensions that is no member of a family.</param>
    public static ShapeSignificance Of(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        TubeVolume tube = TubeVolume.Of(shape);
        return new ShapeSignificance(shape.Geometry.Gap, tube.Terms, tube.Curvature);
    }
}
