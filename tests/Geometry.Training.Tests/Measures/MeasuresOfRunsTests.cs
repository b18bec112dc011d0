using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Llc;
using Geometry.Training.Measures;
using Xunit;

namespace Geometry.Training.Tests.Measures;

public class MeasuresOfRunsTests
{
    private const double Norm = 1.170459639098,
        Bias = -0.282297283127;
    private static readonly LlcOptions s_quick = new() { BurnIn = 500, Draws = 1500 };

    [Fact]
    public void WithoutDataTheCoefficientIsThatOfTheSparseLimit()
    {
        MeasureCell[] row = new LlcMeasure(new LlcOptions()).Of(Pentagon(), null, CancellationToken.None).Rows.Single();
        Assert.Equal(("ok", "sparse-limit"), (row[2].Text, row[14].Text));
        Assert.InRange(row[0].Number, 6.7, 7.4);
        Assert.Equal((1e7, 8, 8000, 14), (row[5].Number, row[6].Number, row[7].Number, row[11].Number));
        Assert.Equal(0.068743578, row[13].Number, 1e-8);
    }

    /// <summary>The hexagon at n = 5000: 9.03 ± .59 in the literature, 8.5 in theory.</summary>
    [Fact]
    public void WithDataItIsThatOfASample()
    {
        MeasureCell[] row = new LlcMeasure(s_quick).Of(Hexagon(), OneActive(), CancellationToken.None).Rows.Single();
        Assert.Equal("data", row[14].Text);
        Assert.Equal(5000 / Math.Log(5000), row[5].Number, 1e-9);
        Assert.InRange(row[0].Number, 8, 10);
        Assert.Equal(17, row[11].Number);
    }

    [Fact]
    public void OtherOptionsAreOtherSettings()
    {
        Assert.NotEqual(new LlcMeasure(new LlcOptions()).Settings, new LlcMeasure(new LlcOptions { Epsilon = 1e-4 }).Settings);
        Assert.Equal(new LlcMeasure(new LlcOptions()).Settings, new LlcMeasure(new LlcOptions()).Settings);
    }

    [Fact]
    public void AnotherModelThanTheSparseLimitsIsRefused()
    {
        TrainingRun linear = new(0, 0, Models.Tied(6, 2, Activation.Linear), Models.Uniform(6, 0.1), Models.Plan());
        var sparse = new LlcMeasure(s_quick with { SparseLimit = true });
        var refused = Assert.Throws<UnsupportedRunException>(() =>
            sparse.Of(Pentagon(), new RunOrigin(linear, []), CancellationToken.None)
        );
        Assert.Equal("the sparse limit is that of a model with the activation relu, found linear", refused.Message);
        refused = Assert.Throws<UnsupportedRunException>(() =>
            new LossMeasure().Of(Pentagon() with { Decoder = Pentagon().Weights }, null, CancellationToken.None)
        );
        Assert.Equal("the sparse limit is that of a tied model, found an untied one", refused.Message);
    }

    [Fact]
    public void APolygonStandsAtACriticalPointAndWhatIsMovedStandsOffIt()
    {
        MeasureCell[] row = new LossMeasure().Of(Pentagon(), null, CancellationToken.None).Rows.Single();
        Assert.Equal(0.068743578, row[0].Number, 1e-8);
        Assert.InRange(row[1].Number, 0, 1e-9);
        Assert.InRange(row[3].Number, 0, 1e-6);
        Assert.True(double.IsNaN(row[6].Number));

        MeasuredRun moved = Pentagon();
        double[] columns = moved.Weights.Columns.ToArray();
        columns[0] += 0.1;
        row = new LossMeasure()
            .Of(moved with { Weights = new FeatureConfiguration(2, 6, columns), Density = 0.01 }, null, CancellationToken.None)
            .Rows.Single();
        Assert.InRange(row[1].Number, 1e-3, 1);
        Assert.InRange(row[3].Number, 0.01, 0.1);
        Assert.InRange(row[2].Number, 0.0481, 0.0688);
        Assert.Equal(1, Enumerable.Range(6, 4).Sum(i => row[i].Number), 1e-9);
        Assert.InRange(row[7].Number, 0.8, 1);
    }

