using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Geometry.Shapes.Significance;
using Geometry.Tests.Labels;
using Xunit;

namespace Geometry.Tests.Shapes.Significance;

public class LineNullTests
{
    /// <summary>
    /// Lines of the plane are points at twice the angle, so three lines come near a hexagon as often as three points come near a triangle.
    /// </summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    public void Hexagons_among_lines_are_triangles_among_points(double residual)
    {
        double triangle = Math.Log(Math.Sqrt(3) * 5 * residual * residual / (2 * Math.PI));
        Assert.Equal(triangle, ShapeCatalogue.Default.Find("hexagon").LogProbabilityOfLines(residual), 9);
    }

    [Fact]
    public void The_numeric_tube_of_the_cube_is_the_closed_form_of_the_diplosimplex()
    {
        double form = LineFrameTube.LogTightCoefficient(3, 4) + 5 * Math.Log(0.1);
        Assert.Equal(form, ShapeCatalogue.Default.Find("cube").LogProbabilityOfLines(0.1), 9);
    }

    [Theory]
    [InlineData("octagon", 0.2)]
    [InlineData("pentagonal-antiprism", 0.25)]
    [InlineData("cube", 0.25)]
    public void The_share_of_random_lines_is_as_computed(string name, double residual)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new GaussianSource(3);
        int lines = shape.Count / 2,
            trials = 6000,
            near = 0;
        double[] x = new double[shape.Count * shape.Dim];
        for (int t = 0; t < trials; t++)
        {
            random.Normal(x.AsSpan(0, lines * shape.Dim));
            for (int i = 0; i < lines * shape.Dim; i++)
                x[lines * shape.Dim + i] = -x[i];
            if (ShapeMatcher.Fit(x, shape).Match.ResidualDegrees <= double.RadiansToDegrees(residual))
                near++;
        }
        Assert.True(near > 30);
        Assert.InRange(Math.Exp(shape.LogProbabilityOfLines(residual)) / (near / (double)trials), 0.6, 1.7);
    }

    [Theory]
    [InlineData("triangle")]
    [InlineData("tetrahedron")]
    [InlineData("square-antiprism")]
    [InlineData("600-cell")]
    public void Shapes_without_opposites_or_with_very_many_have_no_such_null(string name) =>
        Assert.Equal(double.NegativeInfinity, ShapeCatalogue.Default.Find(name).LogProbabilityOfLines(0.1));

    /// <summary>The probability is never much too small, and not so large that noisy frames would be taken for random ones.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    [InlineData(12, 13)]
    [InlineData(5, 7)]
    [InlineData(8, 11)]
    [InlineData(8, 12)]
    public void The_law_of_the_weights_is_that_of_random_projectors(int k, int lines)
    {
        const int Trials = 20000;
        int c = lines - k;
        double[] spread = [.. Enumerable.Range(0, Trials).Select(t => Spread(c, lines, new GaussianSource(7, t))).Order()];
        foreach (double share in (double[])[0.01, 0.004])
        {
            double computed = Math.Exp(TightLinesNull.LogProbability(k, lines, spread[(int)(share * Trials)]));
            Assert.InRange(computed / share, 0.6, 2.2);
        }
    }

    [Fact]
    public void The_law_is_a_law()
    {
        Assert.Equal(double.NegativeInfinity, TightLinesNull.LogProbability(5, 7, 0));
        foreach ((int k, int lines) in ((int, int)[])[(2, 3), (14, 15), (28, 32), (300, 400), (1000, 1001)])
        {
            double before = double.NegativeInfinity;
            for (double spread = 1e-3; spread < 1e3; spread *= 1.5)
            {
                double log = TightLinesNull.LogProbability(k, lines, spread);
                Assert.InRange(log, before, 0);
                before = log;
            }
            Assert.Equal(0, before);
        }
    }

    [Fact]
    public void The_weights_are_the_squared_norms_that_were_forgotten()
    {
        const int K = 5,
            Lines = 7;
        double[] x = Made.TightFrame(Lines, K, new GaussianSource(5)),
            directions = [.. x, .. x.Select(v => -v)];
        double expected = Enumerable.Range(0, Lines).Sum(l => Math.Pow(x.AsSpan(l * K, K).ToArray().Sum(v => v * v) * Lines / K - 1, 2));
        Normalise(directions, K);
        OppositeLines lines = OppositeLines.Find(directions, K, 2 * Lines)!;
        Assert.Equal(0, lines.LeanVariance, 15);
        Assert.Equal(expected, lines.SpreadOfWeights(), 9);
    }

    /// <summary>The effects of noise on leans, weights and residuals, as the remarks of BlockLines state them.</summary>
    [Theory]
    [InlineData("cube")]
    [InlineData("diplosimplex-5")]
    [InlineData("line-frame(6,16)")]
    public void Noise_moves_leans_weights_and_angles_alike(string name)
    {
        const double Sigma = 0.02;
        const int Trials = 300;
        Shape shape = ShapeCatalogue.Default.Find(name);
        int k = shape.Dim,
            lines = shape.Count / 2,
            c = lines - k;
        var random = new GaussianSource(11);
        double lean = 0,
            weights = 0,
            angles = 0;
        for (int t = 0; t < Trials; t++)
        {
            double[] x = shape.Vertices();
            for (int i = 0; i < x.Length; i++)
                x[i] += Sigma * random.Normal();
            Normalise(x, k);
            OppositeLines found = OppositeLines.Find(x, k, shape.Count)!;
            lean += found.LeanVariance / Trials;
            weights += found.SpreadOfWeights() * (k - 1) / (2.0 * c * (lines - 1)) / Trials;
            double r = double.DegreesToRadians(ShapeMatcher.Fit(found.Straightened(), shape).Match.ResidualDegrees);
            angles += r * r * (2 * lines - 1) / (2.0 * (lines - 1)) / Trials;
        }
        Assert.InRange(lean / (Sigma * Sigma), 0.9, 1.1);
        Assert.InRange(weights / (Sigma * Sigma), 0.8, 1.2);
        // The fit of the moduli of a line frame absorbs some of the noise.
        Assert.InRange(angles / (Sigma * Sigma), shape.Member is { IsGeneral: true } ? 0.4 : 0.9, 1.1);
    }

    private static void Normalise(double[] x, int k)
    {
        for (int i = 0; i < x.Length; i += k)
        {
            double norm = Math.Sqrt(x.AsSpan(i, k).ToArray().Sum(v => v * v));
            for (int a = 0; a < k; a++)
                x[i + a] /= norm;
        }
    }

    // ρ of a uniform projector of rank c, by its diagonal.
    private static double Spread(int c, int lines, GaussianSource random) =>
        Math.Sqrt(Made.TightFrame(lines, c, random).Chunk(c).Sum(row => Math.Pow(row.Sum(static v => v * v) * lines / c - 1, 2)));
}
