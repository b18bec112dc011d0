using System.Diagnostics;
using Spectre.Console;

namespace Geometry.Cli.Output;

/// <summary>A progress bar on standard error while it is a terminal; silence otherwise.</summary>
internal static class ProgressBar
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a job that tells its progress, from any thread, and writes its messages through what it is handed.</summary>
    /// <param name="streams">Where to draw.</param>
    /// <param name="what">The text in front of the bar until the job tells its first progress.</param>
    /// <param name="show">The share done, 0 … 1, and the text in front of the bar.</param>
    /// <param name="job">The job; it is handed null for silence.</param>
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
                            // The bar remembers every value for the time left: more than the eye takes in would only cost.
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
