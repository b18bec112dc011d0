using Geometry.Cli.Output;

namespace Geometry.Cli;

/// <summary>Ends a verb within a second of Ctrl+C, whatever it is doing.</summary>
/// <remarks>
/// A verb that looks at its token stops by itself and says what is kept. One that is deep in a computation or waits for a disk is left
/// behind when its time is up: the process ends with it. That is safe because everything is written so that the process may be killed at
/// any moment: databases in transactions, files whole or not at all.
/// </remarks>
internal static class Interruption
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Runs a verb on another thread.</summary>
    /// <param name="streams">Where to say that it was left.</param>
    /// <param name="verb">The verb; it is handed the same token.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    /// <returns>The verb's exit status, or <see cref="ExitStatus.Interrupted"/>.</returns>
    public static async Task<int> Run(Streams streams, Func<Task<int>> verb, CancellationToken cancellation)
    {
        Task<int> work = Task.Run(verb, CancellationToken.None);
        try
        {
            return await work.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(s_patience, CancellationToken.None)).ConfigureAwait(false);
        }
        if (work.IsCompleted)
            return await work.ConfigureAwait(false);
        streams.ShowCursor();
        streams.Message("interrupted; what was stored before is kept");
        return ExitStatus.Interrupted;
    }
}
