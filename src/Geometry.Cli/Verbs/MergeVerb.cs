using System.CommandLine;
using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Training;
using Geometry.Storage.Results;
using Geometry.Storage.Training;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry merge DIR… --out DIR</c></summary>
internal static class MergeVerb
{
    public static Command Create(Streams streams)
    {
        var parts = new Argument<string[]>("part")
        {
            Description = "Output folders of train or run with --shard, all of one spec and engine.",
            Arity = ArgumentArity.OneOrMore,
        };
        parts.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description = "Folder for the whole sweep: what train, and label when every part is labelled, would have written there.",
            HelpName = "folder",
            Required = true,
        };
        var command = new VerbCommand(
            "merge",
            "Put the parts of a sweep, trained with --shard, and their labels together. Exit status 1, with a line on stderr for "
                + "each reason: runs diverged or could not be labelled, runs are in no part, or only some parts are labelled (the "
                + "weights are merged then, the labels not). 2: nothing is merged.",
            "geometry merge part1 part2 part3 --out results"
        )
        {
            parts,
            output,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.FromResult(Run(streams, parsed.GetRequiredValue(parts), parsed.GetRequiredValue(output), cancellation))
        );
        return command;
    }

    private static int Run(Streams streams, string[] parts, string output, CancellationToken cancellation)
    {
        using OutputFolder folder = OutputFolder.Open(output);
        MergeResult result = MergeJob.Run(parts, folder, cancellation);
        foreach (RunFailure failure in result.Failures)
            streams.Message(TrainingStep.FailureLine(output, failure));
        if (result.Missing.Count > 0)
            streams.Message(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.Missing.Count} of {result.Runs} runs are in no part, the first is run {result.Missing[0]}; geometry "
                        + $"train {output}/sweep.yaml --out {output} --resume trains them"
                )
            );
        if (result.LabelsNote is { } note)
            streams.Message($"labels are not merged: {note}; geometry label {output} --out {output} makes them");
        // A run that diverged has a line of its own, and is also among the failures of the labels.
        long unlabelled = result.Labels is null ? 0 : result.Labels.Failures - result.Failures.Count;
        if (unlabelled > 0)
            streams.Message(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unlabelled} run{(unlabelled == 1 ? "" : "s")} could not be labelled; the table failures of "
                        + $"{output}/results.sqlite says why"
                )
            );
        string labels = result.Labels is { } summary ? FormattableString.Invariant($", {summary.Runs} labels") : "";
        streams.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Runs - result.Missing.Count} of {result.Runs} runs{labels} from {parts.Length} "
                    + $"part{(parts.Length == 1 ? "" : "s")} are in {output}"
            )
        );
        return result.Missing.Count > 0 || result.Failures.Count > 0 || result.LabelsNote is not null || unlabelled > 0
            ? ExitStatus.Failed
            : ExitStatus.Done;
    }
}
