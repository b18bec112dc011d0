using Geometry.Training.Engine;

namespace Geometry.Training;

/// <summary>
/// The CPU engine: trains runs in parallel, one per thread, and with several threads per run where there are fewer runs than threads. Needs
/// no native library.
/// </summary>
/// <remarks>
/// The fresh samples of each step come from a counter-based generator with the key (seed, run, step, sample), and every sum has a fixed
/// order. A run's weights therefore have the same bits whatever the number of threads, the other runs, and the processor's vector width.
/// All arithmetic of training is float32, as in PyTorch. Two threads on one run pay for their synchronisation from about 0.5 ms per step;
/// smaller runs stay on one thread.
/// </remarks>
public sealed class CpuTrainer : ITrainer
{
    /// <summary>Progress is reported after about this many multiply-adds.</summary>
    private const long ReportWork = 1L << 30;

    /// <summary>An engine with a number of threads.</summary>
    /// <param name="threads">Number of threads, ≥ 1; null for all processors.</param>
    public CpuTrainer(int? threads = null)
    {
        if (threads is { } t)
            ArgumentOutOfRangeException.ThrowIfLessThan(t, 1, nameof(threads));
        Threads = threads ?? Environment.ProcessorCount;
    }

    /// <summary>Number of threads.</summary>
    public int Threads { get; }

    /// <inheritdoc />
    public void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(stepsDone);
        cancellation.ThrowIfCancellationRequested();
        if (runs.Count == 0)
            return;
        int teams = Math.Min(Threads, runs.Count),
            size = Threads / teams;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var gate = new Lock();
        Exception? failure = null;
        int next = 0;
        var workers = new Thread[teams];
        for (int w = 0; w < teams; w++)
        {
            workers[w] = new Thread(Work) { IsBackground = true };
            workers[w].Start();
        }
        foreach (Thread worker in workers)
            worker.Join();
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);

        void Work()
        {
            try
            {
                for (int r = Interlocked.Increment(ref next) - 1; r < runs.Count; r = Interlocked.Increment(ref next) - 1)
                    TrainOne(runs[r], size, finished, stepsDone, gate, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The caller gets it once all workers are back.
            }
#pragma warning disable CA1031 // Whatever it is, it stops the other workers and is thrown on the caller's thread.
            catch (Exception e)
            {
                lock (gate)
                    failure ??= e;
                stop.Cancel();
            }
#pragma warning restore CA1031
        }
    }

    private static void TrainOne(
        TrainingRun run,
        int teamSize,
        Action<TrainedRun> finished,
        Action<long> stepsDone,
        Lock gate,
        CancellationToken cancellation
    )
    {
        var program = new RunProgram(run);
        long every = Math.Max(1, ReportWork / Math.Max(1, program.Work)),
            pending = 0;
        int threads = Math.Min(teamSize, program.Chunks);
        TrainedRun result;
        if (threads == 1)
        {
            result = new RunTrainer(program).Train(new Soloist(BatchGradients.For(program)), Stepped, cancellation);
        }
        else
        {
            using var team = new Ensemble([.. Enumerable.Range(0, threads).Select(_ => BatchGradients.For(program))]);
            result = new RunTrainer(program).Train(team, Stepped, cancellation);
        }
        lock (gate)
        {
            if (pending > 0)
                stepsDone(pending);
            finished(result);
        }

        void Stepped()
        {
            if (++pending < every)
                return;
            lock (gate)
                stepsDone(pending);
            pending = 0;
        }
    }
}
