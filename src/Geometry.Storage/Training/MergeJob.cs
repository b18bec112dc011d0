using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>What merging did.</summary>
/// <param name="Runs">Runs of the whole sweep.</param>
/// <param name="Missing">Indices of the runs that no part has, ascending.</param>
/// <param name="Files">Weight files written.</param>
/// <param name="Failures">Runs that diverged.</param>
/// <param name="Labels">The merged labels; null when the parts were not all labelled, or not alike.</param>
/// <param name="LabelsNote">Why there are no labels; null when there are, or when no part has any.</param>
public sealed record MergeResult(int Runs, IReadOnlyList<int> Missing, int Files, IReadOnlyList<RunFailure> Failures, LabelSummary? Labels, string? LabelsNote);

/// <summary>Puts the parts of a sweep, trained with <c>--shard</c>, together.</summary>
/// <remarks>
/// The merged folder has the same bytes in weights/, checkpoints/, sweep.yaml, training.yaml, failures.csv, labels.csv and summands.csv as one that
/// trained and labelled the whole sweep at once. Runs that no part has are left out, and <c>train --resume</c> on the merged folder makes them. Memory:
/// one weight file.
/// </remarks>
public static class MergeJob
{
    /// <summary>Merges parts into a folder.</summary>
    /// <param name="parts">The parts' output folders.</param>
    /// <param name="folder">Where the whole goes: a folder without a sweep.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="ResultsException">A part has another spec or engine, two parts have the same run, or a folder cannot be used; nothing was written in the first two cases.</exception>
    public static MergeResult Run(IReadOnlyList<string> parts, OutputFolder folder, CancellationToken cancellation)
    {
        var files = new SweepFiles(folder.Path);
        try
        {
            (SweepSpec spec, string engine) = ReadSpec(parts);
            var grid = new SweepGrid(spec);
            Dictionary<int, Place> places = FindRuns(parts, grid);
            if (File.Exists(files.Spec)) throw new ResultsException($"{files.Root}: the folder holds a trained sweep already; choose another --out");
            TrainFolder.Prepare(files, spec, new TrainJobOptions { Engine = engine });
            var merged = new List<MergedFile>();
            foreach (SweepChunk chunk in SweepChunk.Plan(grid, Shard.Whole))
            {
                cancellation.ThrowIfCancellationRequested();
                int[] present = [.. chunk.Runs.Where(places.ContainsKey)];
                if (present.Length == 0) continue;
                ChunkStore.Write(files, grid, chunk, Gather(present, places, grid));
                merged.Add(new MergedFile(SweepFiles.Source(chunk), files.Weights(chunk), [.. present.Select(r => places[r])]));
            }
            RunFailure[] failures = [.. SweepChunk.Plan(grid, Shard.Whole).SelectMany(c => ChunkStore.Open(files, grid, c).Failures)];
            FailuresCsv.Write(files.Failures, failures);
            Directory.Delete(files.JournalFolder);
            (LabelSummary? labels, string? note) = LabelMerge.Run(parts, merged, folder);
            int[] missing = [.. Enumerable.Range(0, grid.Count).Where(r => !places.ContainsKey(r))];
            return new MergeResult(grid.Count, missing, merged.Count, failures, labels, note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{files.Root}: {e.Message}", e);
        }
    }

    private static (SweepSpec Spec, string Engine) ReadSpec(IReadOnlyList<string> parts)
    {
        string? text = null, engine = null;
        foreach (string part in parts)
        {
            var files = new SweepFiles(part);
            if (!File.Exists(files.Spec)) throw new ResultsException($"{part}: no trained sweep (no sweep.yaml)");
            string own = File.ReadAllText(files.Spec), ownEngine = File.Exists(files.Training) ? File.ReadLines(files.Training).FirstOrDefault() ?? "" : "";
            text ??= own;
            engine ??= ownEngine;
            TrainFolder.RefuseDifference(files.Spec, own, new SweepFiles(parts[0]).Spec, text.ReplaceLineEndings("\n"));
            if (ownEngine != engine) throw new ResultsException($"{files.Training}: '{ownEngine}', but {new SweepFiles(parts[0]).Training} has '{engine}'; runs of two engines are not mixed");
        }
        const string Key = "engine: ";
        if (!engine!.StartsWith(Key, StringComparison.Ordinal)) throw new ResultsException($"{new SweepFiles(parts[0]).Training}: expected '{Key}…' on its first line");
        try
        {
            return (SweepSpec.Parse(text!), engine[Key.Length..]);
        }
        catch (SpecException e)
        {
            throw new ResultsException($"{new SweepFiles(parts[0]).Spec}: {e.Message}", e);
        }
    }

    private static Dictionary<int, Place> FindRuns(IReadOnlyList<string> parts, SweepGrid grid)
    {
        var places = new Dictionary<int, Place>();
        foreach (string part in parts)
        {
            var files = new SweepFiles(part);
            if (!Directory.Exists(files.WeightsFolder)) continue;
            foreach (string weights in Directory.GetFiles(files.WeightsFolder, "*.npz").Order(StringComparer.Ordinal))
            {
                string checkpoints = Path.Combine(files.CheckpointsFolder, Path.GetFileName(weights));
                using TrainedFile file = TrainedFile.Open(weights, checkpoints, grid);
                for (int i = 0; i < file.Runs.Length; i++)
                {
                    if (!places.TryAdd(file.Runs[i], new Place(weights, checkpoints, i)))
                        throw new ResultsException(FormattableString.Invariant($"{weights}: run {file.Runs[i]} is in {places[file.Runs[i]].Weights} too; the parts overlap"));
                }
            }
        }
        return places;
    }

    private static TrainedRun[] Gather(int[] runs, Dictionary<int, Place> places, SweepGrid grid)
    {
        var gathered = new TrainedRun[runs.Length];
        foreach (IGrouping<string, int> from in Enumerable.Range(0, runs.Length).GroupBy(k => places[runs[k]].Weights))
        {
            using TrainedFile file = TrainedFile.Open(from.Key, places[runs[from.First()]].Checkpoints, grid);
            foreach (int k in from) gathered[k] = file.Read(places[runs[k]].Instance);
        }
        return gathered;
    }
}

/// <summary>Where a run is in a part.</summary>
internal sealed record Place(string Weights, string Checkpoints, int Instance);

/// <summary>A merged weight file and where each of its instances came from.</summary>
internal sealed record MergedFile(string Source, string Path, IReadOnlyList<Place> Instances);
