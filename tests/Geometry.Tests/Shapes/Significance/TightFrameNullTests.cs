using Geometry.Decisions;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Shapes.Significance;
using Geometry.Tests.Labels;
using Xunit;

namespace Geometry.Tests.Shapes.Significance;

public class TightFrameNullTests
{
    /// <summary>Compares the share of sampled tight frames within a residual with the closed form.</summary>
    [Theory]
    [InlineData("triangle", 0.15)]
    [InlineData("tetrahedron", 0.15)]
    [InlineData("simplex-4", 0.15)]
    [InlineData("simplex-5", 0.15)]
    [InlineData("simplex-6", 0.15)]
    public void Simplices_among_tight_frames_are_as_rare_as_the_caps_say(string name, double tolerance)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        double[] residuals = Sample(shape, 80_000);
        foreach (double p in new[] { 0.01, 0.004 })
        {
            double found = TightFrameNull.Simplex(shape.Dim, residuals[(int)(p * residuals.Length)]);
            Assert.InRange(found / p, 1 - tolerance, 1 + tolerance);
        }
    }

    /// <summary>In many dimensions even frames that do not resemble a simplex are within a few degrees of one.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(30)]
    public void So_they_are_in_many_dimensions(int d)
    {
        double[] residuals = Sample(ShapeCatalogue.Default.Find($"simplex-{d}"), 4_000);
        foreach (double p in new[] { 0.05, 0.01 })
            Assert.InRange(TightFrameNull.Simplex(d, residuals[(int)(p * residuals.Length)]) / p, 0.7, 1.4);
    }

    /// <summary>For other shapes the value is a bound.</summary>
    [Theory]
    [InlineData("pentagon", 40_000)]
    [InlineData("hexagon", 40_000)]
    [InlineData("triangular-prism", 2_000)]
    [InlineData("cube", 2_000)]
    [InlineData("rectified-5-cell", 500)]
    public void Other_shapes_among_tight_frames_are_rarer_than_the_bound(string name, int trials)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        double[] residuals = Sample(shape, trials);
        foreach (double p in new[] { 0.02, 0.01 })
        {
            double degrees = double.RadiansToDegrees(residuals[(int)(p * trials)]);
            double bound = TightFrameNull.Probability(shape, degrees, shape.PValue(degrees), DecisionConstants.Default);
            Assert.InRange(bound, p, 1);
        }
    }

    [Fact]
    public void Few_vectors_more_than_dimensions_leave_tight_frames_few_angles()
    {
        Assert.Equal(1, TightFrameNull.Exponent(ShapeCatalogue.Default.Find("pentagon")));
        Assert.Equal(1, TightFrameNull.Exponent(ShapeCatalogue.Default.Find("square-antiprism")));
        // Nine vectors in R⁴: 20 dimensions of tight frames, 21 of configurations.
        Assert.Equal(20.0 / 21, TightFrameNull.Exponent(ShapeCatalogue.Default.Find("3x3-duoprism")), 12);
        Assert.Equal(1, TightFrameNull.Probability(new Shape("two", 2, 2, [1, 0, 0, 1], "test"), 0, 0, DecisionConstants.Default));
    }

    /// <summary>Residuals of random tight frames, radians, ascending.</summary>
    private static double[] Sample(Shape shape, int trials)
    {
        var compare = ShapeMatcher.Comparer(shape);
        double[] residuals = new double[trials];
        for (int t = 0; t < trials; t++)
            residuals[t] = compare(Made.TightFrame(shape.Count, shape.Dim, new GaussianSource(41, t)));
        Array.Sort(residuals);
        return residuals;
    }
}
