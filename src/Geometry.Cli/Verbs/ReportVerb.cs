using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Reports.Html;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry report DIR</c></summary>
internal static class ReportVerb
{
    public static Command Create(Streams streams)
    {
        var folder = new Argument<string>("folder") { Description = "A folder that label, planes or atlas wrote; report.html goes there." };
        folder.Validators.Add(Parsers.RefuseOptions);
        var figures = new Option<string?>("--figures")
        {
            Description = "Folder for every figure as SVG as well; made when missing.",
            HelpName = "folder",
        };
        var inputs = new Option<string?>("--inputs")
        {
            Description = "Folder to look for the weight files in, when they are no longer where they were labelled.",
            HelpName = "folder",
        };
        AtlasOption atlas = new(
            "Atlas whose forms the report draws, beside the built-in one and an atlas.yaml in the folder: a folder or an atlas.yaml."
        );
        Option<double> best = SharedOptions.Best();
        var command = new VerbCommand(
            "report",
            "Write one HTML page with phase diagram, figures, gallery and table; it needs no network.",
            "geometry report results --figures results/figures"
        )
        {
            folder,
        };
        foreach (Option option in (ReadOnlySpan<Option>)[figures, inputs, atlas.Option, best])
            command.Options.Add(option);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new ReportOptions
                {
                    Figures = parsed.GetValue(figures),
                    Inputs = parsed.GetValue(inputs),
                    Best = parsed.GetValue(best),
                    Atlas = atlas.Atlas(parsed),
                };
                return Task.FromResult(Run(streams, parsed.GetRequiredValue(folder), options, cancellation));
            }
        );
        return command;
    }

    /// <summary>Writes the report of a labelled folder and prints its path.</summary>
    public static int Run(Streams streams, string folder, ReportOptions options, CancellationToken cancellation)
    {
        (ReportModel model, string page, IReadOnlyList<string> figures) = ReportJob.Run(folder, options, cancellation);
        foreach (string problem in model.Gallery.Problems)
            streams.Message($"warning: not drawn: {problem}");
        if (options.Figures is { } drawn)
            streams.Out.WriteLine(FormattableString.Invariant($"{figures.Count} figures are in {drawn}"));
        int runs = model.Phases.Runs.Runs.Count;
        string content =
            runs == 0 && model.Planes.Dictionaries.Count > 0 ? Count(model.Planes.Found, "plane")
            : runs == 0 && model.Forms.IsAtlas ? Count(model.Forms.Cards.Count, "form")
            : Count(runs, "run");
        streams.Out.WriteLine($"the report of {content} is {page}");
        return ExitStatus.Done;
    }

    private static string Count(int count, string word) => FormattableString.Invariant($"{count} {word}{(count == 1 ? "" : "s")}");
}
