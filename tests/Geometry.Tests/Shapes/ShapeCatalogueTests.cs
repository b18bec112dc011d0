using Geometry.Shapes;
using Xunit;

namespace Geometry.Tests.Shapes;

public class ShapeCatalogueTests
{
    public static TheoryData<string> Names => [.. ShapeCatalogue.Default.Shapes.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_member_is_made_of_unit_vectors_that_span_and_do_not_split(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        foreach (double t in Members(shape))
        {
            double[] v = shape.Vertices(t);
            for (int i = 0; i < shape.Count; i++)
                Assert.Equal(1, Math.Sqrt(Directions.Dot(v.AsSpan(i * shape.Dim, shape.Dim), v.AsSpan(i * shape.Dim, shape.Dim))), 1e-14);
            Assert.Equal(shape.Dim, Matroid.Rank(v, shape.Dim, shape.Count));
            Assert.Equal(1, Matroid.Components(v, shape.Dim, shape.Count));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Vertices_of_every_member_stay_apart(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        if (shape.Count == 1)
            return;
        // The smallest angle of a p-gon is 360°/p; among the others the 600-cell has the smallest, 36°.
        double least =
            shape.Dim == 2 ? (360.0 / shape.Count) - 1e-9
            : shape.Parameter is null ? 35.9
            : 38;
        foreach (double t in Members(shape))
        {
            double[] v = shape.Vertices(t);
            for (int i = 0; i < shape.Count; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.True(Directions.Angle(v, i, j, shape.Dim) * 180 / Math.PI > least, $"{name} at {t}: vertices {j} and {i}");
            }
        }
    }

    [Fact]
    public void The_square_is_seen_as_two_components()
    {
        Assert.Equal(2, Matroid.Components([1, 0, 0, 1, -1, 0, 0, -1], 2, 4));
        Assert.Equal(2, Matroid.Components([1, 0, 0, -.5, .75, 0, -.5, -.75, 0, 0, 0, 1, 0, 0, -1], 3, 5));
    }

    [Fact]
    public void No_two_entries_are_nearly_congruent()
    {
        foreach (Shape a in ShapeCatalogue.Default.Shapes.Where(s => s.Dim > 1))
        {
            foreach (Shape b in ShapeCatalogue.Default.OfSize(a.Dim, a.Count).Where(b => b != a && b.Member is not { IsGeneral: true }))
            {
                double nearest = Members(a).Min(t => ShapeMatcher.Fit(a.Vertices(t), b).Match.ResidualDegrees);
                Assert.True(nearest > 4, $"{a.Name} is {nearest}° from {b.Name}");
            }
        }
    }

    [Theory]
    [InlineData("triangle", "-0.5:3")]
    [InlineData("pentagon", "-0.809017:5 0.309017:5")]
    [InlineData("hexagon", "-1:3 -0.5:6 0.5:6")]
    [InlineData("tetrahedron", "-0.333333:6")]
    [InlineData("simplex-8", "-0.125:36")]
    [InlineData("cube", "-1:4 -0.333333:12 0.333333:12")]
    [InlineData("square-antiprism", "-0.783612:8 -0.477592:4 0.261204:16")]
    [InlineData("square-antiprism@.3140893", "-0.799101:8 -0.371821:4 0.170923:8 0.314089:8")]
    [InlineData("square-antiprism@.3333333333333333", "-0.804738:8 -0.333333:4 0.138071:8 0.333333:8")]
    [InlineData("triangular-prism", "-0.666667:6 0:6 0.333333:3")]
    [InlineData("triangular-prism@.42857142857142855", "-0.714286:6 0.142857:9")]
    [InlineData("icosahedron", "-1:6 -0.447214:30 0.447214:30")]
    [InlineData("rectified-5-cell", "-0.666667:15 0.166667:30")]
    [InlineData("3x3-duoprism", "-0.5:18 0.25:18")]
    [InlineData("tesseract", "-1:8 -0.5:32 0:48 0.5:32")]
    [InlineData("24-cell", "-1:12 -0.5:96 0:72 0.5:96")]
    [InlineData("600-cell", "-1:60 -0.809017:720 -0.5:1200 -0.309017:720 0:1800 0.309017:720 0.5:1200 0.809017:720")]
    [InlineData("5-demicube", "-0.6:40 0.2:80")]
    [InlineData("gosset-2_21", "-0.5:135 0.25:216")]
    [InlineData("gosset-3_21", "-1:28 -0.333333:756 0.333333:756")]
    public void Spectra_are_those_of_the_literature(string nameAtParameter, string expected)
    {
        string[] parts = nameAtParameter.Split('@');
        Shape shape = ShapeCatalogue.Default.Find(parts[0]);
        double[] v =
            parts.Length > 1 ? shape.Vertices(double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)) : shape.Vertices();
        var pairs =
            from i in Enumerable.Range(0, shape.Count)
            from j in Enumerable.Range(0, i)
            let cos = Math.Round(Math.Cos(Directions.Angle(v, i, j, shape.Dim)), 6) + 0.0
            group cos by cos == 0 ? 0 : cos into g
            orderby g.Key
            select FormattableString.Invariant($"{g.Key}:{g.Count()}");
        Assert.Equal(expected, string.Join(' ', pairs));
    }

    [Theory]
    [InlineData("code(3,7)", .2101383127)]
    [InlineData("square-antiprism", .2612038750)]
    [InlineData("tricapped-triangular-prism", 1.0 / 3)]
    [InlineData("code(3,10)", .4043943252)]
    [InlineData("code(3,11)", .4472135955)]
    [InlineData("code(4,9)", .1620151996)]
    public void Optimal_codes_have_the_known_largest_cosine(string name, double expected)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        double[] v = shape.Vertices();
        double smallest = Enumerable
            .Range(1, shape.Count - 1)
            .Min(i => Enumerable.Range(0, i).Min(j => Directions.Angle(v, i, j, shape.Dim)));
        Assert.Equal(expected, Math.Cos(smallest), 2e-10);
    }

    [Fact]
    public void The_code_of_nine_points_in_four_dimensions_has_the_mixed_dimensionalities_of_the_open_question()
    {
        double[] found = Dimensionalities(ShapeCatalogue.Default.Find("code(4,9)"));
        double[] expected = [.386, .434, .434, .434, .434, .465, .465, .465, .465];
        Assert.All(found.Order().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 6e-4));
    }

