using System.Globalization;

namespace Geometry.Shapes.Catalogue;

/// <summary>
/// Regular simplices, (k, k+1), every cosine −1/k, up to k = 8; the family goes on from there. The triangle is with the polygons.
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
    /// Vertices of the regular simplex in R^k, row-major (k+1)×k: row i has its apex coordinate at i, lower triangular before it.
    /// </summary>
    public static double[] Vertices(int k)
    {
        // Column j: vertex j has the height a_j over the base of the vertices after it, which all have −a_j/(k−j).
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
