using Geometry.Shapes.Matching;

namespace Geometry.Shapes.Significance;

/// <summary>The next order of the tube formula: the factor exp(a·(r² − r₁²)) by which curvature changes P(r) from r₁ = 5° on.</summary>
/// <remarks>
/// In the normal space at a member x(t) a point is y(ν) = normalise(x + Bν), B scaled so that r² = ‖ν‖² to leading order. Along a direction
/// u the residual reaches r₀ at ν = s·u. The volume element is J(ν)·dν, where J is the determinant of all derivatives of (g, t, ν) ↦ g·y,
/// relative to ν = 0. Hence P(r₀)/leading(r₀) = mean over t and u of (s/r₀)^q · J(s·u·√(q/(q+2)))/J(0), exact for quadratic J, with a =
/// ln(that)/(r₀² − r₁²) at r₀ = 10°. Below r₁ the leading order is right within two per cent, and no correction is computed. The directions
/// are seeded and come in opposite pairs, which removes the odd orders. On the circle angles are linear in δ and the torus is flat, so a =
/// 0. a is 0 as well where c(d−1) > 40: such shapes have p far below 1e-12 wherever a match is acceptable. Cost: about 1 to 20 ms, once per
/// shape and only when a p-value beyond r₁ is needed.
/// </remarks>
internal static class TubeCorrection
{
    private const int LargestTangentSpace = 40,
        Pairs = 96,
        FamilyNodes = 5;

    /// <summary>r₁, radians.</summary>
    public const double From = 5 * Math.PI / 180;
    private const double Radius = 10 * Math.PI / 180;

    /// <summary>a, per square radian.</summary>
    public static double Of(Shape shape)
    {
        if (shape.Count * (shape.Dim - 1) > LargestTangentSpace || shape.Dim == 2)
            return 0;
        if (shape.Parameter is not { } range)
            return Elementary.Log(Ratio(shape, double.NaN, Pairs)) / (Radius * Radius - From * From);
        double sum = 0,
            weights = 0;
        for (int k = 0; k < FamilyNodes; k++)
        {
            double t = range.Low + (k + 0.5) / FamilyNodes * (range.High - range.Low);
            double weight = Elementary.Exp(TubeVolume.LogDensity(shape, t, TubeVolume.Velocity(shape, range, t)));
            sum += weight * Ratio(shape, t, Pairs / 4);
            weights += weight;
        }
        return Elementary.Log(sum / weights) / (Radius * Radius - From * From);
    }

    private static double Ratio(Shape shape, double t, int pairs)
    {
        var slice = new NormalSlice(shape, t);
        var state = new Correspondence();
        var random = new Random(20240229);
        double[] u = new double[slice.Codimension];
        double sum = 0,
            flat = slice.LogJacobian(new double[shape.Count * shape.Dim]);
        for (int pair = 0; pair < pairs; pair++)
        {
            double norm = 0;
            for (int k = 0; k < u.Length; k++)
            {
                u[k] = Math.Sqrt(-2 * Elementary.Log(1 - random.NextDouble())) * Elementary.Cos(2 * Math.PI * random.NextDouble());
                norm += u[k] * u[k];
            }
            norm = Math.Sqrt(norm);
            foreach (int sign in (ReadOnlySpan<int>)[1, -1])
            {
                double[] displacement = slice.Displacement(u, sign / norm);
                double s = Reach(shape, slice, state, displacement);
                double at = s * Math.Sqrt(u.Length / (u.Length + 2.0));
                double[] inside = [.. displacement.Select(x => at * x)];
                sum += Elementary.Exp(u.Length * Elementary.Log(s / Radius) + slice.LogJacobian(inside) - flat);
            }
        }
        return sum / (2 * pairs);
    }

    // The s at which the residual of x + s·w is Radius. The residual is about s, so s ← s·Radius/residual converges fast. After eight steps
    // without convergence, the relative error of s is that of the residual; s is one sample of a mean of which two digits are needed.
    private static double Reach(Shape shape, NormalSlice slice, Correspondence state, double[] displacement)
    {
        double s = Radius;
        double[] y = new double[displacement.Length];
        for (int step = 0; step < 8; step++)
        {
            slice.Point(displacement, s, y);
            state.Load(y, shape.Dim, shape.Count);
            state.ComputeAngles();
            state.Begin(shape.Geometry);
            state.UsePose(shape.Geometry.Poses[0]);
            for (int i = 0; i < shape.Count; i++)
                state.Trial[i] = i;
            state.FitParameter(polish: true);
            double residual = state.Residual();
            s *= Radius / residual;
            if (Math.Abs(residual - Radius) < 1e-6)
                break;
        }
        return s;
    }
}
