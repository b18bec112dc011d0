using Geometry.Training.Kernels;

namespace Geometry.Training.Engine;

/// <summary>Threads that share the chunks of a step.</summary>
internal interface IChunkTeam
{
    /// <summary>
    /// Calls work(kernel, step, chunk) once for every chunk, with a kernel that belongs to the calling thread, and returns when all are
    /// done.
    /// </summary>
    void Step(int step, int chunks, Action<IBatchGradient, int, int> work);
}

/// <summary>One thread.</summary>
internal sealed class Soloist(IBatchGradient kernel) : IChunkTeam
{
    /// <inheritdoc />
    public void Step(int step, int chunks, Action<IBatchGradient, int, int> work)
    {
        for (int c = 0; c < chunks; c++)
            work(kernel, step, c);
    }
}

/// <summary>
/// Several threads that meet at a barrier before and after each step; the result does not depend on which thread takes which chunk.
/// </summary>
internal sealed class Ensemble : IChunkTeam, IDisposable
{
    private readonly IBatchGradient[] _kernels;
    private readonly Thread[] _helpers;
    private readonly Barrier _barrier;
    private Action<IBatchGradient, int, int>? _work;
    private Exception? _failure;
    private int _step,
        _chunks,
        _next;

    internal Ensemble(IBatchGradient[] kernels)
    {
        _kernels = kernels;
        _barrier = new Barrier(kernels.Length);
        _helpers = new Thread[kernels.Length - 1];
        for (int h = 0; h < _helpers.Length; h++)
        {
            int own = h + 1;
            _helpers[h] = new Thread(() => Help(own)) { IsBackground = true };
            _helpers[h].Start();
        }
    }

    /// <inheritdoc />
    public void Step(int step, int chunks, Action<IBatchGradient, int, int> work)
    {
        (_work, _step, _chunks, _next) = (work, step, chunks, 0);
        _barrier.SignalAndWait();
        Take(0);
        _barrier.SignalAndWait();
        if (_failure is not null)
            throw new InvalidOperationException("A thread of the team failed.", _failure);
    }

    /// <summary>Ends the other threads.</summary>
    public void Dispose()
    {
        _work = null;
        _barrier.SignalAndWait();
        foreach (Thread helper in _helpers)
            helper.Join();
        _barrier.Dispose();
    }

    private void Help(int own)
    {
        while (true)
        {
            _barrier.SignalAndWait();
            if (_work is null)
                return;
            Take(own);
            _barrier.SignalAndWait();
        }
    }

    private void Take(int own)
    {
        try
        {
            for (int c = Interlocked.Increment(ref _next) - 1; c < _chunks; c = Interlocked.Increment(ref _next) - 1)
                _work!(_kernels[own], _step, c);
        }
#pragma warning disable CA1031 // Whatever it is, the thread that leads the team throws it.
        catch (Exception e)
        {
            _failure = e;
        }
#pragma warning restore CA1031
    }
}
