using System.Text;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Reports.Tests.Phases;

public class PhaseTableTests
{
    private static readonly LabelledRuns s_grid = MadeRuns.Of(
        (0.5, 1, 0, 0.3, "2 antipode"),
        (0.5, 1, 1, 0.1, "pentagon"),
        (0.5, 1, 2, 0.2, "2 antipode"),
        (0.0, 1, 0, 0.5, "2 dedicated"),
        (0.0, 0.9, 0, 0.5, ""),
        (0.5, 0.9, 0, double.NaN, "antipode + dedicated")
    );

    [Fact]
    public void RowsAreTheCellsThatHaveRunsInAscendingOrder()
    {
        PhaseTable table = PhaseTable.Build(s_grid, new PhaseOptions());
        Assert.Equal(["sparsity", "importance"], table.Axes.Select(a => a.Name));
        Assert.Equal(["0,0", "0,1", "1,0", "1,1"], table.Cells.Select(c => string.Join(',', c.Place)));
        Assert.Equal([1, 1, 1, 3], table.Cells.Select(c => c.AllRuns));
    }

    [Fact]
    public void ACellSumsUpItsRuns()
    {
        PhaseCell cell = PhaseTable.Build(s_grid, new PhaseOptions()).Cells[3];
        Assert.Equal([new Count("antipodal", 2), new Count("pentagon", 1)], cell.Labels);
        Assert.Equal(2.0 / 3, cell.Share(cell.Labels[0]));
        Assert.Equal(1, cell.BestRun);
        Assert.Equal(Math.Log2(3) - (2.0 / 3), cell.EntropyBits, 12);
        Assert.Equal(0.2, cell.MeanLoss, 12);
        Assert.Equal((1 + 0.5 + (1.0 / 3)) / 3, cell.MeanDims, 12);
        Assert.Equal(
            Math.Sqrt(
                (
                    (1 - cell.MeanDims) * (1 - cell.MeanDims)
                    + (0.5 - cell.MeanDims) * (0.5 - cell.MeanDims)
                    + (1.0 / 3 - cell.MeanDims) * (1.0 / 3 - cell.MeanDims)
                ) / 2
            ),
            cell.StdDims,
            12
        );
    }

    [Theory]
    [InlineData(0.3, 1, "pentagon")]
    [InlineData(1.0 / 3, 1, "pentagon")]
    [InlineData(0.34, 2, "pentagon")] // 0.1 pentagon and 0.2 antipodal: a tie goes to the lower loss
    [InlineData(1, 3, "antipodal")]
    public void TheBestKeepTheLowestLosses(double best, int kept, string dominant)
    {
        PhaseCell cell = PhaseTable.Build(s_grid, new PhaseOptions { Best = best }).Cells[3];
        Assert.Equal((kept, 3, dominant), (cell.Members.Count, cell.AllRuns, cell.Labels[0].Name));
    }

    [Fact]
    public void ChosenAxesPoolTheOthers()
    {
        PhaseTable table = PhaseTable.Build(s_grid, new PhaseOptions { X = "Density" });
        Assert.Equal(["sparsity"], table.Axes.Select(a => a.Name));
        Assert.Equal([2, 4], table.Cells.Select(c => c.AllRuns));
        Assert.Equal(["sparsity", "importance"], PhaseTable.Build(s_grid, new PhaseOptions { Y = "importance" }).Axes.Select(a => a.Name));
    }

    [Fact]
    public void WhatCannotBeAnAxisIsRefusedInOneLine()
    {
        string message = Assert.Throws<ResultsException>(() => PhaseTable.Build(s_grid, new PhaseOptions { X = "nosuch" })).Message;
        Assert.Equal("--x: the runs have no parameter 'nosuch'; they have sparsity, importance, n, m, seed", message);
        Assert.Throws<ResultsException>(() => PhaseTable.Build(s_grid, new PhaseOptions { X = "sparsity", Y = "sparsity" }));
        Assert.Throws<ResultsException>(() =>
            PhaseTable.Build(MadeRuns.Of((0, 1, 0, double.NaN, "pentagon")), new PhaseOptions { Best = 0.5 })
        );
    }

    [Fact]
    public void SeedsAreNoAxisAndNothingSweptIsOneCell()
    {
        PhaseTable table = PhaseTable.Build(MadeRuns.Of((0.5, 1, 0, 1, "pentagon"), (0.5, 1, 1, 1, "pentagon")), new PhaseOptions());
        Assert.Empty(table.Axes);
        Assert.Equal(2, Assert.Single(table.Cells).AllRuns);
    }

    [Fact]
    public void ARenamedAxisIsLeftOut()
    {
        StoredRun Run(double s, string rate, int seed) =>
            new()
            {
                Input = 0,
                Instance = seed,
                Features = 5,
                Hidden = 2,
                Sparsity = new ParameterValue(s),
                Label = "none",
                Formula = "",
                Further = [new ParameterValue(double.NaN, rate)],
            };
        var runs = new LabelledRuns([Run(0, "a", 0), Run(0, "a", 1), Run(0.5, "b", 0), Run(0.5, "b", 1)], ["rate"], ["x"]);
        Assert.Equal(["sparsity"], PhaseAxis.Swept(runs).Select(a => a.Name));
        var crossed = new LabelledRuns([Run(0, "a", 0), Run(0, "b", 1), Run(0.5, "b", 0), Run(0.5, "a", 1)], ["rate"], ["x"]);
        Assert.Equal(["sparsity", "rate"], PhaseAxis.Swept(crossed).Select(a => a.Name));
    }

    [Fact]
    public void TheCsvHasOneRowACell()
    {
        using var stream = new MemoryStream();
        PhaseCsv.Write(PhaseTable.Build(s_grid, new PhaseOptions()), stream);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.StartsWith(
            "sparsity,importance,runs,kept,dominant_label,dominant_share,dominant_formula,entropy_bits,"
                + "best_label,best_formula,best_loss,mean_dims_per_feature,std_dims_per_feature,"
                + "mean_loss,mean_learned,label:antipodal,label:none,",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith("0,0.9,1,1,none,1,,0,none,,0.5,0.2,,0.5,4,0,1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("0.5,0.9,1,1,tegum-product,1,antipode + dedicated,0,,,,", lines[3], StringComparison.Ordinal);
        Assert.All(lines, l => Assert.Equal(lines[0].Split(',').Length, l.Split(',').Length));
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData("pentagon", "pentagon")]
    [InlineData("simplex-4 + 4 tetrahedron + 2 dedicated", "simplex-4 + tetrahedron + dedicated")]
    [InlineData("irregular(3,8) + irregular(3,7) + 2 9-gon + code(3,7)", "irregular + 9-gon + code(3,7)")]
    public void FamiliesForgetMultiplicities(string formula, string family) => Assert.Equal(family, FormulaFamily.Of(formula));

    [Theory]
    [InlineData(0.999215, "0.999215")]
    [InlineData(0.9992154, "0.999215")]
    [InlineData(0.5, "0.5")]
    [InlineData(0.08970183, "0.0897")]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(20, "20")]
    [InlineData(1234567, "1.23457E+06")]
    [InlineData(double.NaN, "(none)")]
    public void ValuesAreShortAndStayApart(double value, string text) => Assert.Equal(text, PhaseAxis.Text(new ParameterValue(value)));
}
