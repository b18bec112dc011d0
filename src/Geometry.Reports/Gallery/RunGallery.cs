using Geometry.Reports.Phases;
using Geometry.Storage.Results;

namespace Geometry.Reports.Gallery;

/// <summary>The runs that a report can draw: one per formula, most frequent first, then as many others as there is room for.</summary>
public sealed class RunGallery
{
    private RunGallery(IReadOnlyList<GalleryRun> runs, int representatives, IReadOnlyList<string> problems)
    {
        Runs = runs;
        Representatives = representatives;
        Problems = problems;
    }

    /// <summary>The runs, representatives first.</summary>
    public IReadOnlyList<GalleryRun> Runs { get; }

    /// <summary>Number of runs that represent a formula; they come first.</summary>
    public int Representatives { get; }

    /// <summary>Weight files that could not be read, one line each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>A gallery without runs.</summary>
    public static RunGallery None { get; } = new([], 0, []);

    /// <summary>Reads the gallery.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="further">A further folder to look for weight files in; null for none.</param>
    /// <param name="room">Largest number of stored numbers: weights, biases and coordinates.</param>
    public static RunGallery Read(ResultsReader results, LabelledRuns runs, string? further, int room)
    {
        List<int> chosen = Representing(runs);
        int representatives = chosen.Count;
        HashSet<int> taken = [.. chosen];
        chosen.AddRange(Spread(runs.Runs.Count).Where(taken.Add));
        List<int> fits = [];
        long used = 0;
        for (int i = 0; i < chosen.Count; i++)
        {
            StoredRun run = runs.Runs[chosen[i]];
            // Weights, coordinates and bias; cosines where summands have more than three dimensions; and a fixed amount per run.
            used +=
                40
                + (2L * run.Features * run.Hidden)
                + run.Features
                + (run.Hidden > 3 ? Math.Min((long)run.Features * run.Features, RunViews.MostCosines) : 0);
            if (used > room)
                break;
            fits.Add(chosen[i]);
        }
        representatives = Math.Min(representatives, fits.Count);
        Dictionary<(int, int), List<StoredSummand>> summands = Summands(results, runs, fits);
        using var weights = new WeightReader(results, further);
        var read = new Dictionary<int, GalleryRun>();
        // In the order of the file: going back in a deflated file unpacks it again.
        foreach (int i in fits.OrderBy(i => i))
        {
            StoredRun run = runs.Runs[i];
            if (weights.Read(run) is not { } w)
                continue;
            read.Add(
                i,
                new GalleryRun(
                    i,
                    w.W.Columns.ToArray(),
                    w.Bias,
                    RunViews.Of(w.W, summands.GetValueOrDefault((run.Input, run.Instance), []))
                )
            );
        }
        int kept = fits.Take(representatives).Count(read.ContainsKey);
        return new RunGallery([.. fits.Where(read.ContainsKey).Select(i => read[i])], kept, weights.Problems);
    }

    /// <summary>
    /// The run that represents each formula: that of lowest loss, or else of lowest residual, or else the first. The most frequent formula
    /// comes first.
    /// </summary>
    private static List<int> Representing(LabelledRuns runs) =>
        [
            .. Enumerable
                .Range(0, runs.Runs.Count)
                .GroupBy(i => (runs.Runs[i].Formula, runs.Runs[i].Features, runs.Runs[i].Hidden))
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.First())
                .Select(g =>
                    g.OrderBy(i => Order(runs.Runs[i].Loss)).ThenBy(i => Order(runs.Runs[i].MaxResidualDegrees)).ThenBy(i => i).First()
                ),
        ];

    private static double Order(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;

    /// <summary>0 … count−1 in bit-reversed order, of which every prefix is spread evenly.</summary>
    private static IEnumerable<int> Spread(int count)
    {
        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)Math.Max(1, count - 1));
        for (uint i = 0; i < 1u << bits; i++)
        {
            uint reversed = 0;
            for (int b = 0; b < bits; b++)
                reversed |= (i >> b & 1) << (bits - 1 - b);
            if (reversed < count)
                yield return (int)reversed;
        }
    }

    private static Dictionary<(int, int), List<StoredSummand>> Summands(ResultsReader results, LabelledRuns runs, List<int> wanted)
    {
        HashSet<(int, int)> keys = [.. wanted.Select(i => (runs.Runs[i].Input, runs.Runs[i].Instance))];
        var found = new Dictionary<(int, int), List<StoredSummand>>();
        foreach (StoredSummand summand in results.ReadSummands())
        {
            (int, int) key = (summand.Input, summand.Instance);
            if (!keys.Contains(key))
                continue;
            if (!found.TryGetValue(key, out List<StoredSummand>? list))
                found.Add(key, list = []);
            list.Add(summand);
        }
        return found;
    }
}
