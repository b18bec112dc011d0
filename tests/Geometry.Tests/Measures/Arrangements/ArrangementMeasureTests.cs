using System.Numerics;
using Geometry.Configurations;
using Geometry.Measures;
using Geometry.Measures.Arrangements;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.Measures.Arrangements;

public class ArrangementMeasureTests
{
    [Fact]
    public void ASumIsTheProductOfItsSummands()
    {
        Dictionary<string, MeasureCell> row = Row(Noisy(0));
        Assert.Equal(
            [48, 6, 20, 48, 48, 48],
            new[] { "regions", "bounded", "central", "regions_tolerant", "product", "catalogue" }.Select(c => row[c].Number)
        );
        Assert.Equal(64, row["generic"].Number);
        Assert.Equal(("exact", 0.4), (row["method"].Text, Math.Round(row["threshold_median"].Number, 12)));
    }

    /// <summary>Noise makes the walls generic; with the noise as tolerance the number of regions is the product again.</summary>
    [Fact]
    public void NoiseIsSeenThrough()
    {
        Dictionary<string, MeasureCell> row = Row(Noisy(1e-3) with { NoiseScale = 1e-3 });
        Assert.Equal((64, 48, 48), (row["regions"].Number, row["regions_tolerant"].Number, row["product"].Number));
    }

    /// <summary>
    /// The two walls of an antipode whose bias is within the noise of zero are one, in the whole and in the product alike.
    /// </summary>
    [Fact]
    public void WallsThatCoincideInTheWholeCoincideInTheProduct()
    {
        MeasuredRun run = Noisy(0) with { NoiseScale = 1e-3 };
        Dictionary<string, MeasureCell> row = Row(run with { Bias = [-0.4, -0.4, -0.4, -0.4, -0.4, -1e-4, -1e-4] });
        Assert.Equal((48, 32, 32), (row["regions"].Number, row["regions_tolerant"].Number, row["product"].Number));
    }

    [Fact]
    public void WithoutABiasOnlyCentralRegionsAreCounted()
    {
        MeasureResult result = new ArrangementMeasure().Of(Noisy(0) with { Bias = null });
        Dictionary<string, MeasureCell> row = Named(result);
        Assert.Equal((20, true), (row["central"].Number, double.IsNaN(row["regions"].Number)));
        Assert.StartsWith("no bias", result.Shortfall, StringComparison.Ordinal);
    }

    [Fact]
    public void NoiseThatIsUnknownGivesNoTolerantCount()
    {
        double[] columns = new double[8 * 3];
        new GaussianSource(4).Normal(columns);
        var run = new MeasuredRun
        {
            Weights = new FeatureConfiguration(3, 8, columns),
            Bias = [.. Enumerable.Repeat(-0.3, 8)],
            Summands = [new(3, "irregular(3,8)", [0, 1, 2, 3, 4, 5, 6, 7])],
        };
        Dictionary<string, MeasureCell> row = Row(run);
        Assert.Equal((93, 93), (row["regions"].Number, row["product"].Number));
        Assert.True(double.IsNaN(row["regions_tolerant"].Number) && double.IsNaN(row["catalogue"].Number));
    }