    [Theory]
    [InlineData("simplex-5", 5.0 / 6)]
    [InlineData("pentagon", 2.0 / 5)]
    [InlineData("11-gon", 2.0 / 11)]
    [InlineData("cube", 3.0 / 8)]
    [InlineData("square-antiprism", .366421)]
    [InlineData("triangular-prism", 1.0 / 2)]
    [InlineData("icosahedron", 1.0 / 4)]
    [InlineData("3x3-duoprism", 4.0 / 9)]
    [InlineData("24-cell", 1.0 / 6)]
    [InlineData("600-cell", 1.0 / 30)]
    public void Feature_dimensionalities_are_those_of_the_literature(string name, double expected) =>
        Assert.All(Dimensionalities(ShapeCatalogue.Default.Find(name)), d => Assert.Equal(expected, d, 1e-6));

    [Theory]
    [InlineData("triangle", 6)]
    [InlineData("12-gon", 24)]
    [InlineData("tetrahedron", 24)]
    [InlineData("simplex-8", 362880)]
    [InlineData("triangular-prism", 12)]
    [InlineData("square-antiprism", 16)]
    [InlineData("tricapped-triangular-prism", 12)]
    [InlineData("gyroelongated-square-bipyramid", 16)]
    [InlineData("cube", 48)]
    [InlineData("icosahedron", 120)]
    [InlineData("3x3-duoprism", 72)]
    [InlineData("rectified-5-cell", 120)]
    [InlineData("tesseract", 384)]
    [InlineData("24-cell", 1152)]
    [InlineData("600-cell", 14400)]
    [InlineData("5-demicube", 1920)]
    [InlineData("gosset-2_21", 51840)]
    [InlineData("gosset-3_21", 2903040)]
    [InlineData("code(3,7)", 6)]
    [InlineData("code(3,10)", 4)]
    [InlineData("code(3,11)", 10)]
    public void Automorphism_groups_have_the_known_order(string name, int expected) =>
        Assert.Equal(expected, ShapeCatalogue.Default.Find(name).AutomorphismCount);

    [Fact]
    public void Sizes_whose_optimum_is_reducible_have_no_code()
    {
        foreach ((int dim, int count) in new[] { (2, 4), (3, 5), (4, 6), (4, 7), (4, 8) })
            Assert.Empty(ShapeCatalogue.Default.OfSize(dim, count));
        Assert.Equal(["triangular-prism"], ShapeCatalogue.Default.OfSize(3, 6).Select(s => s.Name));
    }

    [Fact]
    public void Unknown_names_get_the_nearest_known_one()
    {
        var error = Assert.Throws<ArgumentException>(() => ShapeCatalogue.Default.Find("pentagn"));
        Assert.Contains("'pentagn'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'pentagon'", error.Message, StringComparison.Ordinal);
        Assert.Equal("3x3-duoprism", ShapeCatalogue.Default.NearestName("3x3duoprism"));
        Assert.Equal("octahedron", ShapeCatalogue.Default.NearestName("octohedron"));
    }

    [Fact]
    public void Bad_entries_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Shape("zero", 2, 2, [1, 0, 0, 0], "test"));
        Assert.Throws<ArgumentException>(() => new Shape("short", 2, 3, [1, 0, 0, 1], "test"));
        Assert.Throws<ArgumentException>(() => new Shape("two words", 1, 1, [1], "test"));
        Assert.Throws<ArgumentException>(() => new ShapeCatalogue([new Shape("a", 1, 1, [1], "test"), new Shape("a", 1, 1, [1], "test")]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShapeCatalogue.Default.Find("square-antiprism").Vertices(.9));
    }

    internal static IEnumerable<double> Members(Shape shape) =>
        shape.Parameter is { } p ? Enumerable.Range(0, 9).Select(k => Math.Min(p.High, p.Low + k * (p.High - p.Low) / 8)) : [double.NaN];

    // D_i of unit vectors: 1 / Σ_j cos²∠(i, j).
    private static double[] Dimensionalities(Shape shape)
    {
        double[] v = shape.Vertices();
        return
        [
            .. Enumerable
                .Range(0, shape.Count)
                .Select(i => 1 / Enumerable.Range(0, shape.Count).Sum(j => Math.Pow(Math.Cos(Directions.Angle(v, i, j, shape.Dim)), 2))),
        ];
    }
}
