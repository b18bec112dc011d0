using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Geometry.Cli.Cluster;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Training;
using Geometry.Labels;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Training.Specs;
using Geometry.Words;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry submit SPEC.yaml --out DIR --shards N</c></summary>
internal static partial class SubmitVerb
{
    public static Command Create(Streams streams)
    {
        var training = new TrainingOptions(specRequired: true);
        var shards = new Option<int>("--shards")
        {
            Description = "Number of equal parts of the sweep, at most its number of runs: one task of the array each.",
            HelpName = "count",
            Required = true,
            CustomParser = Parsers.AtLeastOne,
        };
        var sbatch = new Option<string[]>("--sbatch-args")
        {
            Description =
                "Options of sbatch for both jobs, such as \"--partition=short --time=2:00:00 --cpus-per-task=4\": a line #SBATCH of "
                + "both scripts. May be given several times.",
            HelpName = "options",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            DefaultValueFactory = _ => [],
        };
        sbatch.Validators.Add(RefuseOwn);
        var reading = new ReadingOptions();
        var dry = new Option<bool>("--dry-run") { Description = "Print the two scripts and submit nothing." };
        var command = new VerbCommand(
            "submit",
            "Train, label, merge, tabulate and report a sweep on a Slurm cluster: an array of jobs, a shard each, and a job behind "
                + "them. Submitted once more, it goes on with the shards that are not finished.",
            "geometry submit sweep.yaml --out results --shards 100 --sbatch-args \"--time=2:00:00 --cpus-per-task=4\""
        );
        training.AddToSubmit(command);
        command.Options.Add(shards);
        command.Options.Add(sbatch);
        reading.AddLabellingTo(command);
        command.Options.Add(dry);
        command.SetAction(
            (parsed, _) =>
            {
                TrainingRequest request = training.Read(parsed);
                LabelOptions label = reading.Label(parsed);
                int count = parsed.GetValue(shards),
                    runs = new SweepGrid(request.Spec).Count;
                if (count > runs)
                    throw new InputException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"--shards {count}: the sweep of {request.SpecPath} has {runs} run{(runs == 1 ? "" : "s")}; expected at "
                                + $"most as many shards"
                        )
                    );
                Engines.Require(request.Engine, request.Device);
                var job = new ClusterJob
                {
                    Name = request.Spec.Name,
                    Shards = count,
                    Pending = [.. Enumerable.Range(1, count)],
                    Program = ClusterJob.ThisProgram(Environment.ProcessPath, AppContext.BaseDirectory),
                    TrainOptions = ["--engine", request.Engine, "--device", request.Device],
                    LabelOptions =
                    [
                        "--min-norm",
                        NumberText.Of(label.MinNorm),
                        "--max-plane-dim",
                        label.MaxPlaneDim.ToString(CultureInfo.InvariantCulture),
                        "--sample",
                        label.SampleFeatures.ToString(CultureInfo.InvariantCulture),
                        "--route",
                        Parsers.WordOf(label.Route),
                        .. request.Spec.Layers.Count > 0 ? ["--weights", MatrixInputs.All] : (string[])[],
                        .. reading.AtlasWord(parsed) is { } atlas
                            ? ["--atlas", atlas == AtlasOption.None ? atlas : Path.GetFullPath(atlas)]
                            : (string[])[],
                    ],
                    SbatchLines = parsed.GetValue(sbatch) ?? [],
                };
                int status = parsed.GetValue(dry)
                    ? Submission.Print(streams, request.Output, job)
                    : Submission.Submit(streams, request.Output, request.Spec, request.Engine, job);
                return Task.FromResult(status);
            }
        );
        return command;
    }

    /// <summary>Refuses options that the scripts set themselves, and values with several lines.</summary>
    private static void RefuseOwn(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.AsSpan().ContainsAny('\n', '\r') || !token.Value.StartsWith('-'))
                result.AddError($"--sbatch-args: expected options of sbatch on one line, found '{token.Value.ReplaceLineEndings(" ")}'");
            else if (Own().Match(token.Value) is { Success: true } own)
                result.AddError($"--sbatch-args: {own.Groups[1].Value} is set by the scripts themselves; leave it out");
        }
    }

    [GeneratedRegex(@"(?:^|\s)(--array|--chdir|--signal|-a|-D)(?![\w-])")]
    private static partial Regex Own();
}
