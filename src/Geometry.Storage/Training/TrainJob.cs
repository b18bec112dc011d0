using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>Trains a sweep, or a part of one, into an output folder.</summary>
/// <remarks>
/// The engine gets all runs at once, and each is written when it is finished: into the journal of its weight file, and the file itself with
/// its last run. Whatever stops the process, only unfinished runs are lost (their last seconds, with an engine that saves its state), and
/// no reader sees half a file. A resumed job gives the same bytes as an uninterrupted one.
/// </remarks>
public sealed class TrainJob
{
    private readonly Lock _lock = new();
    private readonly TrainJobOptions _options;
    private readonly Dictionary<int, ChunkStore> _storeOf = [];
    private readonly int _runs;
    private readonly long _steps;
    private int _finished;
    private long _stepsDone;

    private TrainJob(TrainJobOptions options, int runs, int finished, long steps) =>
        (_options, _runs, _finished, _steps) = (options, runs, finished, steps);

    /// <summary>
    /// Runs the job; afterwards the folder has sweep.yaml, training.yaml, failures.csv and every weight file of this part.
    /// </summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="trainer">The engine.</param>
    /// <param name="folder">The output folder.</param>
    /// <param name="options">Part, resumption, callbacks.</param>
    /// <param name="cancellation">Stops the job; finished runs are then in the weight files, and the job can be resumed.</param>
    /// <exception cref="ResultsException">The folder has something else, or cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TrainJobResult Run(
        SweepSpec spec,
        ITrainer trainer,
        OutputFolder folder,
        TrainJobOptions options,
        CancellationToken cancellation
    )
    {
        var files = new SweepFiles(folder.Path);
        try
        {
            var grid = new SweepGrid(spec);
            TrainFolder.Prepare(files, spec, options);
            ChunkStore[] stores = [.. SweepChunk.Plan(grid, options.Shard).Select(c => ChunkStore.Open(files, grid, c))];
            foreach (ChunkStore store in stores.Where(s => s.IsComplete && s.HasNews))
                store.Write();
            foreach (RunFailure failure in stores.SelectMany(s => s.Failures))
                options.Failed?.Invoke(failure);
            TrainingRun[] pending = [.. stores.SelectMany(s => s.Missing).Select(grid.Run)];
            int runs = stores.Sum(s => s.Chunk.Runs.Count);
            var job = new TrainJob(options, runs, runs - pending.Length, pending.Sum(r => (long)r.Plan.Steps));
            foreach (ChunkStore store in stores)
            {
                foreach (int run in store.Missing)
                    job._storeOf.Add(run, store);
            }
            try
            {
                if (trainer is IResumableTrainer resumable)
                    resumable.States = new StateFile(files.State);
                if (pending.Length > 0)
                    trainer.Train(pending, job.Finish, job.Advance, cancellation);
            }
            catch (OperationCanceledException)
            {
                foreach (ChunkStore store in stores.Where(s => s.HasNews))
                    store.Write();
                FailuresCsv.Write(files.Failures, stores.SelectMany(s => s.Failures));
                throw;
            }
            if (stores.FirstOrDefault(s => !s.IsComplete) is { } lacking)
                throw new InvalidOperationException(FormattableString.Invariant($"the engine ended without run {lacking.Missing.First()}"));
            FailuresCsv.Write(files.Failures, stores.SelectMany(s => s.Failures));
            Directory.Delete(files.JournalFolder, recursive: true);
            return new TrainJobResult(runs, runs - pending.Length, stores.Sum(s => s.Failures.Count), stores.Length, job._stepsDone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{files.Root}: {e.Message}", e);
        }
    }

    private void Finish(TrainedRun run)
    {
        lock (_lock)
        {
            ChunkStore store = _storeOf[run.Run.Index];
            store.Add(run);
            _finished++;
            if (run.FailedAtStep is not null)
                _options.Failed?.Invoke(store.Failures[^1]);
            if (store.IsComplete)
                store.Write();
            Tell();
        }
    }

    private void Advance(long steps)
    {
        lock (_lock)
        {
            _stepsDone += steps;
            Tell();
        }
    }

    private void Tell() => _options.Progress?.Invoke(new TrainProgress(_runs, _finished, _steps, _stepsDone));
}

/// <summary>How to train a sweep into a folder.</summary>
public sealed record TrainJobOptions
{
    /// <summary>The part of the sweep to train.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>
    /// Whether to continue with what the folder has, which must be of the same spec, part and engine. Without it a folder that has a sweep
    /// is refused.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>Name of the engine, stored beside the results: runs of two engines are never mixed.</summary>
    public string Engine { get; init; } = "cpu";

    /// <summary>Called from time to time, by one thread at a time; null for silence.</summary>
    public Action<TrainProgress>? Progress { get; init; }

    /// <summary>Called for every run that diverged, first for those of earlier sittings; null for silence.</summary>
    public Action<RunFailure>? Failed { get; init; }
}

/// <summary>How far training has come.</summary>
/// <param name="Runs">Number of runs of this part.</param>
/// <param name="Finished">Number of finished runs, including those of earlier sittings.</param>
/// <param name="Steps">Number of steps of all runs of this sitting.</param>
/// <param name="StepsDone">Steps made in this sitting.</param>
public readonly record struct TrainProgress(int Runs, int Finished, long Steps, long StepsDone);

/// <summary>The outcome of a finished job.</summary>
/// <param name="Runs">Number of runs of this part.</param>
/// <param name="Kept">Number of runs that were already finished.</param>
/// <param name="Failed">Number of runs that diverged, in any sitting.</param>
/// <param name="Files">Number of weight files.</param>
/// <param name="Steps">Number of steps made now.</param>
public sealed record TrainJobResult(int Runs, int Kept, int Failed, int Files, long Steps);
