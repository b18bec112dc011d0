using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>How to train a sweep into a folder.</summary>
public sealed record TrainJobOptions
{
    /// <summary>The part of the sweep to train.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>
    /// Go on with what the folder has; it must be of the same spec, part and engine. Without it a folder that has a sweep is refused.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>Name of the engine, kept beside the results: runs of two engines are never mixed.</summary>
    public string Engine { get; init; } = "cpu";

    /// <summary>Called now and then, by one thread at a time; null for silence.</summary>
    public Action<TrainProgress>? Progress { get; init; }

    /// <summary>Called for every run that diverged, those of earlier sittings first; null for silence.</summary>
    public Action<RunFailure>? Failed { get; init; }
}

/// <summary>How far training is.</summary>
/// <param name="Runs">Runs of this part in all.</param>
/// <param name="Finished">Runs done with, earlier sittings included.</param>
/// <param name="Steps">Steps of all runs of this sitting.</param>
/// <param name="StepsDone">Steps made in this sitting.</param>
public readonly record struct TrainProgress(int Runs, int Finished, long Steps, long StepsDone);

/// <summary>What a finished job did.</summary>
/// <param name="Runs">Runs of this part.</param>
/// <param name="Kept">Those that were there already.</param>
/// <param name="Failed">Those that diverged, in either sitting.</param>
/// <param name="Files">Weight files.</param>
/// <param name="Steps">Steps made now.</param>
public sealed record TrainJobResult(int Runs, int Kept, int Failed, int Files, long Steps);
