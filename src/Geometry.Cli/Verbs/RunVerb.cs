using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Phases;
using Geometry.Cli.Training;
using Geometry.Labels;
using Geometry.Reports.Html;
using Geometry.Reports.Phases;
using Geometry.Reports.Theory;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry run [SPEC.yaml] --out DIR</c>: everything from a spec to its results.</summary>
internal static class RunVerb
{
    public static Command Create(Streams streams, EngineFactory engines)
    {
        var options = new TrainingOptions(specRequired: false);
        var command = new VerbCommand(
            "run",
            "The main job: train a sweep, label every run, tabulate the phases and write the report.",
            "geometry run fixtures/specs/poster.yaml --out results"
        );
        var reading = new ReadingOptions();
        options.AddTo(command);
        reading.AddLabellingTo(command);
        command.SetAction(
            (parsed, cancellation) =>
            {
                TrainingRequest request = options.Read(parsed);
                return Task.Run(() => Run(streams, request, reading.Label(parsed), engines, cancellation), CancellationToken.None);
            }
        );
        return command;
    }

    /// <summary>Runs the steps in order; each reads what the previous one left in the folder.</summary>
    private static int Run(
        Streams streams,
        TrainingRequest request,
        LabelOptions label,
        EngineFactory engines,
        CancellationToken cancellation
    )
    {
        int status = ExitStatus.Done;
        var theory = new TheoryMemo();
        status = Math.Max(status, TrainingStep.Run(streams, request, engines, nameFailures: false, cancellation));
        status = Math.Max(status, Label(streams, request, label, cancellation));
        status = Math.Max(
            status,
            PhaseVerb.Run(streams, request.Output, new PhaseOptions { Theory = theory }, PhaseValue.Label, cancellation)
        );
        status = Math.Max(status, ReportVerb.Run(streams, request.Output, new ReportOptions { Theory = theory }, cancellation));
        return status;
    }

    private static int Label(Streams streams, TrainingRequest request, LabelOptions label, CancellationToken cancellation)
    {
        var options = new LabelJobOptions
        {
            Label = label,
            Threads = request.Threads,
            Resume = request.Resume,
        };
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([request.Output]);
        // A deep model has several matrices, none of which stands for the model.
        if (request.Spec.Layers.Count > 0)
            inputs = MatrixInputs.Expand(inputs, WeightLayout.Auto);
        return LabelVerb.Run(streams, inputs, request.Output, options, cancellation);
    }
}
