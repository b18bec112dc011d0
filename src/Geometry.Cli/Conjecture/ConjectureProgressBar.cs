using Geometry.Cli.Output;
using Spectre.Console;

namespace Geometry.Cli.Conjecture;

/// <summary>A progress bar on standard error while it is a terminal; silence otherwise.</summary>
internal static class ConjectureProgressBar
{
    private const double Step = 0.005;

    /// <summary>Runs a job that tells the share it has done.</summary>
    public static T Run<T>(Streams streams, string what, Func<Action<double>?, T> job)
    {
        if (!streams.ErrorIsTerminal) return job(null);
        IAnsiConsole console = streams.ErrorConsole();
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi) return job(null);
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(what, maxValue: 1);
                var gate = new Lock();
                return job(share =>
                {
                    lock (gate)
                    {
                        if (share > bar.Value + Step || share >= 1) bar.Value = share;
                    }
                });
            });
    }
}
