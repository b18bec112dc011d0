using System.CommandLine;
using Geometry.Cli.Conjecture;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Conjecture;
using Geometry.Storage.Conjecture;
using Geometry.Storage.Files;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry conjecture [SPEC.yaml] --out DIR</c> and <c>geometry conjecture --on DIR</c></summary>
internal static class ConjectureVerb
{
    public static Command Create(Streams streams)
    {
        var spec = new Argument<string?>("spec")
        {
            Description =
                "What to measure (YAML: formulas, sigmas, noise_in, methods, trials, hidden, norm_spread, oblique, seed); by "
                + "default r-gon + s-gon for r, s in 3..8.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        spec.Validators.Add(Parsers.RefuseOptions);
        var output = new Option<string?>("--out")
        {
            Description =
                "Folder for conjecture.csv (with --on: direct_sums.csv, by default the labelled folder itself); made when missing.",
            HelpName = "folder",
        };
        var on = new Option<string?>("--on")
        {
            Description = "Folder that label wrote: how many of its runs are direct sums, against vectors at random.",
            HelpName = "folder",
        };
        var weights = new Option<string?>("--weights-in")
        {
            Description = "With --on: a folder to look for the weight files in, when they are no longer where they were labelled.",
            HelpName = "folder",
        };
        var draws = new Option<int>("--draws")
        {
            Description = "With --on: random configurations for each run.",
            HelpName = "count",
            DefaultValueFactory = _ => 4,
            CustomParser = r => Parsers.Between(r, 1, DirectSumJob.MostDraws),
        };
        var trials = new Option<int?>("--trials")
        {
            Description = "Configurations for each formula, noise and σ; by default the spec's.",
            HelpName = "count",
            CustomParser = r => Parsers.AtLeastOne(r),
        };
        var seed = new Option<int?>("--seed")
        {
            Description = "Seed of the configurations; by default the spec's.",
            HelpName = "number",
            CustomParser = r => Parsers.NotNegative(r),
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with the experiment that was interrupted in the folder, which must be of the same spec, trials and seed.",
        };
        Option<int> threads = SharedOptions.Threads();
        var command = new VerbCommand(
            "conjecture",
            "Measure how well direct sums are recovered, by method and noise; or test trained runs for being direct sums.",
            "geometry conjecture --out results"
        )
        {
            spec,
            output,
            on,
            weights,
            draws,
            trials,
            seed,
            resume,
            threads,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Task.Run(
                    () =>
                    {
                        if (parsed.GetValue(on) is { } folder)
                        {
                            if (parsed.GetValue(spec) is { } unused)
                                throw new InputException($"conjecture: --on {folder} takes no spec, found '{unused}'");
                            if (parsed.GetValue(resume))
                                throw new InputException($"conjecture: --resume is for an experiment; --on {folder} starts anew each time");
                            var request = new TrainedRequest(
                                folder,
                                parsed.GetValue(output) ?? folder,
                                parsed.GetValue(weights),
                                parsed.GetValue(draws),
                                parsed.GetValue(seed) ?? 0,
                                parsed.GetValue(threads)
                            );
                            return TrainedStep.Run(streams, request, cancellation);
                        }
                        string target = parsed.GetValue(output)
                            ?? throw new InputException("conjecture: expected --out folder, or --on folder");
                        ConjectureSpec measured = ConjectureFile.Read(parsed.GetValue(spec));
                        measured = measured with
                        {
                            Trials = parsed.GetValue(trials) ?? measured.Trials,
                            Seed = parsed.GetValue(seed) ?? measured.Seed,
                        };
                        return ExperimentStep.Run(
                            streams,
                            new ExperimentRequest(measured, target, parsed.GetValue(resume), parsed.GetValue(threads)),
                            cancellation
                        );
                    },
                    CancellationToken.None
                )
        );
        return command;
    }
}
