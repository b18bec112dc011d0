using System.Diagnostics;
using Geometry.Cli.Output;
using Geometry.Storage.Training;

namespace Geometry.Cli.Training;

/// <summary>The progress bar of training: finished runs, steps per second, time left.</summary>
internal static class TrainingProgressBar
{
    /// <summary>Runs a job that reports progress, and prints its messages through a function that it gets.</summary>
    public static T Run<T>(Streams streams, Func<Action<TrainProgress>?, Action<string>, T> job)
    {
        long start = Stopwatch.GetTimestamp();
        return ProgressBar.Run(
            streams,
            "training",
            progress => (Share(progress), Describe(progress, Stopwatch.GetElapsedTime(start))),
            job
        );
    }

    /// <summary>The finished share of this sitting's work, 0 … 1: by steps, or by runs when there are no steps.</summary>
    public static double Share(TrainProgress progress) =>
        progress.Steps > 0
            ? Math.Clamp((double)progress.StepsDone / progress.Steps, 0, 1)
            : (double)progress.Finished / Math.Max(1, progress.Runs);

    /// <summary>The text before the bar.</summary>
    public static string Describe(TrainProgress progress, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? progress.StepsDone / elapsed.TotalSeconds : 0;
        return FormattableString.Invariant($"{progress.Finished:N0} of {progress.Runs:N0} runs, {Short(rate)} steps/s");
    }

    private static string Short(double rate) =>
        rate switch
        {
            >= 1e6 => FormattableString.Invariant($"{rate / 1e6:0.0} M"),
            >= 1e3 => FormattableString.Invariant($"{rate / 1e3:0.0} k"),
            _ => FormattableString.Invariant($"{rate:0}"),
        };
}
