using System.Runtime.InteropServices;

namespace Geometry.Cli;

/// <summary>Ctrl+C and the signal to terminate, as a token.</summary>
/// <remarks>
/// A second Ctrl+C ends the process as if nobody had listened. Signals to terminate may come twice without a person's impatience: a cluster
/// sends one to every process of a job, and the job's script passes its own on. Whatever it is doing, a verb ends within a second of the
/// first one (<see cref="Interruption"/>).
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
