using System.Globalization;

namespace Geometry.Shapes.Catalogue;

/// <summary>
/// p-gons up to <see cref="Most"/>, (2, p): vertex k at the angle 2πk/p; larger ones are members of a family. p = 4 is absent, because a
/// square is two antipodes.
/// </summary>
internal static class RegularPolygons
{
    /// <summary>The largest p that is an entry of the catalogue.</summary>
    public const int Most = 32;

    public const string Source = "H. S. M. Coxeter, Regular Polytopes, §1.1; the optimal codes of the circle";

    public static IEnumerable<Shape> All { get; } =
    [.. Enumerable.Range(3, Most - 2).Where(p => p != 4).Select(p => new Shape(Name(p), 2, p, Vertices(p), Source))];

    public static string Name(int p) =>
        p switch
        {
            3 => "triangle",
            4 => "square",
            5 => "pentagon",
            6 => "hexagon",
            7 => "heptagon",
            8 => "octagon",
            _ => string.Create(CultureInfo.InvariantCulture, $"{p}-gon"),
        };

    /// <summary>Writes the vertices, row-major p×2.</summary>
    public static void Vertices(int p, Span<double> v)
    {
        for (int k = 0; k < p; k++)
            (v[2 * k + 1], v[2 * k]) = Elementary.SinCos(2 * Math.PI * k / p);
    }

    private static double[] Vertices(int p)
    {
        double[] v = new double[2 * p];
        Vertices(p, v);
        return v;
    }
}
