namespace Geometry.Shapes.Catalogue;

/// <summary>Gosset's semiregular polytopes in dimensions 5 to 7, each an optimal (and unique) spherical code.</summary>
/// <remarks>
/// Source: H. Cohn and A. Kumar, J. Amer. Math. Soc. 20 (2007), table 1 (optimal codes); H. S. M. Coxeter, Regular Polytopes, §11.8.
/// Coordinates by branching: 2_21 is a point, ten axis points and a 5-demicube at heights 4, −2, 1 (times 1/√12) over R⁵; 3_21 is a point,
/// 2_21, −2_21 and the opposite point at heights 3, 1, −1, −3 (times 1/√6) over R⁶.
/// </remarks>
internal static class HigherPolytopes
{
    private const string Source =
        "H. Cohn and A. Kumar, J. Amer. Math. Soc. 20 (2007), table 1; H. S. M. Coxeter, Regular Polytopes, §11.8";

    public static IEnumerable<Shape> All { get; } =
    [
        new("5-demicube", 5, 16, Demicube(), Source),
        new("gosset-2_21", 6, 27, Gosset221(), Source),
        new("gosset-3_21", 7, 56, Gosset321(), Source),
    ];

    private static double[] Demicube() => VertexSets.Orbit([.5, .5, .5, .5, .5], Permutations.None, evenSigns: true);

    private static double[] Gosset221()
    {
        double unit = 1 / Math.Sqrt(12);
        return
        [
            .. Lift(new double[5], 5, 4 * unit, 1),
            .. Lift(VertexSets.Orbit([1, 0, 0, 0, 0], Permutations.Cyclic), 5, -2 * unit, 1),
            .. Lift(Demicube(), 5, unit, 1),
        ];
    }

    private static double[] Gosset321()
    {
        double unit = 1 / Math.Sqrt(6);
        return
        [
            .. Lift(new double[6], 6, 3 * unit, 1),
            .. Lift(Gosset221(), 6, unit, 1),
            .. Lift(Gosset221(), 6, unit, -1),
            .. Lift(new double[6], 6, 3 * unit, -1),
        ];
    }

    // Appends the height as a last coordinate and multiplies by the sign.
    private static IEnumerable<double> Lift(double[] v, int d, double height, int sign) =>
        v.Chunk(d).SelectMany(row => (double[])[.. row, height]).Select(x => sign * x);
}
