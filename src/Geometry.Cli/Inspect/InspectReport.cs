using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures.Arrangements;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>One run in the terminal: its label, and the reasons for it.</summary>
internal static class InspectReport
{
    public static void Write(IAnsiConsole console, InspectedRun run)
    {
        bool color = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        Header(console, run);
        RunLabel label = run.Label;
        if (label.Summands.Count > 0)
        {
            var matrix = new CosineMatrix(run.Configuration, label.Summands);
            console.Write(new GramPicture(matrix, color));
            console.WriteLine();
            console.Write(new ScaleLegend(color));
            (Table table, List<(string Name, string Value)> below) = SummandTable.Of(label.Summands, console.Profile.Width);
            console.Write(table);
            foreach ((string name, string value) in below)
                Fact(console, name, value);
            Summand[] planar = [.. label.Summands.Where(s => s.Dim == 2)];
            if (planar.Length > 0)
            {
                console.WriteLine();
                console.Write(new VectorDrawing(run.Configuration, planar));
            }
            console.WriteLine();
            if (PlanePicture.Of(run.Configuration, run.Decoder, run.Bias, label.Learned) is { } picture)
            {
                console.WriteLine("walls w·h + b = 0, numbered on the side where the output is active:");
                console.Write(new ArrangementDrawing(picture));
                console.WriteLine();
            }
        }
        Footer(console, run);
    }

    private static void Header(IAnsiConsole console, InspectedRun run)
    {
        int m = run.Configuration.Hidden,
            n = run.Configuration.Features;
        string where = FormattableString.Invariant($" instance {run.Instance} of {run.Instances}, n = {n} features in m = {m} dimensions");
        console.Write(new UnbrokenLine(new Segment(run.Source, new Style(decoration: Decoration.Bold)), new Segment(where)));
        if (run.Parameters.Count > 0)
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[grey70]{string.Join(", ", run.Parameters.Select(p => $"{p.Name} {Number(p.Value)}"))}[/]"
            );
        console.WriteLine();
        string formula = run.Label.Formula.Replace(" + ", " ⊕ ", StringComparison.Ordinal);
        console.MarkupInterpolated(CultureInfo.InvariantCulture, $"[bold green]{run.Label.Label}[/]");
        if (formula.Length > 0 && formula != run.Label.Label)
            console.MarkupInterpolated(CultureInfo.InvariantCulture, $"  [bold]{formula}[/]");
        console.WriteLine();
        console.WriteLine();
    }

    private static void Footer(IAnsiConsole console, InspectedRun run)
    {
        RunLabel label = run.Label;
        int n = run.Configuration.Features;
        int[] unlearned = [.. Enumerable.Range(0, n).Except(label.Learned)];
        Fact(
            console,
            "learned",
            FormattableString.Invariant($"{label.Learned.Count} of {n} features, rank {label.Rank} of {run.Configuration.Hidden}")
        );
        if (unlearned.Length > 0)
        {
            const int most = 60;
            string listed = string.Join("  ", unlearned.Take(most).Select(i => $"{i} ({Number(label.Norms[i])})"));
            Fact(
                console,
                "not learned",
                listed
                    + (unlearned.Length > most ? FormattableString.Invariant($"  … {unlearned.Length - most} more") : "")
                    + "  (feature, norm)"
            );
        }
        if (run.Head is { } head)
        {
            IReadOnlyList<double[]> classes = SummandSpan.OfClasses(run.Configuration, label.Summands, head);
            for (int c = 0; c < classes.Count; c++)
                Fact(
                    console,
                    FormattableString.Invariant($"class {c}"),
                    string.Join(" · ", classes[c].Select((share, s) => FormattableString.Invariant($"{share:0.00} in summand {s}")))
                );
        }
        Fact(console, "directions", DirectionTexts.Shared(label.Summands));
        for (int i = 0; i < label.Summands.Count; i++)
        {
            if (label.Summands[i].Description is { } description)
                Fact(console, FormattableString.Invariant($"summand {i}"), DirectionTexts.Of(description));
        }
        Fact(console, "dims per feature", Number(label.DimsPerFeature));
        Fact(console, "frame defect", Number(label.FrameDefect));
        Fact(
            console,
            "orthogonality",
            double.IsNaN(label.OrthogonalityDefect) ? "" : $"largest |cos| between summands {Number(label.OrthogonalityDefect)}"
        );
        Fact(
            console,
            "noise scale",
            double.IsNaN(label.NoiseScale)
                ? "unknown: one summand fills the space, nothing is left to tell it from"
                : $"{Number(label.NoiseScale)} per coordinate of a unit vector"
        );
        if (run.Bias is { } bias)
            Fact(console, "bias", $"{Number(bias.Min())} to {Number(bias.Max())}");
        string routes =
            !label.Agreement.IsCompared ? $"only {DecidedBy(label.DecidedBy)} were asked"
            : label.Agreement.Agree ? "planes and Gram blocks name the same summands"
            : "planes and Gram blocks differ: " + label.Agreement.Note;
        Fact(console, "decided by", DecidedBy(label.DecidedBy));
        Fact(console, "routes", routes + " (" + label.Agreement.Route + ")");
    }

    private static string DecidedBy(string route) =>
        route switch
        {
            "blocks" => "the Gram blocks",
            "planes" => "the Hough planes",
            "both" => "Gram blocks and Hough planes alike",
            _ => route,
        };

    private static void Fact(IAnsiConsole console, string name, string value)
    {
        if (value.Length == 0)
            return;
        var grid = new Grid().AddColumn(new GridColumn().Width(18).NoWrap().PadLeft(0)).AddColumn(new GridColumn().PadLeft(0));
        grid.AddRow(new Text(name, new Style(Color.Grey70)), new Text(value));
        console.Write(grid);
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("G4", CultureInfo.InvariantCulture);
}

/// <summary>A run that is shown.</summary>
internal sealed record InspectedRun
{
    public required string Source { get; init; }

    /// <summary>Key of the weight array, where it is one of several; else null.</summary>
    public string? Weights { get; init; }

    public required int Instance { get; init; }

    public required int Instances { get; init; }

    /// <summary>Names and values of the run's parameters in the file.</summary>
    public required IReadOnlyList<(string Name, double Value)> Parameters { get; init; }

    public required FeatureConfiguration Configuration { get; init; }

    /// <summary>b, length n; null when the file has none.</summary>
    public required double[]? Bias { get; init; }

    /// <summary>The decoder of an untied model; null for a tied one.</summary>
    public FeatureConfiguration? Decoder { get; init; }

    /// <summary>The directions of a softmax head's classes in the hidden space; null where there is none.</summary>
    public FeatureConfiguration? Head { get; init; }

    public required RunLabel Label { get; init; }
}

/// <summary>
/// A line that is not wrapped: a path that is broken in two can be neither read nor copied, and terminals fold long lines themselves.
/// </summary>
internal sealed class UnbrokenLine(params Segment[] parts) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(1, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [.. parts, Segment.LineBreak];
}
