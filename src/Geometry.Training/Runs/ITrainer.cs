namespace Geometry.Training;

/// <summary>Trains runs. Implemented by the CPU engine and, in builds with Torch, by the Torch engine.</summary>
public interface ITrainer
{
    /// <summary>Trains every run and hands each result over as soon as it is known.</summary>
    /// <param name="runs">The runs, of any mixture of shapes.</param>
    /// <param name="finished">Called once per run, never by two threads at a time, in any order.</param>
    /// <param name="stepsDone">Called from time to time with the run·steps finished since the last call, for a progress bar; never by two
    /// threads at a time.</param>
    /// <param name="cancellation">Stops the work within a second or two; unfinished runs are dropped.</param>
    /// <exception cref="OperationCanceledException">Cancelled; results that were handed over before remain valid.</exception>
    void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation);
}

/// <summary>An engine that trains many runs together for a long time, and can continue in the middle of it.</summary>
public interface IResumableTrainer : ITrainer
{
    /// <summary>Where the state of unfinished runs is stored; null for nowhere.</summary>
    IStateStore? States { get; set; }
}

/// <summary>Stores one state, the one last saved.</summary>
public interface IStateStore
{
    /// <summary>The state as it was saved; null where there is none, or a damaged one.</summary>
    byte[]? Load();

    /// <summary>Replaces the state; whatever happens, either the old or the new state is then there as a whole.</summary>
    /// <param name="state">The engine's own bytes.</param>
    void Save(byte[] state);
}
