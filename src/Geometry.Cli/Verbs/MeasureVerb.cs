using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Geometry.Cli.Measures;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Measures;
using Geometry.Reports.Measures;
using Geometry.Reports.Measures.Summaries;
using Geometry.Words;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry measure DIR --what NAME[,NAME…]</c></summary>
internal static class MeasureVerb
{
    public static Command Create(Streams streams)
    {
        var folder = new Argument<string>("folder")
        {
            Description = "A folder that label wrote; each measure gets a table in its results.sqlite and a CSV file there.",
        };
        folder.Validators.Add(Parsers.RefuseOptions);
        var what = new Option<IReadOnlyList<IMeasure>>("--what")
        {
            Description =
                $"Measures, joined by commas: {string.Join("; ", MeasureRegistry.All.Select(m => $"{m.Name} ({m.Description})"))}.",
            HelpName = "names",
            Required = true,
            CustomParser = Measures,
        };
        var inputs = new Option<string?>("--inputs")
        {
            Description = "Folder to look for the weight files in, when they are no longer where they were labelled.",
            HelpName = "folder",
        };
        var resume = new Option<bool>("--resume") { Description = "Keep what was measured of inputs that were not labelled anew since." };
        Option<int> threads = SharedOptions.Threads();
        var command = new VerbCommand(
            "measure",
            "Measure labelled runs further.",
            $"geometry measure results --what {MeasureRegistry.All[0].Name}"
        )
        {
            folder,
            what,
            inputs,
            resume,
            threads,
        };
        var llc = new LlcCommandOptions();
        foreach (Option option in llc.All)
            command.Options.Add(option);
        command.SetAction(
            (parsed, cancellation) =>
                Task.FromResult(
                    Run(
                        streams,
                        parsed.GetRequiredValue(folder),
                        llc.Configure(parsed.GetRequiredValue(what), parsed),
                        new MeasureJobOptions
                        {
                            Inputs = parsed.GetValue(inputs),
                            Resume = parsed.GetValue(resume),
                            Threads = parsed.GetValue(threads),
                        },
                        cancellation
                    )
                )
        );
        return command;
    }

    private static int Run(
        Streams streams,
        string folder,
        IReadOnlyList<IMeasure> measures,
        MeasureJobOptions options,
        CancellationToken cancellation
    )
    {
        int failures = 0;
        try
        {
            MeasureOutcome outcome = ProgressBar.Run<(long Done, long Total), MeasureOutcome>(
                streams,
                "measuring",
                Show,
                (progress, write) =>
                    MeasureJob.Run(
                        folder,
                        measures,
                        options with
                        {
                            Progress = progress,
                            Failed = (measure, failure) =>
                            {
                                failures++;
                                string where = failure.Instance is { } instance
                                    ? FormattableString.Invariant($"{failure.Source}, instance {instance}")
                                    : failure.Source;
                                write(measure.Length > 0 ? $"{where}: {measure}: {failure.Message}" : $"{where}: {failure.Message}");
                            },
                        },
                        cancellation
                    )
            );
            var table = new TextTable("measure", ">runs", ">rows", "file");
            foreach (MeasuredTable of in outcome.Tables)
                table.Add(
                    of.Measure,
                    of.Runs.ToString("N0", CultureInfo.InvariantCulture),
                    of.Rows.ToString("N0", CultureInfo.InvariantCulture),
                    of.Measure + ".csv"
                );
            table.Write(streams.Out);
            foreach (SummaryTable summary in outcome.Summaries)
                SummaryText.Write(streams.Out, summary);
            return failures > 0 ? ExitStatus.Failed : ExitStatus.Done;
        }
        catch (OperationCanceledException)
        {
            streams.Message("interrupted; what was there is as it was, --resume goes on from here");
            throw;
        }
    }

    private static (double Share, string Text) Show((long Done, long Total) progress) =>
        (
            (double)progress.Done / Math.Max(1, progress.Total),
            FormattableString.Invariant($"{progress.Done:N0} of {progress.Total:N0} runs")
        );

    private static IReadOnlyList<IMeasure> Measures(ArgumentResult result)
    {
        string[] names = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        string? unknown = names.FirstOrDefault(n => MeasureRegistry.Find(n) is null);
        if (unknown is null)
            return [.. MeasureRegistry.All.Where(m => names.Contains(m.Name))];
        IEnumerable<string> known = MeasureRegistry.All.Select(m => m.Name);
        result.AddError(
            $"--what: expected {string.Join(", ", known)}, found '{unknown}'; did you mean '{NearestName.Of(unknown, known)}'?"
        );
        return [];
    }
}
