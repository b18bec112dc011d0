using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>The paths of the files of a trained sweep.</summary>
/// <remarks>
/// <c>sweep.yaml</c> the spec with every default; <c>training.yaml</c> the engine and the part of the sweep; <c>weights/</c> final weights;
/// <c>checkpoints/</c> weights during training; <c>failures.csv</c> the runs that diverged; <c>unfinished/</c> the journals of incomplete
/// weight files and the state of runs that are trained together, deleted at the end.
/// </remarks>
/// <param name="root">The output folder.</param>
public sealed class SweepFiles(string root)
{
    /// <summary>The output folder.</summary>
    public string Root { get; } = root;

    /// <summary>sweep.yaml.</summary>
    public string Spec => Path.Combine(Root, "sweep.yaml");

    /// <summary>training.yaml.</summary>
    public string Training => Path.Combine(Root, "training.yaml");

    /// <summary>failures.csv.</summary>
    public string Failures => Path.Combine(Root, "failures.csv");

    /// <summary>weights.</summary>
    public string WeightsFolder => Path.Combine(Root, "weights");

    /// <summary>checkpoints.</summary>
    public string CheckpointsFolder => Path.Combine(Root, "checkpoints");

    /// <summary>unfinished.</summary>
    public string JournalFolder => Path.Combine(Root, "unfinished");

    /// <summary>unfinished/block.state: runs in the middle of their training.</summary>
    public string State => Path.Combine(JournalFolder, "block.state");

    /// <summary>unfinished/merge, which exists while parts are merged, and stays after an interruption.</summary>
    public string Merging => Path.Combine(JournalFolder, "merge");

    /// <summary>
    /// The path of a chunk's weight file within the folder, with forward slashes: its source when the folder is labelled.
    /// </summary>
    public static string Source(SweepChunk chunk) => $"weights/{chunk.Name}.npz";

    /// <summary>A chunk's final weights.</summary>
    public string Weights(SweepChunk chunk) => Path.Combine(WeightsFolder, chunk.Name + ".npz");

    /// <summary>A chunk's checkpoints.</summary>
    public string Checkpoints(SweepChunk chunk) => Path.Combine(CheckpointsFolder, chunk.Name + ".npz");

    /// <summary>A chunk's journal.</summary>
    public string Journal(SweepChunk chunk) => Path.Combine(JournalFolder, chunk.Name + ".runs");
}
