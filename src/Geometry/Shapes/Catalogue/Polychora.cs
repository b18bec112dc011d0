namespace Geometry.Shapes.Catalogue;

/// <summary>
/// Rigid polychora, (4, c). The 16-cell is absent: it is four antipodes. The rectified 5-cell is the Petersen code, optimal for ten points.
/// </summary>
internal static class Polychora
{
    private static readonly double Golden = (1 + Math.Sqrt(5)) / 2;

    public static IEnumerable<Shape> All { get; } =
    [
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
}
