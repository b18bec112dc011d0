using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary>The output of <c>label</c>.</summary>
/// <param name="Json">Whether to print the summary as JSON.</param>
/// <param name="Quiet">Whether to print neither summary nor progress.</param>
/// <param name="Verbose">Whether to print a line for each file.</param>
/// <param name="Parquet">Whether to write Parquet files beside the CSV files.</param>
internal readonly record struct LabelOutput(bool Json, bool Quiet, bool Verbose, bool Parquet);

/// <summary><c>geometry label INPUT… --out DIR</c></summary>
internal static class LabelVerb
{
    public static Command Create(Streams streams)
    {
        var inputs = new Argument<string[]>("input")
        {
            Description =
                "Weight files (npz, npy, safetensors, torch.save archives, HDF5, matrices as Parquet or CSV; known by their "
                + "content), folders of them, patterns in quotes, or - for a list of paths on standard input, one per line.",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description =
                "Folder for labels.csv, summands.csv and results.sqlite; made when missing. Earlier results there are replaced once "
                + "the new ones are complete.",
            HelpName = "folder",
            Required = true,
            Aliases = { "-o" },
        };
        var instances = new Option<InstanceSet?>("--instances")
        {
            Description = "Which runs of each file to label, such as 3,5-9; from 0. By default all.",
            HelpName = "list",
            CustomParser = Parsers.Instances,
        };
        var parquet = new Option<bool>("--parquet")
        {
            Description = "Write labels.parquet and summands.parquet as well, for DuckDB, polars and pandas.",
        };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print no summary and no progress; failures are told all the same." };
        var verbose = new Option<bool>("--verbose", "-v")
        {
            Description = "Tell of each file what was found in it: runs, weights, layout, bias, columns.",
        };
        var parameters = new Option<string?>("--params")
        {
            Description = "CSV file with further columns for runs, found by its columns source and instance.",
            HelpName = "file",
        };
        Option<int> threads = SharedOptions.Threads();
        var resume = new Option<bool>("--resume")
        {
            Description =
                "Keep what the folder has of inputs that did not change, by content, since they were labelled with the same "
                + "options; inputs no longer given are dropped.",
        };
        var reading = new ReadingOptions();
        var command = new VerbCommand(
            "label",
            "Label every run of weight files or folders of them. A toy model takes some milliseconds, a run of 1,000 features in "
                + "500 dimensions about ten seconds of one core, "
                + "with structure or without, and up to a minute where one half has structure and the other none; runs of more than "
                + "4,096 learned features are refused, and summands at free angles are looked for inside blocks of up to 128 "
                + "dimensions.",
            "geometry label sweep.npz more_sweeps/ --out results"
        )
        {
            inputs,
            output,
        };
        reading.AddTo(command);
        command.Options.Add(instances);
        command.Options.Add(parameters);
        command.Options.Add(resume);
        command.Options.Add(parquet);
        command.Options.Add(json);
        command.Options.Add(quiet);
        command.Options.Add(verbose);
        command.Options.Add(threads);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var options = new LabelJobOptions
                {
                    File = reading.File(parsed),
                    Label = reading.Label(parsed),
                    Parameters = ParameterFile.Open(parsed.GetValue(parameters)),
                    Instances = parsed.GetValue(instances),
                    Resume = parsed.GetValue(resume),
                    Threads = parsed.GetValue(threads),
                };
                var style = new LabelOutput(
                    parsed.GetValue(json),
                    parsed.GetValue(quiet),
                    parsed.GetValue(verbose),
                    parsed.GetValue(parquet)
                );
                IReadOnlyList<InputFile> files = InputDiscovery.Expand(InputList.Expand(parsed.GetRequiredValue(inputs), streams.In));
                if (options.File.Weights == MatrixInputs.All)
                {
                    files = MatrixInputs.Expand(files, options.File.Layout);
                    options = options with { File = options.File with { Weights = null } };
                }
                return Task.FromResult(Run(streams, files, parsed.GetRequiredValue(output), options, cancellation, style));
            }
        );
        return command;
    }

    /// <summary>Labels inputs into a folder and prints the summary.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(
        Streams streams,
        IReadOnlyList<InputFile> inputs,
        string output,
        LabelJobOptions options,
        CancellationToken cancellation,
        LabelOutput style = default
    )
    {
        Dictionary<string, string> paths = inputs
            .DistinctBy(i => i.Source)
            .ToDictionary(i => i.Source, i => i.Weights is null ? i.Path : $"{i.Path}#{i.Weights}", StringComparer.Ordinal);
        int failures = 0;
        using OutputFolder folder = OutputFolder.Open(output);
        try
        {
            LabelJobResult result = ProgressBar.Run<LabelProgress, LabelJobResult>(streams, "labelling", Show, (progress, write) =>
                LabelJob.Run(
                    inputs,
                    folder,
                    options with
                    {
                        Progress = style.Quiet ? null : progress,
                        Opened = style.Verbose ? (source, found) => write($"{paths[source]}: {found}") : null,
                        Relabelling = difference =>
                            write($"--resume: what is in {output} is labelled again, it was labelled with {difference}"),
                        Damage = what => write($"--resume: {what}"),
                        Failed = failure =>
                        {
                            failures++;
                            write(FailureLine(paths[failure.Source], failure));
                        },
                    },
                    cancellation
                )
            );
            if (style.Parquet)
                folder.PublishParquet();
            if (style.Json)
                LabelJson.Write(streams.Out, result, output);
            else if (!style.Quiet)
                LabelReport.Write(streams.Out, result, output, streams.OutWidth);
            WarnOfUnusedParameters(streams, options.Parameters, paths);
            return failures > 0 ? ExitStatus.Failed : ExitStatus.Done;
        }
        catch (OperationCanceledException)
        {
            streams.Message($"interrupted; what is finished is in {folder.Database}, --resume goes on from there");
            throw;
        }
    }

    private static (double Share, string Text) Show(LabelProgress progress)
    {
        double part = progress.Instances > 0 && progress.Done < progress.Instances ? (double)progress.Done / progress.Instances : 0;
        return (
            Math.Min(1, (progress.Finished + part) / Math.Max(1, progress.Inputs)),
            FormattableString.Invariant($"{progress.Runs:N0} runs, {progress.Finished} of {progress.Inputs} files")
        );
    }

    private static void WarnOfUnusedParameters(Streams streams, RunParameters? parameters, Dictionary<string, string> paths)
    {
        string[] unused = [.. parameters?.Sources.Where(s => !paths.ContainsKey(s)) ?? []];
        if (unused.Length == 0)
            return;
        string more = unused.Length > 1 ? FormattableString.Invariant($" and {unused.Length - 1} more") : "";
        streams.Message(
            $"warning: --params has rows for '{unused[0]}'{more}, which no input is called; inputs are called "
                + $"{string.Join(", ", paths.Keys.Take(3).Select(k => $"'{k}'"))}{(paths.Count > 3 ? ", …" : "")}"
        );
    }

    private static string FailureLine(string path, InputFailure failure) =>
        failure.Instance is { } instance
            ? FormattableString.Invariant($"{path}, instance {instance}: {failure.Message}")
            : $"{path}: {failure.Message}";
}
