using System.Runtime.InteropServices;
using Geometry.Cli.Output;

namespace Geometry.Cli;

/// <summary>Ends a verb within a second of Ctrl+C, whatever it is doing.</summary>
/// <remarks>
/// A verb that checks its token stops by itself and says what is kept. A verb that is deep in a computation or waits for a disk is left
/// running when its time is up, and ends with the process. That is safe because the process may be killed at any moment: databases are
/// written in transactions, and files whole or not at all.
/// </remarks>
internal static class Interruption
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Runs a verb on another thread.</summary>
    /// <param name="streams">Where the message about a verb that did not stop goes.</param>
    /// <param name="verb">The verb, which has the same token.</param>
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

/// <summary>Ctrl+C and the signal to terminate, as a token.</summary>
/// <remarks>
/// A second Ctrl+C ends the process as if there were no handler. Signals to terminate may come twice without a person's impatience: a
/// cluster sends one to every process of a job, and the job's script passes on its own. Every verb ends within a second of the first signal
/// (<see cref="Interruption"/>).
/// </remarks>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public TerminationSignals() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Heed),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Heed),
        ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Heed(PosixSignalContext context)
    {
        context.Cancel = context.Signal == PosixSignal.SIGTERM || !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
