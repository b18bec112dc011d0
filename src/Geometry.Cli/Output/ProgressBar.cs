using System.Diagnostics;
using Spectre.Console;

namespace Geometry.Cli.Output;

/// <summary>A progress bar on standard error if that is a terminal; nothing otherwise.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a job that reports progress from any thread, and prints its messages through a function that it gets.</summary>
    /// <param name="streams">Where to draw.</param>
    /// <param name="what">The text before the bar until the first progress is reported.</param>
    /// <param name="show">Progress → the finished share, 0 … 1, and the text before the bar.</param>
    /// <param name="job">The job; it gets null where no progress is shown.</param>
    public static T Run<TProgress, T>(
        Streams streams,
        string what,
        Func<TProgress, (double Share, string Text)> show,
        Func<Action<TProgress>?, Action<string>, T> job
    )
    {
        if (!streams.ErrorIsTerminal)
            return job(null, streams.Message);
        IAnsiConsole console = streams.ErrorConsole();
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
            return job(null, streams.Message);
        return console
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(what, maxValue: 1);
                var gate = new Lock();
                long shown = 0;
                return job(
                    progress =>
                    {
                        lock (gate)
                        {
                            // The bar keeps every value to estimate the time left; more values than the eye can follow would only cost
                            // time.
                            if (shown != 0 && Stopwatch.GetElapsedTime(shown) < s_interval)
                                return;
                            shown = Stopwatch.GetTimestamp();
                            (bar.Value, bar.Description) = show(progress);
                        }
                    },
                    message => console.WriteLine(Streams.Line(message))
                );
            });
    }
}
