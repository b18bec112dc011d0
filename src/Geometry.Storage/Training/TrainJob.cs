using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>Trains a sweep, or a part of one, into an output folder.</summary>
/// <remarks>
/// Runs are handed to the engine all at once and written as they finish: each into the journal of its weight file, and the file as soon as
/// its last run is there. Whatever stops the process, only runs in flight are lost, of engines that save them only their last seconds, and
/// no reader sees half a file. A resumed job gives the bytes of an uninterrupted one.
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
    /// <param name="folder">Where everything goes.</param>
    /// <param name="options">Part, resumption, messages.</param>
    /// <param name="cancellation">Stops the job; finished runs are then in the weight files and can be resumed from.</param>
    /// <exception cref="ResultsException">The folder holds something else, or cannot be used.</exception>
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
