using System.Globalization;

namespace Geometry.Shapes.Catalogue;

/// <summary>p-gons up to 32, (2, p): vertex k at the angle 2πk/p. p = 4 is absent: a square is two antipodes.</summary>
internal static class RegularPolygons
{
    public static IEnumerable<Shape> All { get; } =
    [
        .. Enumerable.Range(3, 30).Where(p => p != 4).Select(p => new Shape(Name(p), 2, p, Vertices(p), "H. S. M. Coxeter, Regular Polytopes, §1.1; the optimal codes of the circle")),
    ];

    public static string Name(int p) => p switch
    {
        3 => "triangle",
        4 => "square",
        5 => "pentagon",
        6 => "hexagon",
        7 => "heptagon",
        8 => "octagon",
        _ => string.Create(CultureInfo.InvariantCulture, $"{p}-gon"),
    };

    private static double[] Vertices(int p)
    {
        double[] v = new double[2 * p];
        for (int k = 0; k < p; k++) (v[2 * k + 1], v[2 * k]) = Math.SinCos(2 * Math.PI * k / p);
        return v;
    }
}
