using Geometry.Cli.Output;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Cli.Tests.Output;

public class LabelReportTests
{
    private static readonly LabelSummary s_summary = new(
        1234565,
        1,
        [
            new LabelCount(
                "tegum-product",
                1234560,
                [
                    ("triangle + 2 antipode", 700000),
                    ("simplex-4 + 4 tetrahedron + 2 dedicated + and so on for long", 500000),
                    ("pentagon + dedicated", 9),
                ],
                17,
                0.5,
                12.25
            ),
            new LabelCount("tricapped-triangular-prism", 4, [("tricapped-triangular-prism", 4)], 1, 1, 2),
            new LabelCount("none", 1, [("", 1)], 1, double.NaN, double.NaN),
        ]
    );

    [Fact]
    public void ListsLabelsWithSharesResidualsAndFormulas()
    {
        string[] lines = Written(160);
        Assert.Equal("label                          runs    share  median residual     max  most frequent formulas", lines[0]);
        Assert.Equal(
            "tegum-product               1234560  100.0 %            0.50°  12.25°  triangle + 2 antipode (700000), 16 more",
            lines[2]
        );
        Assert.Equal("tricapped-triangular-prism        4    0.0 %            1.00°   2.00°  tricapped-triangular-prism", lines[3]);
        Assert.Equal("none                              1    0.0 %", lines[4]);
        Assert.Equal("1234565 runs from 1 input, 1 failure", lines[6]);
        Assert.Equal("labels.csv, summands.csv and results.sqlite are in out", lines[7]);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void KeepsToTheWidth(int width) => Assert.All(Written(width), line => Assert.InRange(line.Length, 0, width));

    [Fact]
    public void NothingLabelledIsNoTable()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        LabelReport.Write(writer, new LabelJobResult(2, 1, 0, new LabelSummary(0, 2, [])), "out", 100);
        Assert.StartsWith("0 runs from 2 inputs, 1 input kept unchanged, 2 failures\n", writer.ToString(), StringComparison.Ordinal);
    }

    private static string[] Written(int width)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        LabelReport.Write(writer, new LabelJobResult(1, 0, 1234565, s_summary), "out", width);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
