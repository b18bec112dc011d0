namespace Geometry.Training;

/// <summary>Trains runs. Shipped by the CPU engine and, where it is built in, by the Torch engine.</summary>
public interface ITrainer
{
    /// <summary>Trains every run and hands each result over as soon as it is there.</summary>
    /// <param name="runs">The runs, of any mixture of shapes.</param>
    /// <param name="finished">Called once a run, never by two threads at a time, in any order.</param>
    /// <param name="stepsDone">Called now and then with the run·steps finished since the last call, for a progress bar, never by two
    /// threads at a time.</param>
    /// <param name="cancellation">Stops the work within a second or two; runs in flight are dropped.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled; results handed over before stand.</exception>
    void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation);
}
