using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Training.Specs;

namespace Geometry.Storage.Training;

/// <summary>An output folder whose sweep is trained shard by shard on a cluster and merged there at the end.</summary>
/// <remarks>
/// <c>slurm/</c> has the spec with every default, engine and number of shards, the job scripts, and the ids of the jobs last submitted;
/// <c>shards/i/</c> has what shard i trained and labelled, and an empty file <c>finished</c> once that is complete; <c>logs/</c> has the
/// output of the tasks; the merged results lie beside them. Tasks read the spec from here, so later edits of the original do not change
/// them.
/// </remarks>
/// <param name="root">The output folder.</param>
public sealed class ShardedFolder(string root)
{
    /// <summary>The output folder.</summary>
    public string Root { get; } = root;

    /// <summary>The spec that all tasks read.</summary>
    public string Spec => Path.Combine(Root, "slurm", "spec.yaml");

    /// <summary>Engine and number of shards.</summary>
    public string Training => Path.Combine(Root, "slurm", "training.yaml");

    /// <summary>Ids of the jobs last submitted, one per line.</summary>
    public string Jobs => Path.Combine(Root, "slurm", "jobs");

    /// <summary>Whether the shards are merged, so that nothing is left to train.</summary>
    public bool IsMerged => File.Exists(new SweepFiles(Root).Spec);

    /// <summary>Whether everything is done.</summary>
    public bool IsReported => IsMerged && File.Exists(Path.Combine(Root, "report.html"));

    /// <summary>Prepares the folder, or checks that an existing one has the same spec, engine and number of shards.</summary>
    /// <exception cref="ResultsException">The folder has another sweep, another number of shards or another engine, or cannot be
    /// written.</exception>
    public void Prepare(SweepSpec spec, string engine, int shards)
    {
        using OutputFolder held = OutputFolder.Open(Root);
        string text = spec.ToYaml(),
            training = FormattableString.Invariant($"engine: {engine}\nshards: {shards}\n");
        try
        {
            if (File.Exists(Spec))
            {
                TrainFolder.RefuseDifference(Spec, File.ReadAllText(Spec), "the given spec", text);
                TrainFolder.RefuseDifference(
                    Training,
                    File.Exists(Training) ? File.ReadAllText(Training) : "",
                    "what is asked for",
                    training
                );
            }
            else if (IsMerged)
            {
                throw new ResultsException($"{Root}: the folder holds a sweep that was not submitted from here; choose another --out");
            }
            foreach (string folder in (ReadOnlySpan<string>)["slurm", "shards", "logs"])
                Directory.CreateDirectory(Path.Combine(Root, folder));
            Write("slurm/training.yaml", training);
            Write("slurm/spec.yaml", text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{Root}: {e.Message}", e);
        }
    }

    /// <summary>The shards that are not finished, ascending, from 1.</summary>
    public IReadOnlyList<int> Unfinished(int shards) =>
        [.. Enumerable.Range(1, shards).Where(i => !File.Exists(Path.Combine(Root, FormattableString.Invariant($"shards/{i}/finished"))))];

    /// <summary>Writes a text, whole or not at all.</summary>
    /// <param name="path">Relative to the folder.</param>
    /// <param name="text">The text.</param>
    public void Write(string path, string text) =>
        AtomicFile.Write(Path.Combine(Root, path), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
