using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>The outcome of merging.</summary>
/// <param name="Runs">Number of runs of the whole sweep.</param>
/// <param name="Missing">Indices of the runs that no part has, ascending.</param>
/// <param name="Files">Number of weight files written.</param>
/// <param name="Failures">The runs that diverged.</param>
/// <param name="Labels">The merged labels; null when the parts were not all labelled in the same way.</param>
/// <param name="LabelsNote">Why there are no labels; null when there are, or when no part has any.</param>
public sealed record MergeResult(
    int Runs,
    IReadOnlyList<int> Missing,
    int Files,
    IReadOnlyList<RunFailure> Failures,
    LabelSummary? Labels,
    string? LabelsNote
);

/// <summary>Merges the parts of a sweep that was trained with <c>--shard</c>.</summary>
/// <remarks>
/// The merged folder has the same bytes in weights/, checkpoints/, sweep.yaml, training.yaml, failures.csv, labels.csv and summands.csv as
/// one in which the whole sweep was trained and labelled at once, whatever the order of the parts. Runs that no part has are left out;
/// <c>train --resume</c> on the merged folder trains them. sweep.yaml is written last: until then the folder is no sweep, and merging again
/// starts over. Memory: at most 32 bytes per run, and two windows (<see cref="MergeWindow"/>).
/// </remarks>
public static class MergeJob
{
    private const string EngineKey = "engine: ";

    /// <summary>Weight files that are written at the same time.</summary>
    private const int FilesAtOnce = 4;

    /// <summary>Merges parts into a folder.</summary>
    /// <param name="parts">The parts' output folders.</param>
    /// <param name="folder">The output folder, which must not have a sweep yet.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="ResultsException">A part has another spec or engine, two parts have the same run, or a folder cannot be used;
    /// nothing was written in the first two cases.</exception>
    public static MergeResult Run(IReadOnlyList<string> parts, OutputFolder folder, CancellationToken cancellation)
    {
        var files = new SweepFiles(folder.Path);
        try
        {
            if (File.Exists(files.Spec))
                throw new ResultsException($"{files.Root}: the folder holds a trained sweep already; choose another --out");
            (SweepSpec spec, string engine) = ReadSpec(parts);
            var grid = new SweepGrid(spec);
            RunPlaces places = RunPlaces.Find(parts, grid, cancellation);
            TrainFolder.StartMerge(files, spec, engine);
            MergedFile[] merged = [.. Plan(files, grid, places)];
            List<RunFailure> failures = WriteWeights(files, grid, places, merged, cancellation);
            FailuresCsv.Write(files.Failures, failures);
            (LabelSummary? labels, string? note) = LabelMerge.Run(parts, places, merged, folder, cancellation);
            TrainFolder.EndMerge(files, spec);
            return new MergeResult(grid.Count, places.Missing, merged.Length, failures, labels, note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{files.Root}: {e.Message}", e);
        }
    }

    private static (SweepSpec Spec, string Engine) ReadSpec(IReadOnlyList<string> parts)
    {
        string? text = null,
            engine = null;
        foreach (string part in parts)
        {
            var files = new SweepFiles(part);
            if (!File.Exists(files.Spec))
                throw new ResultsException($"{part}: no trained sweep (no sweep.yaml)");
            string own = File.ReadAllText(files.Spec),
                ownEngine = File.Exists(files.Training) ? File.ReadLines(files.Training).FirstOrDefault() ?? "" : "";
            text ??= own;
            engine ??= ownEngine;
            TrainFolder.RefuseDifference(files.Spec, own, new SweepFiles(parts[0]).Spec, text.ReplaceLineEndings("\n"));
            if (ownEngine != engine)
                throw new ResultsException(
                    $"{files.Training}: '{ownEngine}', but {new SweepFiles(parts[0]).Training} has '{engine}'; runs of two engines "
                        + $"are not mixed"
                );
        }
        if (!engine!.StartsWith(EngineKey, StringComparison.Ordinal))
            throw new ResultsException($"{new SweepFiles(parts[0]).Training}: expected '{EngineKey}…' on its first line");
        try
        {
            return (SweepSpec.Parse(text!), engine[EngineKey.Length..]);
        }
        catch (SpecException e)
        {
            throw new ResultsException($"{new SweepFiles(parts[0]).Spec}: {e.Message}", e);
        }
    }

    private static IEnumerable<MergedFile> Plan(SweepFiles files, SweepGrid grid, RunPlaces places)
    {
        foreach (SweepChunk chunk in SweepChunk.Plan(grid, Shard.Whole))
        {
            int[] present = [.. chunk.Runs.Where(places.Has)];
            if (present.Length > 0)
                yield return new MergedFile(chunk, SweepFiles.Source(chunk), files.Weights(chunk), present);
        }
    }

    private static List<RunFailure> WriteWeights(
        SweepFiles files,
        SweepGrid grid,
        RunPlaces places,
        MergedFile[] merged,
        CancellationToken cancellation
    )
    {
        var failures = new List<RunFailure>();
        IEnumerable<(MergeWindow Window, TrainedArrays[] Runs)> windows = MergeWindow
            .Cut(merged, (features, hidden) => TrainedArrays.BytesOfRun(grid.Spec, features, hidden))
            .Select(w => (w, Read(w, grid, places, cancellation)));
        foreach ((MergeWindow window, TrainedArrays[] runs) in MergeWindow.Ahead(windows))
        {
            // Each file waits for the disk, so several are written at once.
            OrderedPipeline.Run(
                Enumerable.Range(0, runs.Length),
                Write,
                f => failures.AddRange(Failures(grid, window.Files[f], runs[f])),
                FilesAtOnce,
                2 * FilesAtOnce,
                cancellation
            );

            int Write(int f)
            {
                ChunkStore.Write(files, grid, window.Files[f].Chunk, runs[f]);
                return f;
            }
        }
        return failures;
    }

    private static IEnumerable<RunFailure> Failures(SweepGrid grid, MergedFile file, TrainedArrays runs) =>
        Enumerable
            .Range(0, file.Runs.Count)
            .Where(i => runs.FailedAt[i] >= 0)
            .Select(i => new RunFailure(file.Source, i, file.Runs[i], grid.SeedOf(file.Runs[i]), (int)runs.FailedAt[i]));

    private static TrainedArrays[] Read(MergeWindow window, SweepGrid grid, RunPlaces places, CancellationToken cancellation)
    {
        TrainedArrays[] arrays = [.. window.Files.Select(f => new TrainedArrays(grid.Spec, f.Chunk.Features, f.Chunk.Hidden, f.Runs))];
        (int File, int Place)[] slots = [.. window.Files.SelectMany((f, i) => Enumerable.Range(0, f.Runs.Count).Select(p => (i, p)))];
        foreach ((PartFile part, ArraySegment<RunPlace> wanted) in places.Locate(window.Runs))
        {
            cancellation.ThrowIfCancellationRequested();
            using TrainedFile file = TrainedFile.Open(part.Weights, part.Checkpoints, grid, verify: false);
            foreach (RunPlace run in wanted)
            {
                if (run.Instance >= file.Runs.Length || file.Runs[run.Instance] != window.Runs[run.Slot])
                    throw new ResultsException($"{part.Weights}: the file has changed while it was merged");
                file.CopyTo(run.Instance, arrays[slots[run.Slot].File], slots[run.Slot].Place);
            }
        }
        return arrays;
    }
}