    [Fact]
    public void OfManyFeaturesOnlyTheNearestMinimumIsLeftOut()
    {
        const int N = LossMeasure.MostFeatures + 1;
        MeasuredRun run = Pentagon() with
        {
            Weights = new FeatureConfiguration(2, N, Polygon(5, Norm, N)),
            Bias = [.. Enumerable.Range(0, N).Select(i => i < 5 ? Bias : -1)],
        };
        MeasureResult result = new LossMeasure().Of(run, null, CancellationToken.None);
        Assert.Equal("the nearest minimum is left out: 41 features; expected at most 40", result.Shortfall);
        MeasureCell[] row = result.Rows.Single();
        // The pentagon's own losses, and 1/3 for each of the others, as in the one of six.
        double pentagon = new LossMeasure().Of(Pentagon(), null, CancellationToken.None).Rows.Single()[0].Number;
        Assert.Equal(((6 * pentagon) + ((N - 6) / 3.0)) / N, row[0].Number, 1e-12);
        Assert.All(row[2..6], cell => Assert.True(double.IsNaN(cell.Number)));

        result = new LossMeasure().Of(run with { Bias = null }, null, CancellationToken.None);
        Assert.Null(result.Shortfall);
    }

    [Fact]
    public void DynamicsTellWhatHappensBetweenCheckpoints()
    {
        var run = new TrainingRun(
            0,
            0,
            Models.Tied(5, 2),
            new SparseData([.. Enumerable.Repeat(0.05, 5)], [.. Enumerable.Repeat(1.0, 5)], FeatureGroups.None),
            Models.Plan()
        );
        Checkpoint square = At(0, 4, 1, 0, 5),
            pentagon = At(100, 5, Norm, Bias, 5);
        MeasuredRun measured = Pentagon() with { Weights = new FeatureConfiguration(2, 5, new double[10]), Bias = new double[5] };
        IReadOnlyList<MeasureCell[]> rows = new DynamicsMeasure(s_quick with { Draws = 0 })
            .Of(measured, new RunOrigin(run, [square, pentagon]), CancellationToken.None)
            .Rows;
        Assert.Equal(["antipodal", "pentagon"], rows.Select(r => r[2].Text));
        Assert.Equal([0, 100], rows.Select(r => r[0].Number));
        Assert.Equal("learned 0 1 2 3; formed antipode(0 2); formed antipode(1 3)", rows[0][8].Text);
        Assert.StartsWith("learned 4; formed pentagon(0 1 2 3 4); D 0 0.50>0.40", rows[1][8].Text, StringComparison.Ordinal);
        Assert.Contains("loss -", rows[1][8].Text, StringComparison.Ordinal);
        Assert.True(rows.All(r => double.IsNaN(r[9].Number)));

        rows = new DynamicsMeasure(s_quick).Of(measured, new RunOrigin(run, [pentagon]), CancellationToken.None).Rows;
        Assert.InRange(rows[0][9].Number, 1, 10);
        var refused = Assert.Throws<UnsupportedRunException>(() =>
            new DynamicsMeasure(s_quick).Of(measured, new RunOrigin(run, []), CancellationToken.None)
        );
        Assert.StartsWith("no checkpoints; expected", refused.Message, StringComparison.Ordinal);
    }

    private static MeasuredRun Pentagon() =>
        new()
        {
            Weights = new FeatureConfiguration(2, 6, Polygon(5, Norm, 6)),
            Bias = [Bias, Bias, Bias, Bias, Bias, -1],
            Summands = [new MeasuredSummand(2, "pentagon", [0, 1, 2, 3, 4])],
        };

    private static MeasuredRun Hexagon() =>
        new()
        {
            Weights = new FeatureConfiguration(2, 6, Polygon(6, 1.320526330780, 6)),
            Bias = [.. Enumerable.Repeat(-0.618135131868, 6)],
            Summands = [new MeasuredSummand(2, "hexagon", [0, 1, 2, 3, 4, 5])],
        };

    private static RunOrigin OneActive() =>
        new(
            new TrainingRun(
                0,
                0,
                Models.Tied(6, 2),
                new SparseData(
                    [.. Enumerable.Repeat(1.0, 6)],
                    [.. Enumerable.Repeat(1.0, 6)],
                    new FeatureGroups(
                        GroupKind.Anticorrelated,
                        [
                            [0, 1, 2, 3, 4, 5],
                        ]
                    )
                ),
                Models.Plan()
            ),
            []
        );

    private static double[] Polygon(int k, double norm, int features) =>
        [
            .. Enumerable
                .Range(0, features)
                .SelectMany(i => i < k ? [norm * Math.Cos(2 * Math.PI * i / k), norm * Math.Sin(2 * Math.PI * i / k)] : new double[2]),
        ];

    private static Checkpoint At(int step, int k, double norm, double bias, int features)
    {
        double[] columns = Polygon(k, norm, features);
        float[] rows = [.. Enumerable.Range(0, 2).SelectMany(c => Enumerable.Range(0, features).Select(i => (float)columns[(2 * i) + c]))];
        return new Checkpoint(step, rows, null, [.. Enumerable.Range(0, features).Select(i => (float)(i < k ? bias : -1))]);
    }
}
