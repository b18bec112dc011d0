namespace Geometry.Shapes.Catalogue;

/// <summary>The rigid polytopes: regular and quasiregular polyhedra, polychora, and Gosset's semiregular polytopes.</summary>
/// <remarks>
/// The octahedron and the 16-cell are absent, because they are three and four antipodes. The rectified 5-cell is the Petersen code, optimal
/// for ten points. Gosset's polytopes in dimensions 5 to 7 are optimal (and unique) spherical codes (H. Cohn and A. Kumar, J. Amer. Math.
/// Soc. 20 (2007), table 1; H. S. M. Coxeter, Regular Polytopes, §11.8). Their coordinates are built by branching: 2_21 is a point, ten
/// axis points and a 5-demicube at heights 4, −2, 1 (times 1/√12) over R⁵; 3_21 is a point, 2_21, −2_21 and the opposite point at heights
/// 3, 1, −1, −3 (times 1/√6) over R⁶.
/// </remarks>
internal static class Polytopes
{
    private const string Polyhedra = "H. S. M. Coxeter, Regular Polytopes, §3.7";
    private const string Gosset =
        "H. Cohn and A. Kumar, J. Amer. Math. Soc. 20 (2007), table 1; H. S. M. Coxeter, Regular Polytopes, §11.8";
    private static readonly double Golden = (1 + Math.Sqrt(5)) / 2;

    public static IEnumerable<Shape> All { get; } =
    [
        new("cube", 3, 8, VertexSets.Orbit([1, 1, 1], Permutations.None), Polyhedra),
        new("icosahedron", 3, 12, VertexSets.Orbit([0, 1, Golden], Permutations.Cyclic), Polyhedra),
        new("cuboctahedron", 3, 12, VertexSets.Orbit([1, 1, 0], Permutations.All), Polyhedra),
        new(
            "dodecahedron",
            3,
            20,
            [.. VertexSets.Orbit([1, 1, 1], Permutations.None), .. VertexSets.Orbit([0, 1 / Golden, Golden], Permutations.Cyclic)],
            Polyhedra
        ),
        new("3x3-duoprism", 4, 9, Duoprism(3, 3), "H. S. M. Coxeter, Regular Polytopes, §7.1 (Cartesian product of two triangles)"),
        new(
            "rectified-5-cell",
            4,
            10,
            EdgeMidpoints(Simplices.Vertices(4), 4),
            "H. S. M. Coxeter, Regular Polytopes, §8.1; C. Bachoc and F. Vallentin, J. Combin. Theory A 116 (2009): optimal"
        ),
        new("tesseract", 4, 16, VertexSets.Orbit([1, 1, 1, 1], Permutations.None), "H. S. M. Coxeter, Regular Polytopes, §7.2"),
        new("24-cell", 4, 24, VertexSets.Orbit([1, 1, 0, 0], Permutations.All), "H. S. M. Coxeter, Regular Polytopes, §8.2"),
        new(
            "600-cell",
            4,
            120,
            [
                .. VertexSets.Orbit([2, 0, 0, 0], Permutations.Cyclic),
                .. VertexSets.Orbit([1, 1, 1, 1], Permutations.None),
                .. VertexSets.Orbit([Golden, 1, 1 / Golden, 0], Permutations.Even),
            ],
            "H. S. M. Coxeter, Regular Polytopes, §8.7"
        ),
        new("5-demicube", 5, 16, Demicube(), Gosset),
        new("gosset-2_21", 6, 27, Gosset221(), Gosset),
        new("gosset-3_21", 7, 56, Gosset321(), Gosset),
    ];

    private static double[] Duoprism(int p, int q)
    {
        double[] v = new double[4 * p * q];
        for (int i = 0; i < p * q; i++)
        {
            (v[4 * i + 1], v[4 * i]) = Elementary.SinCos(2 * Math.PI * (i / q) / p);
            (v[4 * i + 3], v[4 * i + 2]) = Elementary.SinCos(2 * Math.PI * (i % q) / q);
        }
        return v;
    }

    private static double[] EdgeMidpoints(double[] v, int d)
    {
        List<double> midpoints = [];
        for (int i = 0; i < v.Length / d; i++)
        {
            for (int j = i + 1; j < v.Length / d; j++)
            {
                for (int k = 0; k < d; k++)
                    midpoints.Add(v[i * d + k] + v[j * d + k]);
            }
        }
        return [.. midpoints];
    }

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
