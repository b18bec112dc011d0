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
/// trained and labelled the whole sweep at once, in whatever order the parts are given. Runs that no part has are left out, and <c>train --resume</c> on the
/// merged folder makes them. sweep.yaml comes last: until then the folder is no sweep, and merging once more starts over. Memory: eight bytes a run, and
/// two windows (<see cref="MergeWindow"/>).
/// </remarks>
public static class MergeJob
{
    private const string EngineKey = "engine: ";

    /// <summary>Bytes of a run's objects beside its parameters.</summary>
    private const int RunOverhead = 400;

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
            if (File.Exists(files.Spec)) throw new ResultsException($"{files.Root}: the folder holds a trained sweep already; choose another --out");
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
        if (!engine!.StartsWith(EngineKey, StringComparison.Ordinal)) throw new ResultsException($"{new SweepFiles(parts[0]).Training}: expected '{EngineKey}…' on its first line");
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
            if (present.Length > 0) yield return new MergedFile(chunk, SweepFiles.Source(chunk), files.Weights(chunk), present);
        }
    }

    private static List<RunFailure> WriteWeights(SweepFiles files, SweepGrid grid, RunPlaces places, MergedFile[] merged, CancellationToken cancellation)
    {
        var failures = new List<RunFailure>();
        long BytesOfRun(int features, int hidden) => (1 + grid.Spec.Checkpoints) * (RunOverhead + (4L * (((grid.Spec.Tied ? 1 : 2) * features * hidden) + features)));
        IEnumerable<(MergeWindow, TrainedRun[])> windows = MergeWindow.Cut(merged, BytesOfRun).Select(w => (w, Read(w, grid, places, cancellation)));
        foreach ((MergeWindow window, TrainedRun[] runs) in MergeWindow.Ahead(windows))
        {
            int start = 0;
            foreach (MergedFile file in window.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                var own = new ArraySegment<TrainedRun>(runs, start, file.Runs.Count);
                ChunkStore.Write(files, grid, file.Chunk, own);
                for (int i = 0; i < own.Count; i++)
                {
                    if (own[i].FailedAtStep is { } step) failures.Add(new RunFailure(file.Source, i, own[i].Run.Index, own[i].Run.Seed, step));
                }
                start += own.Count;
            }
        }
        return failures;
    }

    private static TrainedRun[] Read(MergeWindow window, SweepGrid grid, RunPlaces places, CancellationToken cancellation)
    {
        var runs = new TrainedRun[window.Runs.Length];
        foreach ((PartFile part, ArraySegment<RunPlace> wanted) in places.Locate(window.Runs))
        {
            cancellation.ThrowIfCancellationRequested();
            using TrainedFile file = TrainedFile.Open(part.Weights, part.Checkpoints, grid, verify: false);
            foreach (RunPlace place in wanted)
            {
                if (place.Instance >= file.Runs.Length || file.Runs[place.Instance] != window.Runs[place.Slot])
                    throw new ResultsException($"{part.Weights}: the file has changed while it was merged");
                runs[place.Slot] = file.Read(place.Instance);
            }
        }
        return runs;
    }
}
