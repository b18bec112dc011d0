namespace Geometry.Shapes.Significance;

/// <summary>
/// P(r) for a shape of opposite pairs: the probability that L independent random lines of R^d, with a vector at either end of each, come
/// within residual r (radians) of it.
/// </summary>
/// <remarks>
/// <para>
/// The formula is that of <see cref="TubeVolume"/> with the pairs kept opposite: the L(d−1) coordinates of the lines take the place of the
/// 2L(d−1) coordinates of the vectors, Q is restricted to displacements that keep opposites opposite, and there are 2^L·L!/|Aut|
/// placements, the ways to label the lines and their ends. There are q = L(d−1) − d(d−1)/2 normal dimensions, less one for a family.
/// </para>
/// <para>
/// Checks: in the plane lines are points at twice the angle, so P of the hexagon is that of the triangle, √3R²/2π with R² =
/// 4·r²·(2L−1)/(2(L−1)), the residual of the lines at twice the angle; P of the cube is <see cref="LineFrameTube.LogTightCoefficient"/>.
/// Source: that of TubeVolume. Cost: O(c²d²·L(d−1)), once per shape.
/// </para>
/// </remarks>
internal sealed class LineTubeVolume
{
    // With more coordinates P is below 1e-12 wherever a match is acceptable; TubeCorrection has the same bound.
    private const int LargestTangentSpace = 40,
        Nodes = 24;
    private const double Rounding = 1e-9;
    private readonly int _power;
    private readonly double _logCoefficient;

    private LineTubeVolume(int power, double logCoefficient) => (_power, _logCoefficient) = (power, logCoefficient);

    /// <summary>ln P(r), to leading order.</summary>
    /// <param name="residual">r in radians, &gt; 0.</param>
    public double LogProbability(double residual) => _logCoefficient + _power * Elementary.Log(residual);

    /// <summary>The tube of a shape; null where the shape is not made of opposite pairs, or has too many of them.</summary>
    public static LineTubeVolume? Of(Shape shape)
    {
        int d = shape.Dim,
            c = shape.Count,
            lines = c / 2;
        if (d < 2 || lines * (d - 1) > LargestTangentSpace || Opposites(shape) is not { } opposite)
            return null;
        double common =
            lines * Elementary.Log(2)
            + SphereVolumes.LogFactorial(lines)
            - System.Numerics.BigInteger.Log(shape.AutomorphismCount)
            + SphereVolumes.LogOrthogonalGroup(d)
            - lines * SphereVolumes.LogSphere(d - 1);
        int rigid = lines * (d - 1) - d * (d - 1) / 2;
        if (shape.Parameter is not { } range)
            return new LineTubeVolume(rigid, common + SphereVolumes.LogBall(rigid) + LogDensity(shape, opposite, double.NaN, null));
        double integral = MathNet.Numerics.Integration.GaussLegendreRule.Integrate(
            t => Elementary.Exp(LogDensity(shape, opposite, t, TubeVolume.Velocity(shape, range, t))),
            range.Low,
            range.High,
            Nodes
        );
        return new LineTubeVolume(rigid - 1, common + SphereVolumes.LogBall(rigid - 1) + Elementary.Log(integral));
    }

    /// <summary>The opposite of each vertex; null where some vertex has none at the typical parameter or at an end of the range.</summary>
    private static int[]? Opposites(Shape shape)
    {
        int d = shape.Dim,
            c = shape.Count;
        int[] opposite = new int[c];
        double[][] members = shape.Parameter is { } range
            ? [shape.Vertices(), shape.Vertices(range.Low), shape.Vertices(range.High)]
            : [shape.Vertices()];
        for (int i = 0; i < c; i++)
        {
            opposite[i] = Enumerable.Range(0, c).FirstOrDefault(j => Array.TrueForAll(members, x => AreOpposite(x, i, j)), -1);
            if (opposite[i] < 0)
                return null;
        }
        return opposite;

        bool AreOpposite(double[] x, int i, int j)
        {
            for (int k = 0; k < d; k++)
            {
                if (Math.Abs(x[i * d + k] + x[j * d + k]) > Rounding)
                    return false;
            }
            return true;
        }
    }

    private static double LogDensity(Shape shape, int[] opposite, double parameter, double[]? velocity)
    {
        int d = shape.Dim,
            c = shape.Count,
            t = d - 1;
        var geometry = new TangentGeometry(shape.Vertices(parameter), d, c);
        int[] ends = [.. Enumerable.Range(0, c).Where(i => i < opposite[i])];
        // In move (l, a) the end i of line l moves along its tangent axis a, and the other end in the opposite direction.
        double[][] moves = [.. from i in ends from a in Enumerable.Range(0, t) select Move(geometry, i, opposite[i], i * t + a, d)];
        double[][] images = [.. moves.Select(m => DenseForm.Multiply(geometry.Residual, m))];
        double[] q = [.. from m in moves from image in images select DenseForm.Dot(m, image)];
        double[]? along = velocity is null ? null : Reduced(geometry.Tangent(velocity));
        return TubeVolume.LogDensity(q, geometry.Rotations.Select(Reduced), along, moves.Length);

        double[] Reduced(double[] tangent) => [.. ends.SelectMany(i => tangent[(i * t)..((i + 1) * t)])];
    }

    private static double[] Move(TangentGeometry geometry, int end, int other, int coordinate, int d)
    {
        double[] unit = new double[geometry.Size];
        unit[coordinate] = 1;
        double[] velocity = geometry.Ambient(unit);
        for (int k = 0; k < d; k++)
            velocity[other * d + k] = -velocity[end * d + k];
        return geometry.Tangent(velocity);
    }
}
