using Geometry.Cli.Inspect;
using Geometry.Cli.Output;
using Geometry.Shapes;
using Spectre.Console;
using Xunit;

namespace Geometry.Cli.Tests.Inspect;

public class InspectReportTests
{
    [Fact]
    public void SaysWhatTheRunIsAndWhy()
    {
        string text = Written(MadeRuns.Of(5, 2), ColorSystemSupport.NoColors);
        foreach (string shown in (ReadOnlySpan<string>)
        [
            "made.npz instance 3 of 9, n = 10 features in m = 4 dimensions", "sparsity 0.95", "tegum-product  pentagon ⊕ 2 antipode",
            "9 of 10 features, rank 4 of 4", "9 (0.01)", "0.50°", "1e-6", "0.0625", "0.01562 per coordinate", "planes and Gram blocks differ: features 0, 1 are split",
        ])
            Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void ColoursCarryTheCosines()
    {
        string text = Written(MadeRuns.Of(5, 2), ColorSystemSupport.TrueColor);
        Color one = CosineScale.Color(1), opposite = CosineScale.Color(-1), zero = CosineScale.Color(0);
        foreach (Color color in new[] { one, opposite, zero }) Assert.Contains($"48;2;{color.R};{color.G};{color.B}m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIrregularSummandNamesItsNearestShape()
    {
        InspectedRun run = MadeRuns.Of(5, 1);
        var match = new ShapeMatch("irregular(2,5)", "pentagon", 9.5, 0.25, double.NaN);
        run = run with { Label = run.Label with { Summands = [run.Label.Summands[0] with { Match = match }, run.Label.Summands[1]] } };
        string text = Written(run, ColorSystemSupport.NoColors);
        Assert.Contains("nearest", text, StringComparison.Ordinal);
        Assert.Contains("irregular(2,5)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("nearest", Written(MadeRuns.Of(5, 1), ColorSystemSupport.NoColors), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingLearnedIsShownToo()
    {
        InspectedRun run = MadeRuns.Of(5, 0);
        run = run with { Label = run.Label with { Label = "none", Formula = "", Summands = [], Learned = [], FrameDefect = double.NaN } };
        string text = Written(run, ColorSystemSupport.NoColors);
        Assert.Contains("none", text, StringComparison.Ordinal);
        Assert.Contains("0 of 6 features", text, StringComparison.Ordinal);
        Assert.DoesNotContain("frame defect", text, StringComparison.Ordinal);
    }

    private static string Written(InspectedRun run, ColorSystemSupport colors)
    {
        using var writer = new StringWriter();
        InspectReport.Write(Streams.CreateCaptured(writer, colors, 110), run);
        return writer.ToString();
    }
}
