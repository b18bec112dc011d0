using Geometry.Configurations;
using Geometry.Measures;
using Geometry.Measures.Topology;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.Measures.Topology;

public class TopologyMeasureTests
{
    [Fact]
    public void ASumIsTheJoinOfItsSummands()
    {
        MeasuredRun run = Run("2 pentagon", new(2, "pentagon", [0, 1, 2, 3, 4]), new(2, "pentagon", [5, 6, 7, 8, 9]));
        MeasureCell[][] rips = Rows(run, "rips");
        Assert.Equal([0, 1, 3], rips.Select(r => r[0].Number).Distinct());
        Assert.Equal((Math.Sqrt(2), 2 * Math.Sin(2 * Math.PI / 5)), (rips[^1][1].Number, rips[^1][2].Number), Close);
        Assert.Equal(10, Rows(run, "cosine").Length);
        Assert.True(double.IsNaN(rips[9][2].Number));
    }

    [Fact]
    public void CosinesSeeSimplices()
    {
        MeasuredRun run = Run("triangle + antipode", new(2, "triangle", [0, 1, 2]), new(1, "antipode", [3, 4]));
        double[] deaths = [.. Rows(run, "cosine").Select(r => r[2].Number)];
        // Opposite vectors are one line, three vectors at 120° merge at 1 − ½, and the two sets merge at 1.
        Assert.Equal([0.5, 0.5, 1], deaths[..3].Select(d => Math.Round(d, 12)));
    }

    [Fact]
    public void UnlearnedFeaturesAreNoPoints()
    {
        var w = new FeatureConfiguration(1, 3, [1, 0, -0.9]);
        var run = new MeasuredRun { Weights = w, Summands = [new(1, "antipode", [0, 2])] };
        Assert.Equal(2, Rows(run, "rips").Length);
        Assert.Empty(new TopologyMeasure().Of(run with { Summands = [] }).Rows);
    }

    [Fact]
    public void DegreesThatAreTooManyAreLeftOutAndNamed()
    {
        double[] columns = new double[60 * 8];
        new GaussianSource(1).Normal(columns);
        var run = new MeasuredRun
        {
            Weights = new FeatureConfiguration(8, 60, columns),
            Summands = [new(8, "irregular(8,60)", [.. Enumerable.Range(0, 60)])],
        };
        MeasureResult result = new TopologyMeasure().Of(run);
        Assert.Equal(
            "degrees above 3 are left out: 60 learned features have 5,461,512 simplices of dimension 4; expected at most 4,194,304",
            result.Shortfall
        );
        Assert.Equal(3, result.Rows.Max(r => r[0].Number));
    }

    private static bool Close((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9;

    private static MeasuredRun Run(string formula, params MeasuredSummand[] summands) =>
        new() { Weights = Configurations.Of(formula), Summands = summands };

    private static MeasureCell[][] Rows(MeasuredRun run, string filtration) =>
        [.. new TopologyMeasure().Of(run).Rows.Where(r => r[3].Text == filtration)];
}
