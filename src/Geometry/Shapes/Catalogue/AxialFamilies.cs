namespace Geometry.Shapes.Catalogue;

/// <summary>
/// One-parameter families in R³ with the parameter t = z²: two rings of n vertices (√(1−t) cos α, √(1−t) sin α, ±√t), either aligned
/// (prism) or turned by π/n (antiprism), with caps on the equator or at the poles where the name says so.
/// </summary>
/// <remarks>
/// For t → 0 the rings flatten into the equator, and for t → 1 each contracts to a pole; every range keeps all vertices at least 38° apart.
/// Inside it every member spans R³, is irreducible, and differs from the other entries. The triangular antiprism is absent, because it
/// consists of three lines. Trained models have various heights (z² is about .27 for the square antiprism at the 1-sparse optimum, and 1/3
/// where the frame is tight).
/// </remarks>
internal static class AxialFamilies
{
    private const string Prisms = "H. S. M. Coxeter, Regular Polytopes, §1.3 and §2.1; typical value: tight frame, z² = 1/3";
    private const string Antiprisms = "N. Elhage et al., Toy Models of Superposition, 2022 (square antiprism); typical value: ";

    public static IEnumerable<Shape> All { get; } =
    [
        Family("triangular-prism", 6, .15, .75, 1.0 / 3, Prisms, (t, v) => Rings(t, v, 3, turned: false)),
        Family("pentagonal-prism", 10, .15, .60, 1.0 / 3, Prisms, (t, v) => Rings(t, v, 5, turned: false)),
        Family("hexagonal-prism", 12, .12, .50, 1.0 / 3, Prisms, (t, v) => Rings(t, v, 6, turned: false)),
        Family(
            "square-antiprism",
            8,
            .10,
            .60,
            (2 * Math.Sqrt(2) - 1) / 7,
            Antiprisms + "Tammes, K. Schütte and B. L. van der Waerden, Math. Ann. 123 (1951), (2√2−1)/7",
            (t, v) => Rings(t, v, 4, turned: true)
        ),
        Family("pentagonal-antiprism", 10, .06, .60, 1.0 / 3, Antiprisms + "tight frame, 1/3", (t, v) => Rings(t, v, 5, turned: true)),
        Family("hexagonal-antiprism", 12, .06, .50, 1.0 / 3, Antiprisms + "tight frame, 1/3", (t, v) => Rings(t, v, 6, turned: true)),
        Family(
            "tricapped-triangular-prism",
            9,
            .25,
            .80,
            5.0 / 9,
            "K. Schütte and B. L. van der Waerden, Math. Ann. 123 (1951): at 5/9 the optimal code of 9 points, cosine 1/3",
            (t, v) =>
            {
                Rings(t, v, 3, turned: false);
                Ring(v[18..], 3, 1, 0, Math.PI / 3);
            }
        ),
        Family(
            "gyroelongated-square-bipyramid",
            10,
            .05,
            .45,
            .1787,
            "the least-energy 10 points (D4d) of J. J. Thomson's problem; N. W. Johnson, Canad. J. Math. 18 (1966), J17",
            (t, v) =>
            {
                Rings(t, v, 4, turned: true);
                v[24] = v[25] = v[27] = v[28] = 0;
                v[26] = 1;
                v[29] = -1;
            }
        ),
    ];

    private static Shape Family(string name, int count, double low, double high, double typical, string source, ShapeVertices vertices) =>
        new(name, 3, count, new ShapeParameter("z²", low, high, typical), vertices, source);

    private static void Rings(double t, Span<double> v, int n, bool turned)
    {
        double radius = Math.Sqrt(1 - t),
            height = Math.Sqrt(t);
        Ring(v, n, radius, height, 0);
        Ring(v[(3 * n)..], n, radius, -height, turned ? Math.PI / n : 0);
    }

    private static void Ring(Span<double> v, int n, double radius, double height, double phase)
    {
        for (int k = 0; k < n; k++)
        {
            (double sin, double cos) = Elementary.SinCos(phase + 2 * Math.PI * k / n);
            v[3 * k] = radius * cos;
            v[3 * k + 1] = radius * sin;
            v[3 * k + 2] = height;
        }
    }
}