    /// <summary>
    /// Forty pentagons and noise: the components give 16⁴⁰ regions, more than a double holds exactly; the walls without a tolerance have
    /// only a lower bound.
    /// </summary>
    [Fact]
    public void LargeSumsAreCountedThroughTheirComponents()
    {
        const int Pentagons = 40;
        double[] columns = new double[5 * Pentagons * 2 * Pentagons];
        var random = new GaussianSource(6);
        for (int i = 0; i < 5 * Pentagons; i++)
        {
            for (int k = 0; k < 2 * Pentagons; k++)
                columns[(i * 2 * Pentagons) + k] = 1e-4 * random.Normal();
            columns[(i * 2 * Pentagons) + (2 * (i / 5))] += Math.Cos(2 * Math.PI * i / 5);
            columns[(i * 2 * Pentagons) + (2 * (i / 5)) + 1] += Math.Sin(2 * Math.PI * i / 5);
        }
        var run = new MeasuredRun
        {
            Weights = new FeatureConfiguration(2 * Pentagons, 5 * Pentagons, columns),
            Bias = [.. Enumerable.Repeat(-0.2, 5 * Pentagons)],
            NoiseScale = 1e-4,
            Summands = [.. Enumerable.Range(0, Pentagons).Select(s => new MeasuredSummand(2, "pentagon", [.. Enumerable.Range(5 * s, 5)]))],
        };
        MeasureResult result = new ArrangementMeasure().Of(run);
        Dictionary<string, MeasureCell> row = Named(result);
        string expected = BigInteger.Pow(16, Pentagons).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((expected, expected, expected), (row["regions_tolerant"].Text, row["product"].Text, row["catalogue"].Text));
        Assert.Equal("sampled", row["method"].Text);
        Assert.StartsWith("regions is a lower bound", result.Shortfall, StringComparison.Ordinal);
        Assert.True(double.IsNaN(row["bounded"].Number));
    }

    /// <summary>A dedicated feature with threshold 0.3 is clean when it is not active, or x &gt; 0.3.</summary>
    [Fact]
    public void TheCleanShareIsExactForOneActiveFeature()
    {
        var run = new MeasuredRun
        {
            Weights = new FeatureConfiguration(1, 1, [1]),
            Bias = [-0.3],
            Density = 0.4,
            Summands = [new(1, "dedicated", [0])],
        };
        Assert.Equal(0.6 + (0.4 * 0.7), CleanShare.Of(run, default), 1e-12);
        // Two orthogonal features are independent, and groups change that.
        var two = new MeasuredRun
        {
            Weights = new FeatureConfiguration(2, 2, [1, 0, 0, 1]),
            Bias = [-0.3, -0.3],
            Density = 0.4,
            Summands = [new(1, "dedicated", [0]), new(1, "dedicated", [1])],
        };
        Assert.Equal(0.88 * 0.88, CleanShare.Of(two, default), 0.02);
        Assert.Equal(
            0.6 + (0.4 * 0.49),
            CleanShare.Of(
                two with
                {
                    Groups = new MeasuredGroups(
                        true,
                        [
                            [0, 1],
                        ]
                    ),
                },
                default
            ),
            0.02
        );
        Assert.Equal(
            0.88,
            CleanShare.Of(
                two with
                {
                    Groups = new MeasuredGroups(
                        false,
                        [
                            [0, 1],
                        ]
                    ),
                },
                default
            ),
            1e-12
        );
        Assert.True(double.IsNaN(CleanShare.Of(two with { Density = double.NaN }, default)));
        Assert.Equal(0, CleanShare.Of(two with { Bias = [0.1, -0.3], Density = 0 }, default));
    }

    [Fact]
    public void NothingLearnedHasNoRow() => Assert.Empty(new ArrangementMeasure().Of(Noisy(0) with { Summands = [] }).Rows);

    private static MeasuredRun Noisy(double sigma)
    {
        FeatureConfiguration w = Configurations.Of("pentagon + antipode");
        var random = new GaussianSource(21);
        return new MeasuredRun
        {
            Weights = new FeatureConfiguration(3, 7, [.. w.Columns.ToArray().Select(x => x + (sigma * random.Normal()))]),
            Bias = [.. Enumerable.Range(0, 7).Select(_ => -0.4 + (sigma * 0.4 * random.Normal()))],
            Summands = [new(2, "pentagon", [0, 1, 2, 3, 4]) { ResidualDegrees = 0 }, new(1, "antipode", [5, 6]) { ResidualDegrees = 0 }],
        };
    }

    private static Dictionary<string, MeasureCell> Row(MeasuredRun run) => Named(new ArrangementMeasure().Of(run));

    private static Dictionary<string, MeasureCell> Named(MeasureResult result)
    {
        MeasureCell[] row = Assert.Single(result.Rows);
        return new ArrangementMeasure().Columns.Zip(row).ToDictionary(p => p.First, p => p.Second);
    }
}
