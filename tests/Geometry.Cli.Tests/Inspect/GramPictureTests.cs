using Geometry.Cli.Inspect;
using Geometry.Cli.Output;
using Spectre.Console;
using Xunit;

namespace Geometry.Cli.Tests.Inspect;

public class GramPictureTests
{
    [Fact]
    public void SmallMatricesShowTheirNumbersBlockByBlock()
    {
        string[] lines = Drawn(MadeRuns.Of(5, 2), 110, color: false);
        Assert.Equal("        0     1     2     3     4      5     6     7     8", lines[0].TrimEnd());
        Assert.Equal("  0   1.0   .31  -.81  -.81   .31 │   0     0     0     0   pentagon", lines[1].TrimEnd());
        Assert.Equal("    ──────────────────────────────┼────────────────────────", lines[6].TrimEnd());
        Assert.Equal("  5    0     0     0     0     0  │  1.0  -1.0    0     0   2 antipode", lines[7].TrimEnd());
        Assert.Equal(11, lines.Length);
    }

    [Fact]
    public void MediumMatricesHaveCellsOfTwoCharacters()
    {
        string[] lines = Drawn(MadeRuns.Of(5, 14), 110, color: false);
        // Two digits below each other, then a line a feature and one frame.
        Assert.Equal(2 + 33 + 1, lines.Length);
        Assert.StartsWith("   0 +@", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("14 antipode", lines[8].TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 110, 1)]
    [InlineData(100, 110, 3)]
    [InlineData(100, 60, 7)]
    public void LargeMatricesFitTheWidth(int pairs, int width, int step)
    {
        InspectedRun run = MadeRuns.Of(7, pairs);
        string[] lines = Drawn(run, width, color: true);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(step > 1, lines[^1].Contains($"{step} × {step} features", StringComparison.Ordinal));
        Assert.Contains("▀", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, " 1.0", "+@")]
    [InlineData(-1, "-1.0", "-@")]
    [InlineData(-0.809, "-.81", "-#")]
    [InlineData(0.309, " .31", "+=")]
    [InlineData(-0.001, "  0 ", " ·")]
    public void CosinesHaveTheirNumbersAndPatterns(double cosine, string number, string pattern)
    {
        Assert.Equal(number, CosineScale.Number(cosine));
        Assert.Equal(pattern.Length, CosineScale.Pattern(cosine).Length);
        Assert.Equal(pattern[0], CosineScale.Pattern(cosine)[0]);
    }

    [Fact]
    public void TheScaleIsBlueBelowAndRedAbove()
    {
        for (double c = 0.05; c <= 1; c += 0.05)
        {
            Color above = CosineScale.Color(c),
                below = CosineScale.Color(-c);
            Assert.True(above.R > above.B, $"{c}");
            Assert.True(below.B > below.R, $"{-c}");
        }
    }

    /// <summary>The lines of the picture, without colours even where it uses them.</summary>
    private static string[] Drawn(InspectedRun run, int width, bool color)
    {
        using var writer = new StringWriter();
        IAnsiConsole console = Streams.CreateCaptured(writer, ColorSystemSupport.NoColors, width);
        console.Write(new GramPicture(new CosineMatrix(run.Configuration, run.Label.Summands), color));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
