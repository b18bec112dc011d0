using System.Globalization;

namespace Geometry.Shapes.Catalogue;

/// <summary>
/// Regular simplices, (k, k+1), with cosines −1/k, from the tetrahedron to k = 8. Larger ones are members of a family, and the triangle is
/// among the polygons.
/// </summary>
internal static class Simplices
{
    public const string Source = "H. S. M. Coxeter, Regular Polytopes, §7.2; the optimal code of k+1 points in R^k";

    public static IEnumerable<Shape> All { get; } =
    [
        .. Enumerable
            .Range(3, 6)
            .Select(k => new Shape(
                k == 3 ? "tetrahedron" : string.Create(CultureInfo.InvariantCulture, $"simplex-{k}"),
                k,
                k + 1,
                Vertices(k),
                Source
            )),
    ];

    /// <summary>
    /// Vertices of the regular simplex in R^k, row-major (k+1)×k: lower triangular, with positive coordinates on the diagonal.
    /// </summary>
    public static double[] Vertices(int k)
    {
        // In column j, vertex j has the coordinate a_j, and the vertices after it −a_j/(k−j).
        double[] v = new double[(k + 1) * k];
        double rest = 1;
        for (int j = 0; j < k; j++)
        {
            double height = Math.Sqrt(rest);
            double below = -height / (k - j);
            v[j * k + j] = height;
            for (int i = j + 1; i <= k; i++)
                v[i * k + j] = below;
            rest -= below * below;
        }
        return v;
    }
}

/// <summary>The two shapes of a line: a single direction, and two opposite ones.</summary>
internal static class Segments
{
    private const string Source = "N. Elhage et al., Toy Models of Superposition, 2022, arXiv:2209.10652";

    public static IEnumerable<Shape> All { get; } = [new("dedicated", 1, 1, [1], Source), new("antipode", 1, 2, [1, -1], Source)];
}
