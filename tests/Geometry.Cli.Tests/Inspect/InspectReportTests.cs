using Geometry.Cli.Inspect;
using Geometry.Cli.Output;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Spectre.Console;
using Xunit;

namespace Geometry.Cli.Tests.Inspect;

public class InspectReportTests
{
    [Fact]
    public void SaysWhatTheRunIsAndWhy()
    {
        string text = Written(MadeRuns.Of(5, 2), ColorSystemSupport.NoColors);
        foreach (
            string shown in (ReadOnlySpan<string>)
                [
                    "made.npz instance 3 of 9, n = 10 features in m = 4 dimensions",
                    "sparsity 0.95",
                    "tegum-product  pentagon ⊕ 2 antipode",
                    "9 of 10 features, rank 4 of 4",
                    "9 (0.01)",
                    "0.50°",
                    "1e-6",
                    "0.0625",
                    "0.01562 per coordinate",
                    "planes and Gram blocks differ: features 0, 1 are split",
                ]
        )
            Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void ColoursCarryTheCosines()
    {
        string text = Written(MadeRuns.Of(5, 2), ColorSystemSupport.TrueColor);
        Color one = CosineScale.Color(1),
            opposite = CosineScale.Color(-1),
            zero = CosineScale.Color(0);
        foreach (Color color in new[] { one, opposite, zero })
            Assert.Contains($"48;2;{color.R};{color.G};{color.B}m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void APathIsNotBrokenHoweverLongItIs()
    {
        InspectedRun run = MadeRuns.Of(5, 2) with { Source = new string('f', 200) + ".npz" };
        Assert.StartsWith(
            $"{run.Source} instance 3 of 9, n = 10 features in m = 4 dimensions",
            Written(run, ColorSystemSupport.NoColors),
            StringComparison.Ordinal
        );
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
    public void AnIrregularSummandIsDescribed()
    {
        InspectedRun run = MadeRuns.Of(5, 1);
        var description = new ConfigurationDescription
        {
            Angles = [(63.434948, 30), (180, 6)],
            Antipodal = true,
            Tight = false,
            DesignStrength = 5,
            Symmetries = 120,
            Orbits = 1,
        };
        Assert.Contains(
            "summand 0         angles 63.43°×30 180.00°×6 · antipodal · not tight · 5-design · 120 symmetries, 1 orbit",
            Described(description),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no distinct angles · not antipodal · tight · not balanced · no symmetry",
            Described(description with { Angles = [], Antipodal = false, Tight = true, DesignStrength = 0, Symmetries = 1, Orbits = 5 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1-design · symmetries unknown",
            Described(description with { DesignStrength = 1, Symmetries = null, Orbits = null }),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("summand 0", Written(run, ColorSystemSupport.NoColors), StringComparison.Ordinal);

        string Described(ConfigurationDescription d) =>
            Written(
                run with
                {
                    Label = run.Label with { Summands = [run.Label.Summands[0] with { Description = d }, run.Label.Summands[1]] },
                },
                ColorSystemSupport.NoColors
            );
    }

    [Fact]
    public void FeaturesThatShareADirectionAreNamed()
    {
        InspectedRun run = MadeRuns.Of(5, 1);
        string none = Written(run, ColorSystemSupport.NoColors);
        Assert.DoesNotContain("directions", none, StringComparison.Ordinal);
        Summand shared = run.Label.Summands[0] with { Directions = 3, DirectionOf = [0, 1, 0, 2, 1] };
        string text = Written(
            run with
            {
                Label = run.Label with { Summands = [shared, run.Label.Summands[1]], DecidedBy = "both" },
            },
            ColorSystemSupport.NoColors
        );
        Assert.Contains("0 = 2, 1 = 4 share a direction", text, StringComparison.Ordinal);
        Assert.Matches(@"count\s+directions\s+features", text);
        Assert.Matches(@"pentagon\s+2\s+5\s+3\s+0 1 2 3 4", text);
        Assert.Contains("decided by        Gram blocks and Hough planes alike", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereOneRouteWasAskedTheReportDoesNotSayThatTwoAgree()
    {
        InspectedRun run = MadeRuns.Of(5, 1);
        var asked = new RouteAgreement(true, "", "blocks");
        Assert.Contains(
            "name the same summands (blocks)",
            Written(run with { Label = run.Label with { Agreement = asked } }, ColorSystemSupport.NoColors),
            StringComparison.Ordinal
        );
        string text = Written(
            run with
            {
                Label = run.Label with { DecidedBy = "blocks", Agreement = asked with { IsCompared = false } },
            },
            ColorSystemSupport.NoColors
        );
        Assert.Contains("only the Gram blocks were asked (blocks)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("name the same", text, StringComparison.Ordinal);
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
