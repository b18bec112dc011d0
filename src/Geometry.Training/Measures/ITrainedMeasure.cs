using Geometry.Measures;

namespace Geometry.Training.Measures;

/// <summary>A measure that also uses the training run behind the weights, or its checkpoints.</summary>
public interface ITrainedMeasure : IMeasure
{
    /// <summary>Whether it uses checkpoints, which are read only if some measure does.</summary>
    bool WantsCheckpoints => false;

    /// <summary>Measures one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="origin">The training run; null where no spec is found.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Labels.UnsupportedRunException">This measure does not apply to the run; the message is one line.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    MeasureResult Of(MeasuredRun run, RunOrigin? origin, CancellationToken cancellation);

    MeasureResult IMeasure.Of(MeasuredRun run, CancellationToken cancellation) => Of(run, null, cancellation);
}

/// <summary>The training behind a labelled run, from its spec.</summary>
/// <param name="Run">Its model, its data and its training.</param>
/// <param name="Checkpoints">Its weights during training, by step; empty where there are none, or no measure uses them.</param>
public sealed record RunOrigin(TrainingRun Run, IReadOnlyList<Checkpoint> Checkpoints)
{
    /// <summary>The trained parameters of a model with layers or a head, which a measure does not get otherwise; null for others.</summary>
    public Checkpoint? Final { get; init; }

    /// <summary>Name of the labelled array, where the matrices of a model were labelled one by one; else null.</summary>
    public string? Matrix { get; init; }
}
