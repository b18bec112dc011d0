using Geometry.Cli.Inspect;
using Geometry.Cli.Output;
using Geometry.Configurations;
using Geometry.Labels;
using Spectre.Console;
using Xunit;

namespace Geometry.Cli.Tests.Inspect;

public class PlaneCoordinatesTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(6, 2)]
    [InlineData(40, 3)]
    public void KeepsLengthsAndAnglesOfAPlaneAnywhere(int hidden, int seed)
    {
        var random = new Random(seed);
        const int count = 5;
        var (a, b) = (Vector(random, hidden), Vector(random, hidden));
        var columns = new double[hidden * count];
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble() - 0.5,
                y = random.NextDouble() - 0.5;
            for (int d = 0; d < hidden; d++)
                columns[(i * hidden) + d] = (x * a[d]) + (y * b[d]);
        }
        var w = new FeatureConfiguration(hidden, count, columns);
        Summand summand = MadeRuns.Of(count, 0).Label.Summands[0];
        (double X, double Y)[] points = PlaneCoordinates.Of(w, summand);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double expected = 0;
                for (int d = 0; d < hidden; d++)
                    expected += w.Column(i)[d] * w.Column(j)[d];
                Assert.Equal(expected, (points[i].X * points[j].X) + (points[i].Y * points[j].Y), 10);
            }
        }
        Assert.Equal(0, points[0].X, 10);
        Assert.True(points[0].Y > 0);
        Assert.True(points[1].X > 0);
    }

    [Fact]
    public void ADrawingLabelsEveryVector()
    {
        InspectedRun run = MadeRuns.Of(5, 0);
        using var writer = new StringWriter();
        Streams.CreateCaptured(writer, ColorSystemSupport.NoColors, 80).Write(new VectorDrawing(run.Configuration, run.Label.Summands));
        string text = writer.ToString();
        Assert.All(new[] { "0", "1", "2", "3", "4", "pentagon" }, label => Assert.Contains(label, text, StringComparison.Ordinal));
        Assert.Contains(text, c => c is >= '\u2801' and <= '\u28ff');
    }

    private static double[] Vector(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
}
