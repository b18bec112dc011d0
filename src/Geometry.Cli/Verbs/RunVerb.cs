using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Training;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry run [SPEC.yaml] --out DIR</c>: everything from a spec to its results.</summary>
internal static class RunVerb
{
    public static Command Create(Streams streams, EngineFactory engines)
    {
        var options = new TrainingOptions(specRequired: false);
        var command = new VerbCommand("run", "Train a sweep and label every run of it.", "geometry run fixtures/specs/poster.yaml --out results");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            TrainingRequest request = options.Read(parsed);
            return Task.Run(() => Run(streams, request, engines, cancellation), CancellationToken.None);
        });
        return command;
    }

    /// <summary>The steps in order, each reading what the one before left in the folder; later verbs are further lines here.</summary>
    private static int Run(Streams streams, TrainingRequest request, EngineFactory engines, CancellationToken cancellation)
    {
        int status = ExitStatus.Done;
        status = Math.Max(status, TrainingStep.Run(streams, request, engines, nameFailures: false, cancellation));
        status = Math.Max(status, Label(streams, request, cancellation));
        return status;
    }

    private static int Label(Streams streams, TrainingRequest request, CancellationToken cancellation)
    {
        var options = new LabelJobOptions { Threads = request.Threads, Resume = request.Resume };
        return LabelVerb.Run(streams, InputDiscovery.Expand([request.Output]), request.Output, options, cancellation);
    }
}
