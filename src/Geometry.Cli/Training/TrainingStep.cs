using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Training;
using Geometry.Training;
using Geometry.Training.Specs;

namespace Geometry.Cli.Training;

/// <summary>Trains a sweep with progress and messages.</summary>
internal static class TrainingStep
{
    /// <summary>Trains and prints the outcome.</summary>
    /// <param name="streams">Where to print.</param>
    /// <param name="request">What to train.</param>
    /// <param name="engines">Makes the engine.</param>
    /// <param name="nameFailures">Whether to name each run that diverged; a verb that labels afterwards names them itself.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static int Run(
        Streams streams,
        TrainingRequest request,
        EngineFactory engines,
        bool nameFailures,
        CancellationToken cancellation
    )
    {
        if (request.Engine == Engines.Torch && (request.Spec.Start is not null || request.Spec.Samples.Values[0] > 0))
            throw new InputException($"{request.SpecPath}: train.start and data.samples are for --engine cpu, found --engine torch");
        ITrainer trainer = engines(request.Engine, request.Device, request.Threads);
        WarnOfRoom(streams, request);
        using OutputFolder folder = OutputFolder.Open(request.Output);
        (int finished, int runs) = (0, 0);
        try
        {
            TrainJobResult result = TrainingProgressBar.Run(streams, (progress, write) => TrainJob.Run(
                    request.Spec,
                    trainer,
                    folder,
                    new TrainJobOptions
                    {
                        Shard = request.Shard,
                        Resume = request.Resume,
                        Engine = request.Engine,
                        Progress = p =>
                        {
                            (finished, runs) = (p.Finished, p.Runs);
                            progress?.Invoke(p);
                        },
                        Failed = nameFailures ? failure => write(FailureLine(request.Output, failure)) : null,
                    },
                    cancellation
                ));
            Report(streams.Out, request, result);
            return result.Failed > 0 ? ExitStatus.Failed : ExitStatus.Done;
        }
        catch (OperationCanceledException)
        {
            streams.Message(
                FormattableString.Invariant(
                    $"interrupted; {finished} of {runs} runs are finished and in {request.Output}, --resume goes on from there"
                )
            );
            throw;
        }
        finally
        {
            (trainer as IDisposable)?.Dispose();
        }
    }

    /// <summary>One line about a run that diverged.</summary>
    public static string FailureLine(string output, RunFailure failure) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{output}/{failure.Source}, instance {failure.Instance}: run {failure.Run} (seed {failure.Seed}) diverged at step "
                + $"{failure.Step}"
        );

    private static void WarnOfRoom(Streams streams, TrainingRequest request)
    {
        if (request.Spec.Pairs is not null)
            return;
        double features = request.Spec.Features.Values.Min(),
            hidden = request.Spec.Layers.Count > 0 ? request.Spec.Layers.Min() : request.Spec.Hidden.Values.Max();
        if (hidden >= features)
            streams.Message(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"warning: {request.SpecPath}: hidden = {hidden} is not below features = {features}: every feature can have a "
                        + $"dimension of its own, and nothing needs superposition"
                )
            );
    }

    private static void Report(TextWriter writer, TrainingRequest request, TrainJobResult result)
    {
        var grid = new SweepGrid(request.Spec);
        string part = request.Shard.Count > 1 ? $" (part {request.Shard} of {grid.Count.ToString(CultureInfo.InvariantCulture)})" : "";
        string kept = result.Kept > 0 ? FormattableString.Invariant($", {result.Kept} of them kept") : "";
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Spec.Name}: {result.Runs} run{(result.Runs == 1 ? "" : "s")}{part}{kept}, {grid.Cells} "
                    + $"cell{(grid.Cells == 1 ? "" : "s")} × {request.Spec.Seeds.Count} "
                    + $"seed{(request.Spec.Seeds.Count == 1 ? "" : "s")}, {result.Failed} diverged"
            )
        );
        writer.WriteLine(
            FormattableString.Invariant(
                $"sweep.yaml and weights/ ({result.Files} file{(result.Files == 1 ? "" : "s")}) are in {request.Output}"
            )
        );
    }
}
