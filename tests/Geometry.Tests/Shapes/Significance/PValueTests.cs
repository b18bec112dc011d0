using Geometry.Shapes;
using Geometry.Shapes.Significance;
using Xunit;

namespace Geometry.Tests.Shapes.Significance;

public class PValueTests
{
    [Fact]
    public void Triangle_has_the_closed_form()
    {
        TubeVolume tube = TubeVolume.Of(ShapeCatalogue.Default.Find("triangle"));
        Assert.Equal(2, tube.Codimension);
        Assert.Equal(Math.Log(Math.Sqrt(3) / (2 * Math.PI)), tube.LogCoefficient, 1e-12);
        Assert.Equal(Math.Sqrt(3) / (2 * Math.PI) * .01, tube.Probability(.1), 1e-7);
    }

    /// <summary>
    /// On the circle every angle changes by ±(δ_i − δ_j), and Σ_{i&lt;j} (δ_i − δ_j)² = p Σ δ_i² across the rotation, so Q is 2/(p−1) times
    /// the identity there: P(r) = p!/(2p) · 2·2π·√p · V_{p−1} · ((p−1)/2)^{(p−1)/2} · r^{p−1} / (2π)^p.
    /// </summary>
    [Theory]
    [InlineData("pentagon", 5)]
    [InlineData("hexagon", 6)]
    [InlineData("heptagon", 7)]
    [InlineData("11-gon", 11)]
    public void Polygons_have_a_closed_form(string name, int p)
    {
        double q = p - 1,
            ball = .5 * q * Math.Log(Math.PI) - MathNet.Numerics.SpecialFunctions.GammaLn(.5 * q + 1);
        double expected =
            MathNet.Numerics.SpecialFunctions.FactorialLn(p)
            - Math.Log(2 * p)
            + Math.Log(2 * 2 * Math.PI * Math.Sqrt(p))
            + ball
            - .5 * q * Math.Log(2.0 / (p - 1))
            - p * Math.Log(2 * Math.PI);
        Assert.Equal(expected, TubeVolume.Of(ShapeCatalogue.Default.Find(name)).LogCoefficient, 1e-9);
    }

    [Theory]
    [InlineData("triangle", 2)]
    [InlineData("tetrahedron", 5)]
    [InlineData("triangular-prism", 8)]
    [InlineData("square-antiprism", 12)]
    [InlineData("icosahedron", 21)]
    [InlineData("600-cell", 354)]
    public void The_power_is_the_number_of_normal_dimensions(string name, int expected) =>
        Assert.Equal(expected, TubeVolume.Of(ShapeCatalogue.Default.Find(name)).Codimension);

    [Theory]
    [InlineData("triangle", 300_000, .01, .15)]
    [InlineData("triangle", 300_000, .001, .15)]
    [InlineData("pentagon", 300_000, .01, .15)]
    [InlineData("pentagon", 300_000, .001, .15)]
    [InlineData("octagon", 300_000, .001, .15)]
    [InlineData("tetrahedron", 300_000, .01, .15)]
    [InlineData("tetrahedron", 300_000, .001, .15)]
    [InlineData("simplex-4", 200_000, .001, .15)]
    [InlineData("triangular-prism", 4_000, .01, .35)]
    public void Agrees_with_random_directions(string name, int samples, double p, double tolerance)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(31);
        double[] residuals = new double[samples];
        for (int k = 0; k < samples; k++)
            residuals[k] = ShapeMatcher.Match(random.Random(shape.Dim, shape.Count), shape.Dim, shape.Count).ResidualDegrees;
        Array.Sort(residuals);
        Assert.InRange(shape.PValue(residuals[(int)(p * samples)]) / p, 1 - tolerance, 1 + tolerance);
    }

    [Theory]
    [InlineData("triangle", 0.5)]
    [InlineData("pentagon", 0.1)]
    [InlineData("octagon", 0.3)]
    [InlineData("tetrahedron", 0.1)]
    [InlineData("simplex-5", 0.5)]
    [InlineData("cube", 0.3)]
    public void Is_calibrated_where_random_directions_come_often(string name, double p)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(43);
        const int Samples = 20_000;
        double below = 0;
        for (int k = 0; k < Samples; k++)
            below += ShapeMatcher.Fit(random.Random(shape.Dim, shape.Count), shape).Match.PValue <= p ? 1 : 0;
        // docs/accuracy.md states 12 %; the rest allows for the error of the sample.
        Assert.InRange(below / (p * Samples), 0.87, 1.13);
    }

    [Fact]
    public void Sampling_for_a_p_value_does_not_disturb_the_match_that_asks_for_it()
    {
        // The test has its own catalogue, in which nothing was computed for the shape before.
        double[] vertices = ShapeCatalogue.Default.Find("tetrahedron").Vertices(),
            x = new Directions(47).Random(3, 4);
        ShapeFit first = ShapeMatcher.Fit(x, new Shape("fresh", 3, 4, vertices, "test")),
            again = ShapeMatcher.Fit(x, ShapeCatalogue.Default.Find("tetrahedron"));
        Assert.True(first.Match.PValue > RandomQuantiles.From);
        Assert.Equal(again.Reference, first.Reference);
        Assert.Equal(again.Match.PValue, first.Match.PValue, 1e-9);
    }

    [Fact]
    public void Grows_with_the_residual_and_ends_at_one()
    {
        foreach (Shape shape in ShapeCatalogue.Default.Shapes.Where(s => s.Dim > 1))
        {
            double before = 0;
            Assert.Equal(0, shape.PValue(0));
            foreach (double degrees in new[] { .1, 1, 3, 5, 10, 20, 180 })
            {
                double p = shape.PValue(degrees);
                Assert.InRange(p, before, 1);
                before = p;
            }
        }
        Assert.True(double.IsNaN(ShapeCatalogue.Default.Find("cube").PValue(double.NaN)));
    }

    [Theory]
    [InlineData(2, 3, 100_000)]
    [InlineData(2, 5, 100_000)]
    [InlineData(3, 4, 50_000)]
    [InlineData(3, 8, 2_000)]
    [InlineData(3, 10, 300)]
    public void Random_directions_are_named_in_less_than_one_per_cent(int dim, int count, int samples)
    {
        var random = new Directions(37);
        int named = 0;
        for (int k = 0; k < samples; k++)
            named += ShapeMatcher.Match(random.Random(dim, count), dim, count).IsNamed ? 1 : 0;
        Assert.InRange(named, 0, 0.0085 * samples);
    }

    [Fact]
    public void True_triangles_under_noise_are_kept()
    {
        Shape shape = ShapeCatalogue.Default.Find("triangle");
        var random = new Directions(41);
        const int Samples = 50_000;
        int named = 0;
        for (int k = 0; k < Samples; k++)
        {
            double[] x = random.Moved(shape.Vertices(), 2, random.Orthogonal(2), [0, 1, 2], .04 / .85);
            named += ShapeMatcher.Match(x, 2, 3).Shape == "triangle" ? 1 : 0;
        }
        Assert.InRange(named, .995 * Samples, Samples);
    }
}
