using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Phases;
using Geometry.Reports.Phases;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry phase DIR</c></summary>
internal static class PhaseVerb
{
    public static Command Create(Streams streams)
    {
        var folder = new Argument<string>("folder") { Description = "A folder that label wrote; phase.csv goes there." };
        folder.Validators.Add(Parsers.RefuseOptions);
        var x = new Option<string?>("--x")
        {
            Description = "Parameter along the picture's rows; by default the first one that was swept.",
            HelpName = "parameter",
        };
        var y = new Option<string?>("--y")
        {
            Description =
                "Parameter up the picture; by default the second one. With --x or --y, the runs of all other parameters share a cell.",
            HelpName = "parameter",
        };
        Option<double> best = SharedOptions.Best();
        var value = new Option<PhaseValue>("--value")
        {
            Description = "What the picture shows: label, formula, dims, learned or loss.",
            HelpName = "what",
            CustomParser = PhaseValues.Parse,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the bootstrap of the transitions.",
            HelpName = "number",
            DefaultValueFactory = _ => 0,
            CustomParser = Parsers.NotNegative,
        };
        var command = new VerbCommand(
            "phase",
            "Tabulate which label wins where in the sweep: phase.csv, and a picture in the terminal.",
            "geometry phase results --best 0.5"
        )
        {
            folder,
        };
        foreach (Option option in (ReadOnlySpan<Option>)[x, y, best, value, seed])
            command.Options.Add(option);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new PhaseOptions
                {
                    X = parsed.GetValue(x),
                    Y = parsed.GetValue(y),
                    Best = parsed.GetValue(best),
                    Seed = parsed.GetValue(seed),
                };
                return Task.FromResult(Run(streams, parsed.GetRequiredValue(folder), options, parsed.GetValue(value), cancellation));
            }
        );
        return command;
    }

    /// <summary>Tabulates a labelled folder and shows the picture, if any run was labelled.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(Streams streams, string folder, PhaseOptions options, PhaseValue value, CancellationToken cancellation)
    {
        PhaseResult result = PhaseJob.Run(folder, options, cancellation);
        PhaseTable table = result.Table;
        if (table.Cells.Count == 0)
        {
            streams.Message($"{folder}: no run was labelled, so that phase.csv is a header alone; failures are in results.sqlite");
            return ExitStatus.Failed;
        }
        PhasePicture.Write(streams.OutConsole(), table, options, value, streams.OutWidth);
        TransitionList.Write(streams.Out, table, options);
        TheoryComparison.Write(streams.Out, result, folder);
        streams.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Cells.Count} cell{(table.Cells.Count == 1 ? "" : "s")} of {table.Runs.Runs.Count} "
                    + $"run{(table.Runs.Runs.Count == 1 ? "" : "s")} are in {Path.Combine(folder, "phase.csv")}"
            )
        );
        return ExitStatus.Done;
    }
}
