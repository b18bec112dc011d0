using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Shapes.Catalogue;
using Geometry.Shapes.Families;
using Geometry.Shapes.Significance;
using Xunit;

namespace Geometry.Tests.Shapes.Significance;

/// <summary>
/// Compares the closed forms with the numeric tube volume of the same vertices, and the approximations with random directions.
/// </summary>
public class FamilyTubeTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    public void Of_simplices(int k) => Same(Simplices.Vertices(k), k, SimplexTube.LogCoefficient(k));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(10)]
    public void Of_diplosimplices(int k)
    {
        double[] v = Simplices.Vertices(k);
        Same([.. v, .. v.Select(x => -x)], k, LineFrameTube.LogCoefficient(k, k + 1));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Of_demicubes(int k) =>
        Same(
            VertexSets.Orbit([.. Enumerable.Repeat(1.0, k)], Geometry.Shapes.Catalogue.Permutations.None, evenSigns: true),
            k,
            DemicubeTube.LogCoefficient(k)
        );

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Of_rectified_simplices(int k) =>
        Same(new Shape(new RectifiedSimplexMember(k)).Vertices(), k, RectifiedSimplexTube.LogCoefficient(k));

    [Theory]
    [InlineData(5)]
    [InlineData(11)]
    [InlineData(17)]
    public void Of_polygons(int p)
    {
        var member = new PolygonMember(p);
        Same(new Shape(member).Vertices(), 2, member.LogProbability(1));
    }

    [Theory]
    [InlineData("simplex-9", "3628800")]
    [InlineData("diplosimplex-4", "240")]
    [InlineData("demicube-6", "23040")]
    [InlineData("rectified-5-simplex", "720")]
    [InlineData("33-gon", "66")]
    public void Symmetry_groups_have_the_order_that_counting_gives(string name, string order)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        Assert.Equal(order, shape.AutomorphismCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(shape.AutomorphismCount, new Shape("counted", shape.Dim, shape.Count, shape.Vertices(), "test").AutomorphismCount);
    }

    /// <summary>
    /// Exact for corank 1; for larger coranks the density at equal norms is that of a Dirichlet law, which is up to 2.4 times too large.
    /// </summary>
    [Theory]
    [InlineData(2, 3, .85, 1.15)]
    [InlineData(3, 4, .75, 1.25)]
    [InlineData(3, 5, 1, 2.2)]
    [InlineData(4, 6, 1, 2.5)]
    [InlineData(4, 7, 1, 2.8)]
    public void The_density_of_tight_lines_agrees_with_random_lines(int k, int lines, double low, double high)
    {
        const int Samples = 500_000;
        var random = new GaussianSource(5);
        double[] x = new double[k * lines],
            s = new double[k * k],
            distances = new double[Samples];
        for (int t = 0; t < Samples; t++)
        {
            random.Normal(x);
            Array.Clear(s);
            for (int l = 0; l < lines; l++)
            {
                ReadOnlySpan<double> row = x.AsSpan(l * k, k);
                double norm = Directions.Dot(row, row);
                for (int a = 0; a < k; a++)
                {
                    for (int b = 0; b < k; b++)
                        s[a * k + b] += row[a] * row[b] / norm;
                }
            }
            for (int a = 0; a < k; a++)
                s[a * k + a] -= (double)lines / k;
            distances[t] = Math.Sqrt(Directions.Dot(s, s));
        }
        Array.Sort(distances);
        int q = (k - 1) * (k + 2) / 2,
            hits = 200;
        double predicted = Math.Exp(LineFrameTube.LogTightDensity(k, lines) + SphereVolumes.LogBall(q) + q * Math.Log(distances[hits]));
        Assert.InRange(predicted / ((double)hits / Samples), low, high);
    }

    [Theory]
    [InlineData(9, 20_000)]
    [InlineData(14, 5_000)]
    [InlineData(30, 500)]
    public void Random_directions_are_no_nearer_to_a_simplex_than_its_p_value_allows(int k, int samples)
    {
        Shape shape = ShapeCatalogue.Default.Find($"simplex-{k}");
        var random = new Directions(3);
        double[] residuals =
        [
            .. Enumerable.Range(0, samples).Select(_ => ShapeMatcher.Match(random.Random(k, k + 1), k, k + 1).ResidualDegrees).Order(),
        ];
        for (int hits = 5; hits < samples / 2; hits *= 3)
            Assert.InRange(shape.PValue(residuals[hits]), .6 * hits / samples, 1);
    }

    [Fact]
    public void P_values_grow_with_the_residual_and_shrink_to_zero_without_error()
    {
        foreach (
            string name in new[]
            {
                "50-gon",
                "2000-gon",
                "simplex-9",
                "simplex-1500",
                "diplosimplex-4",
                "diplosimplex-700",
                "line-frame(3,10)",
                "line-frame(200,600)",
                "rectified-20-simplex",
                "demicube-11",
            }
        )
        {
            Shape shape = ShapeCatalogue.Default.Find(name);
            double before = 0;
            Assert.Equal(0, shape.PValue(0));
            Assert.True(double.IsNaN(shape.PValue(double.NaN)));
            foreach (double degrees in new[] { 1e-300, .1, 1, 3, 5, 10, 20, 90, 180, double.PositiveInfinity })
            {
                double p = shape.PValue(degrees);
                Assert.InRange(p, before, 1);
                before = p;
            }
            Assert.Equal(1, before);
        }
    }

    [Fact]
    public void Logarithms_go_on_where_p_values_underflow()
    {
        foreach (
            string name in new[]
            {
                "antipode",
                "triangle",
                "square-antiprism",
                "600-cell",
                "simplex-8",
                "simplex-60",
                "diplosimplex-14",
                "line-frame(28,64)",
                "demicube-9",
            }
        )
        {
            Shape shape = ShapeCatalogue.Default.Find(name);
            double before = double.NegativeInfinity;
            Assert.True(shape.Dim == 1 || double.IsNegativeInfinity(shape.LogPValue(0)));
            Assert.True(shape.Dim == 1 || double.IsNaN(shape.LogPValue(double.NaN)));
            foreach (double degrees in new[] { 1e-6, .01, .1, .5, 1, 2, 5, 10, 90 })
            {
                double log = shape.LogPValue(degrees),
                    p = shape.PValue(degrees);
                Assert.InRange(log, Math.Max(before, double.MinValue), 0);
                if (p > 1e-280)
                    Assert.Equal(Math.Log(p), log, 1e-9);
                else
                    Assert.InRange(log, double.MinValue, -640);
                before = log;
            }
        }
        Shape family = ShapeCatalogue.Default.Find("square-antiprism"),
            rigid = ShapeCatalogue.Default.Find("600-cell");
        Assert.Equal(12 * Math.Log(10), family.LogPValue(1e-30) - family.LogPValue(1e-31), 1e-9);
        Assert.Equal(354 * Math.Log(2), rigid.LogPValue(2) - rigid.LogPValue(1), 1e-9);
    }

    private static void Same(double[] vertices, int dim, double logCoefficient) =>
        Assert.Equal(
            TubeVolume.Of(new Shape("numeric", dim, vertices.Length / dim, vertices, "test")).LogCoefficient,
            logCoefficient,
            1e-8
        );
}
