using Geometry.Atlas;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Shapes;
using Geometry.Storage.Results;

namespace Geometry.Reports.Atlas;

/// <summary>The summands of one labelled folder from which an atlas can be made.</summary>
/// <param name="Occurrences">Summands of two or more dimensions, in the order of summands.csv.</param>
/// <param name="Runs">Number of runs in the folder.</param>
/// <param name="Problems">Weight files that could not be read, one line each.</param>
public sealed record FolderOccurrences(IReadOnlyList<Occurrence> Occurrences, int Runs, IReadOnlyList<string> Problems);

/// <summary>Reads the summands of labelled folders with the directions of their weights.</summary>
public static class OccurrenceReader
{
    /// <summary>Reads one folder.</summary>
    /// <param name="folder">A folder that label wrote.</param>
    /// <param name="further">A further folder to look for the weight files in; null for none.</param>
    /// <param name="named">Whether to use summands with a name too.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ResultsException">There are no results, or they cannot be used.</exception>
    public static FolderOccurrences Read(string folder, string? further, bool named, CancellationToken cancellation)
    {
        using ResultsReader results = ResultsReader.Open(folder, cancellation);
        LabelledRuns runs = LabelledRuns.Read(results);
        string sweep = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        OccurrenceRun[] described = Describe(results, runs, sweep);
        Dictionary<(int, int), int> index = Enumerable
            .Range(0, runs.Runs.Count)
            .ToDictionary(k => (runs.Runs[k].Input, runs.Runs[k].Instance));
        List<StoredSummand> summands =
        [
            .. results.ReadSummands(shape => named || ShapeMatch.IsIrregular(shape)).Where(s => s.Dim >= 2 && s.Directions > s.Dim),
        ];
        Dictionary<(int, int, int), int> shared = SharedDirections(results, summands);
        using var weights = new WeightReader(results, further);
        var occurrences = new List<Occurrence>();
        foreach (IGrouping<(int Input, int Instance), StoredSummand> run in summands.GroupBy(s => (s.Input, s.Instance)))
        {
            cancellation.ThrowIfCancellationRequested();
            int k = index[run.Key];
            if (weights.Read(runs.Runs[k]) is not { } read)
                continue;
            foreach (StoredSummand s in run)
            {
                int[] directionOf =
                [
                    .. s.Features.Select((f, i) => s.Directions == s.Features.Count ? i : shared[(s.Input, s.Instance, f)]),
                ];
                if (
                    s.Features.Any(f => f >= read.W.Features)
                    || SummandDirections.Of(read.W, s.Features, s.Dim, directionOf, s.Directions) is not { } x
                )
                    continue;
                occurrences.Add(new Occurrence(s.Dim, s.Directions, x, described[k]));
            }
        }
        return new FolderOccurrences(occurrences, runs.Runs.Count, weights.Problems);
    }

    /// <summary>Each run with its cell, and whether it is in the better half of the cell.</summary>
    private static OccurrenceRun[] Describe(ResultsReader results, LabelledRuns runs, string sweep)
    {
        string[] axes = [.. runs.Parameters.Where(p => p is not ("seed" or "loss"))];
        var described = new OccurrenceRun[runs.Runs.Count];
        int cell = 0;
        foreach (
            IGrouping<string, int> members in Enumerable
                .Range(0, runs.Runs.Count)
                .GroupBy(k => string.Join('\n', axes.Select(a => runs.Value(runs.Runs[k], a).ToString())))
        )
        {
            int[] byLoss = [.. members.Where(k => !double.IsNaN(runs.Runs[k].Loss)).OrderBy(k => runs.Runs[k].Loss).ThenBy(k => k)];
            int better = (byLoss.Length + 1) / 2;
            HashSet<int> lower = [.. byLoss.Take(better)];
            foreach (int k in members)
            {
                StoredRun run = runs.Runs[k];
                double density = Densities.Of(run.Sparsity.Number);
                described[k] = new OccurrenceRun(
                    sweep,
                    results.Folder,
                    results.Inputs[run.Input].Source,
                    run.Instance,
                    run.Features,
                    run.Hidden,
                    density,
                    cell,
                    better,
                    lower.Contains(k)
                );
            }
            cell++;
        }
        return described;
    }

    /// <summary>The direction of each feature, for summands in which features share directions.</summary>
    private static Dictionary<(int Input, int Instance, int Feature), int> SharedDirections(
        ResultsReader results,
        List<StoredSummand> summands
    )
    {
        HashSet<(int, int)> wanted = [.. summands.Where(s => s.Directions < s.Features.Count).Select(s => (s.Input, s.Instance))];
        if (wanted.Count == 0)
            return [];
        return results
            .ReadFeatures()
            .Where(f => wanted.Contains((f.Input, f.Instance)))
            .ToDictionary(f => (f.Input, f.Instance, f.Feature), f => f.Direction);
    }
}
