using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Training;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry train SPEC.yaml --out DIR</c></summary>
internal static class TrainVerb
{
    public static Command Create(Streams streams, EngineFactory engines)
    {
        var options = new TrainingOptions(specRequired: true);
        var command = new VerbCommand(
            "train",
            "Train every run of a sweep and write its weights.",
            "geometry train sweep.yaml --out results"
        );
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
            {
                TrainingRequest request = options.Read(parsed);
                return Task.Run(
                    () => TrainingStep.Run(streams, request, engines, nameFailures: true, cancellation),
                    CancellationToken.None
                );
            }
        );
        return command;
    }
}
