using Geometry.Atlas;
using Geometry.Configurations;
using Geometry.Measures;
using Geometry.Measures.Codes;
using Geometry.RandomNumbers;
using Xunit;

namespace Geometry.Tests.Measures.Codes;

public class CodesMeasureTests
{
    /// <summary>
    /// N = 2 … 20 points on the sphere (theory of the Thomson problem; D. J. Wales and S. Ullah, Phys. Rev. B 74, 212101).
    /// </summary>
    [Fact]
    public void ThomsonEnergiesAreThePublishedOnes()
    {
        double[] energies =
        [
            0.5,
            1.732050808,
            3.674234614,
            6.474691495,
            9.985281374,
            14.452977414,
            19.675287861,
            25.759986531,
            32.716949460,
            40.596450508,
            49.165253058,
            58.853230612,
            69.306363297,
            80.670244114,
            92.911655303,
            106.050404829,
            120.084467447,
            135.089467557,
            150.881568334,
        ];
        for (int i = 0; i < energies.Length; i++)
            Assert.Equal(energies[i], ThomsonOptimum.Of(3, i + 2), 1e-6);
    }

    [Theory]
    [InlineData(4, 9, 80.67611)]
    [InlineData(4, 10, 80.40593)]
    [InlineData(4, 11, 76.67905)]
    [InlineData(4, 12, 75.52249)]
    [InlineData(4, 13, 72.10367)]
    [InlineData(4, 14, 71.36619)]
    [InlineData(4, 15, 69.45199)]
    [InlineData(4, 16, 67.19300)]
    [InlineData(5, 10, 90)]
    [InlineData(3, 4, 109.47122)]
    public void BestCodesAreThePublishedOnes(int dim, int count, double degrees) =>
        Assert.Equal(degrees, BestKnownCodes.AngleDegrees(dim, count), 1e-5);

    [Theory]
    [InlineData("pentagon", 2, 72, 72, 12.5)]
    [InlineData("tetrahedron", 3, 109.47122, 109.47122, 16.0 / 3)]
    [InlineData("3 antipode", 3, 90, 90, 12)]
    [InlineData("2 pentagon", 4, 72, 80.40593, 25)]
    public void ShapesAgainstTheBestCode(string formula, int dim, double angle, double best, double potential)
    {
        FeatureConfiguration w = Configurations.Of(formula);
        var code = CodeValues.Of(w.Columns, w.Hidden, dim);
        Assert.Equal(angle, code.AngleDegrees, 1e-5);
        Assert.Equal(best, code.BestCodeDegrees, 1e-5);
        Assert.Equal(potential, code.FramePotential, 1e-9);
        Assert.Equal(0, code.FrameExcess, 1e-9);
        Assert.InRange(code.Energy / code.ThomsonEnergy, 1 - 1e-9, 1.1);
    }

    /// <summary>The octahedron, and the square antiprism at the Thomson height, are optima.</summary>
    [Theory]
    [InlineData("3 antipode")]
    [InlineData("square-antiprism")]
    [InlineData("tetrahedron")]
    public void ThomsonOptimaHaveNoExcess(string formula)
    {
        FeatureConfiguration w = Configurations.Of(formula);
        var code = CodeValues.Of(w.Columns, 3, 3);
        Assert.Equal(code.ThomsonEnergy, code.Energy, 1e-5);
    }

    [Fact]
    public void ARunHasARowForItselfAndOneForEachSummand()
    {
        FeatureConfiguration w = Configurations.Of("pentagon + antipode");
        var run = new MeasuredRun { Weights = w, Summands = [new(2, "pentagon", [0, 1, 2, 3, 4]), new(1, "antipode", [5, 6])] };
        IReadOnlyList<MeasureCell[]> rows = new CodesMeasure().Of(run).Rows;
        Assert.Equal([double.NaN, 0, 1], rows.Select(r => r[0].Number));
        Assert.Equal([3.0, 2, 1], rows.Select(r => r[1].Number));
        Assert.Equal([72, 72, 180.0], rows.Select(r => Math.Round(r[3].Number, 9)));
        Assert.Equal(0.5, rows[2][6].Number);
        Assert.All(rows, r => Assert.Equal(new CodesMeasure().Columns.Count, r.Length));
        // The model is tied, so there is nothing to compare. −1 and −.951 are near −1; 1, .951 and 1 are near 1.
        Assert.True(double.IsNaN(rows[0][9].Number));
        Assert.Equal((2 / 21.0, 3 / 21.0), (rows[0][13].Number, rows[0][15].Number), Close);
    }

    [Fact]
    public void UntiedModelsAreComparedWithTheirTranspose()
    {
        FeatureConfiguration w = Configurations.Of("pentagon + antipode");
        int[] all = [.. Enumerable.Range(0, 7)];
        UntiedValues tied = UntiedValues.Of(w, w, all);
        Assert.Equal((1, 0), (tied.TieCosine, tied.TieDefect), Close);
        Assert.Equal((0, 1), (tied.RoleSplitDegrees, tied.NormRatio), (a, b) =>
            Math.Abs(a.Item1 - b.Item1) < 1e-5 && Math.Abs(a.Item2 - b.Item2) < 1e-9
        );
        // The decoder is half as long, and turned by 90° in the plane of the pentagon.
        double[] turned =
        [
            .. all.SelectMany(i => i < 5 ? new[] { -w.Column(i)[1] / 2, w.Column(i)[0] / 2, 0 } : [0, 0, w.Column(i)[2] / 2]),
        ];
        UntiedValues untied = UntiedValues.Of(w, new FeatureConfiguration(3, 7, turned), all);
        Assert.Equal((2 / 7.0, 0.5), (untied.TieCosine, untied.NormRatio), Close);
        Assert.Equal(5 * 90 / 7.0, untied.RoleSplitDegrees, 1e-5);
        Assert.Equal((0.25, 0.5, 0.25), UntiedValues.Ternary([-1.05, 0.99, 0.04, -0.1], 0.1));
    }

    [Fact]
    public void SizesWithoutAThomsonOptimumSaySo()
    {
        double[] columns = new double[20 * 40];
        new GaussianSource(2).Normal(columns);
        var run = new MeasuredRun
        {
            Weights = new FeatureConfiguration(20, 40, columns),
            Summands = [new(20, "irregular(20,40)", [.. Enumerable.Range(0, 40)])],
        };
        Assert.Equal(
            "the Thomson optimum of 40 directions in 20 dimensions is left out; expected count × dim of at most 160",
            new CodesMeasure().Of(run).Shortfall
        );
        Assert.Empty(new CodesMeasure().Of(run with { Summands = [] }).Rows);
    }

    private static bool Close((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 1e-9 && Math.Abs(a.Item2 - b.Item2) < 1e-9;
}
