using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry label INPUT… --out DIR</c></summary>
internal static class LabelVerb
{
    public static Command Create(Streams streams)
    {
        var inputs = new Argument<string[]>("input")
        {
            Description = "Weight files (.npz, .npy, .safetensors, torch.save archives; told by their content) or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string>("--out")
        {
            Description = "Folder for labels.csv, summands.csv and results.sqlite; made when missing. Earlier results there are replaced once the new ones are complete.",
            HelpName = "folder",
            Required = true,
        };
        var parameters = new Option<string?>("--params") { Description = "CSV file with further columns for runs, found by its columns source and instance.", HelpName = "file" };
        Option<int> threads = SharedOptions.Threads();
        var resume = new Option<bool>("--resume")
        {
            Description = "Keep what the folder has of inputs that did not change, by content, since they were labelled with the same options; inputs no longer given are dropped.",
        };
        var reading = new ReadingOptions();
        var command = new VerbCommand("label", "Label every run of weight files or folders of them.", "geometry label sweep.npz more_sweeps/ --out results") { inputs, output };
        reading.AddTo(command);
        command.Options.Add(parameters);
        command.Options.Add(resume);
        command.Options.Add(threads);
        command.SetAction((parsed, cancellation) =>
        {
            var options = new LabelJobOptions
            {
                File = reading.File(parsed),
                Label = reading.Label(parsed),
                Parameters = ParameterFile.Open(parsed.GetValue(parameters)),
                Resume = parsed.GetValue(resume),
                Threads = parsed.GetValue(threads),
            };
            return Task.FromResult(Run(streams, InputDiscovery.Expand(parsed.GetRequiredValue(inputs)), parsed.GetRequiredValue(output), options, cancellation));
        });
        return command;
    }

    /// <summary>Labels inputs into a folder and prints the summary.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(Streams streams, IReadOnlyList<InputFile> inputs, string output, LabelJobOptions options, CancellationToken cancellation)
    {
        Dictionary<string, string> paths = inputs.DistinctBy(i => i.Source).ToDictionary(i => i.Source, i => i.Path, StringComparer.Ordinal);
        int failures = 0;
        using OutputFolder folder = OutputFolder.Open(output);
        try
        {
            LabelJobResult result = ProgressBar.Run<LabelProgress, LabelJobResult>(streams, "labelling", Show, (progress, write) => LabelJob.Run(
                inputs,
                folder,
                options with
                {
                    Progress = progress,
                    Relabelling = difference => write(
                        $"--resume: what is in {output} is labelled again, it was labelled with {difference}"),
                    Damage = what => write($"--resume: {what}"),
                    Failed = failure =>
                    {
                        failures++;
                        write(FailureLine(paths[failure.Source], failure));
                    },
                },
                cancellation));
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
        return (Math.Min(1, (progress.Finished + part) / Math.Max(1, progress.Inputs)), FormattableString.Invariant($"{progress.Runs:N0} runs, {progress.Finished} of {progress.Inputs} files"));
    }

    private static void WarnOfUnusedParameters(Streams streams, RunParameters? parameters, Dictionary<string, string> paths)
    {
        string[] unused = [.. parameters?.Sources.Where(s => !paths.ContainsKey(s)) ?? []];
        if (unused.Length == 0) return;
        string more = unused.Length > 1 ? FormattableString.Invariant($" and {unused.Length - 1} more") : "";
        streams.Message($"warning: --params has rows for '{unused[0]}'{more}, which no input is called; inputs are called {string.Join(", ", paths.Keys.Take(3).Select(k => $"'{k}'"))}{(paths.Count > 3 ? ", …" : "")}");
    }

    private static string FailureLine(string path, InputFailure failure) => failure.Instance is { } instance
        ? FormattableString.Invariant($"{path}, instance {instance}: {failure.Message}")
        : $"{path}: {failure.Message}";
}
