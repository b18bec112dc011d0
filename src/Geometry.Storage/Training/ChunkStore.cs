using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>The finished runs of one weight file on disk: those in the file, and those in its journal.</summary>
/// <remarks>
/// The file is written when its last run is there, or on an orderly stop with the runs that are there; the journal is deleted after that. A
/// kill in between leaves runs in both, which count once. <see cref="Open"/> understands every state that a kill can leave.
/// </remarks>
internal sealed class ChunkStore
{
    private readonly SweepFiles _files;
    private readonly SweepGrid _grid;
    private readonly HashSet<int> _missing;
    private readonly List<RunFailure> _failures = [];

    private ChunkStore(SweepFiles files, SweepGrid grid, SweepChunk chunk)
    {
        (_files, _grid, Chunk) = (files, grid, chunk);
        _missing = [.. chunk.Runs];
    }

    /// <summary>The runs that belong to the file.</summary>
    public SweepChunk Chunk { get; }

    /// <summary>Runs that are in neither file nor journal, ascending.</summary>
    public IEnumerable<int> Missing => _missing.Order();

    /// <summary>Finished runs that diverged.</summary>
    public IReadOnlyList<RunFailure> Failures => _failures;

    /// <summary>Whether the journal holds runs that the file lacks.</summary>
    public bool HasNews { get; private set; }

    /// <summary>Whether no run is missing.</summary>
    public bool IsComplete => _missing.Count == 0;

    /// <summary>Reads which runs are there.</summary>
    /// <exception cref="Results.ResultsException">The weight file is not of this sweep or damaged.</exception>
    public static ChunkStore Open(SweepFiles files, SweepGrid grid, SweepChunk chunk)
    {
        var store = new ChunkStore(files, grid, chunk);
        if (File.Exists(files.Weights(chunk)))
        {
            using TrainedFile file = TrainedFile.Open(files.Weights(chunk), files.Checkpoints(chunk), grid);
            for (int i = 0; i < file.Runs.Length; i++)
                store.Note(file.Runs[i], file.FailedAt(i));
        }
        foreach (TrainedRun run in store.Journal())
        {
            if (store.Note(run.Run.Index, run.FailedAtStep))
                store.HasNews = true;
        }
        if (!store.HasNews)
            File.Delete(files.Journal(chunk));
        return store;
    }

    /// <summary>Adds a finished run; it is in the journal when this returns.</summary>
    public void Add(TrainedRun run)
    {
        RunJournal.Append(_files.Journal(Chunk), run);
        Note(run.Run.Index, run.FailedAtStep);
        HasNews = true;
    }

    /// <summary>Writes the weight file, and that of the checkpoints, from all runs that are there, and deletes the journal.</summary>
    public void Write()
    {
        var runs = new SortedDictionary<int, TrainedRun>();
        if (File.Exists(_files.Weights(Chunk)))
        {
            using TrainedFile file = TrainedFile.Open(_files.Weights(Chunk), _files.Checkpoints(Chunk), _grid);
            for (int i = 0; i < file.Runs.Length; i++)
                runs.TryAdd(file.Runs[i], file.Read(i));
        }
        foreach (TrainedRun run in Journal())
            runs.TryAdd(run.Run.Index, run);
        if (runs.Count > 0)
            Write(_files, _grid, Chunk, TrainedArrays.From(_grid.Spec, [.. runs.Values]));
        File.Delete(_files.Journal(Chunk));
        HasNews = false;
    }

    /// <summary>Writes the files of a chunk.</summary>
    public static void Write(SweepFiles files, SweepGrid grid, SweepChunk chunk, TrainedArrays runs)
    {
        // Weights come last: where a weight file is, its checkpoints are too.
        if (grid.Spec.Checkpoints > 0)
            TrainedFileWriter.WriteCheckpoints(files.Checkpoints(chunk), grid, runs);
        TrainedFileWriter.WriteWeights(files.Weights(chunk), grid, runs);
    }

    private List<TrainedRun> Journal()
    {
        var own = Chunk.Runs.ToHashSet();
        return RunJournal.Read(_files.Journal(Chunk), index => own.Contains(index) ? _grid.Run(index) : null);
    }

    private bool Note(int run, int? failedAt)
    {
        if (!_missing.Remove(run))
            return false;
        if (failedAt is { } step)
            _failures.Add(new RunFailure(SweepFiles.Source(Chunk), Position(run), run, _grid.Run(run).Seed, step));
        return true;
    }

    private int Position(int run)
    {
        int low = 0,
            high = Chunk.Runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Chunk.Runs[middle] < run)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
