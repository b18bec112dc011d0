using Geometry.Configurations;
using Geometry.Conjecture;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Conjecture;

/// <summary>One cell of the grid.</summary>
/// <param name="Features">n.</param>
/// <param name="Hidden">m.</param>
/// <param name="Values">Values of the axes; NaN where the runs have none.</param>
/// <param name="Trained">The labelled runs.</param>
/// <param name="Random">Their null models.</param>
public sealed record DirectSumCell(int Features, int Hidden, IReadOnlyList<double> Values, DirectSumTally Trained, DirectSumTally Random);

/// <summary>The result of <c>conjecture --on</c>.</summary>
/// <param name="Axes">Names of the axes.</param>
/// <param name="Cells">By n, m, then the axes' values, ascending.</param>
/// <param name="Draws">Null models per run.</param>
/// <param name="Failures">Inputs whose weights could not be read, with the reason; their runs count in no cell.</param>
public sealed record DirectSumResult(
    IReadOnlyList<string> Axes,
    IReadOnlyList<DirectSumCell> Cells,
    int Draws,
    IReadOnlyList<InputFailure> Failures
);

/// <summary>Counts, cell by cell, how many labelled runs are direct sums, and how many of their null models are.</summary>
/// <remarks>
/// Draw d of run r (r counts through the folder in input order) uses stream r·2¹⁶ + d of the seed, so nothing depends on the number of
/// threads.
/// </remarks>
public static class DirectSumJob
{
    /// <summary>Largest number of null models per run.</summary>
    public const int MostDraws = 1 << 16;

    /// <summary>Runs the job.</summary>
    /// <param name="runs">The labelled folder.</param>
    /// <param name="files">Where their weights are.</param>
    /// <param name="draws">Null models per run, 1 … 65536.</param>
    /// <param name="seed">Their seed.</param>
    /// <param name="threads">Threads to use, ≥ 1.</param>
    /// <param name="progress">Called with the finished share; null for silence.</param>
    /// <param name="cancellation">Stops the job.</param>
    /// <exception cref="ArgumentException">The number of draws is out of range.</exception>
    public static DirectSumResult Run(
        LabelledFolder runs,
        LabelledFiles files,
        int draws,
        int seed,
        int threads,
        Action<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(files);
        if (draws is < 1 or > MostDraws)
            throw new ArgumentException($"draws: expected 1 to {MostDraws}, found {draws}", nameof(draws));
        var cells = new SortedDictionary<double[], DirectSumCell>(Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        var failures = new List<InputFailure>();
        long first = 0,
            all = Math.Max(1, runs.Inputs.Sum(i => (long)i.Runs.Count));
        foreach (LabelledInput input in runs.Inputs)
        {
            try
            {
                Count(input, files, draws, seed, first, threads, cells, cancellation);
            }
            catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
            {
                failures.Add(new InputFailure(input.Source, null, e.Message));
            }
            first += input.Runs.Count;
            progress?.Invoke((double)first / all);
        }
        return new DirectSumResult(runs.Axes, [.. cells.Values], draws, failures);
    }

    private static void Count(
        LabelledInput input,
        LabelledFiles files,
        int draws,
        int seed,
        long first,
        int threads,
        SortedDictionary<double[], DirectSumCell> cells,
        CancellationToken cancellation
    )
    {
        if (input.Runs.Count == 0)
            return;
        string path = files.Find(input.Source, input.Fingerprint);
        using SweepFile file = SweepFile.Open(path, input.File);
        FeatureConfiguration[] weights = [.. input.Runs.Select(r => file.ReadConfiguration(r.Instance))];
        var random = new DirectSumTally[weights.Length];
        Parallel.For(0, weights.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, r =>
        {
            random[r] = new DirectSumTally();
            int[] learned = FeatureStatistics.Learned(weights[r], input.Label.MinNorm);
            for (int d = 0; d < draws && learned.Length > 0; d++)
            {
                var source = new GaussianSource(seed, ((first + r) << 16) + d);
                random[r].Add(LabelPipeline.Label(NullModel.Draw(weights[r], learned, input.Runs[r].Rank, source), input.Label));
            }
        });
        for (int r = 0; r < weights.Length; r++)
        {
            LabelledRun run = input.Runs[r];
            double[] key = [run.Features, run.Hidden, .. run.Cell];
            if (!cells.TryGetValue(key, out DirectSumCell? cell))
                cells.Add(key, cell = new DirectSumCell(run.Features, run.Hidden, run.Cell, new DirectSumTally(), new DirectSumTally()));
            cell.Trained.Add(run.Summands, run.Irregular, run.Defect);
            cell.Random.Add(random[r]);
        }
    }
}
