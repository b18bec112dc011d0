using Geometry.Storage.Results;
using Spectre.Console;

namespace Geometry.Cli.Output;

/// <summary>A progress bar on standard error while it is a terminal; silence otherwise.</summary>
internal static class LabelProgressBar
{
    /// <summary>Runs a job that tells its progress and writes its messages through what it is handed.</summary>
    public static T Run<T>(Streams streams, Func<Action<LabelProgress>?, Action<string>, T> job)
    {
        if (!streams.ErrorIsTerminal) return job(null, streams.Error.WriteLine);
        IAnsiConsole console = streams.ErrorConsole();
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi) return job(null, streams.Error.WriteLine);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask("labelling", maxValue: 1);
                return job(progress => Show(bar, progress), message => console.WriteLine(message));
            });
    }

    private static void Show(ProgressTask bar, LabelProgress progress)
    {
        double part = progress.Instances > 0 && progress.Done < progress.Instances ? (double)progress.Done / progress.Instances : 0;
        bar.Value = Math.Min(1, (progress.Finished + part) / Math.Max(1, progress.Inputs));
        bar.Description = FormattableString.Invariant($"{progress.Runs:N0} runs, {progress.Finished} of {progress.Inputs} files");
    }
}
