using Geometry.Measures;

namespace Geometry.Training.Measures;

/// <summary>A measure that also looks at what a run was trained on, or at the way its weights took.</summary>
public interface ITrainedMeasure : IMeasure
{
    /// <summary>Whether it looks at checkpoints, which are read only where some measure does.</summary>
    bool WantsCheckpoints => false;

    /// <summary>Measures one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="origin">What it was trained on; null where no spec tells.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Labels.UnsupportedRunException">The run is not one that this measure takes; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation);

    MeasureResult IMeasure.Of(MeasuredRun run, CancellationToken cancellation) => Of(run, null, cancellation);
}

/// <summary>What a spec says of a labelled run.</summary>
/// <param name="Run">Its model, its data and its training.</param>
/// <param name="Checkpoints">Its weights on the way, by step; empty where there are none, or no measure wants them.</param>
public sealed record RunOrigin(TrainingRun Run, IReadOnlyList<Checkpoint> Checkpoints)
{
    /// <summary>
    /// The trained parameters of a model with layers or a head, which the other arguments of a measure do not have; null for others.
    /// </summary>
    public Checkpoint? Final { get; init; }

    /// <summary>Name of the array that is the measured run's matrix, where those of a model were labelled one by one; else null.</summary>
    public string? Matrix { get; init; }
}
