using Geometry.Numerics;
using Geometry.Storage.Results;

namespace Geometry.Reports.Phases;

/// <summary>How often a name occurs in a cell.</summary>
/// <param name="Name">A label, a formula or a formula family.</param>
/// <param name="Runs">Number of runs, ≥ 1.</param>
public readonly record struct Count(string Name, int Runs);

/// <summary>A cell of the grid: a summary of the runs that agree in every axis.</summary>
/// <remarks>
/// The dominant name is the one of most runs; on a tie that of the run of lower loss, then the first name in ordinal order. Means leave out
/// unknown and infinite values, and are NaN without others; the standard deviation is that of a sample (n − 1), NaN for fewer than two.
/// </remarks>
public sealed class PhaseCell
{
    internal PhaseCell(int[] place, IReadOnlyList<StoredRun> runs, IReadOnlyList<int> members, int all)
    {
        Place = place;
        Members = members;
        AllRuns = all;
        StoredRun[] kept = [.. members.Select(i => runs[i])];
        Labels = Counts(kept, r => r.Label);
        Formulas = Counts(kept, r => r.Formula);
        Families = Counts(kept, r => FormulaFamily.Of(r.Formula));
        BestRun = members[0];
        foreach (int i in members)
        {
            if (Lower(runs[i].Loss, runs[BestRun].Loss))
                BestRun = i;
        }
        EntropyBits =
            Labels.Sum(c => -(double)c.Runs / kept.Length * Elementary.Log((double)c.Runs / kept.Length)) / Elementary.Log(2) + 0.0;
        MeanDims = Mean(kept, r => r.DimsPerFeature);
        StdDims = Deviation(kept, r => r.DimsPerFeature, MeanDims);
        MeanLoss = Mean(kept, r => r.Loss);
        MeanLearned = Mean(kept, r => r.Learned);
    }

    /// <summary>Index on each axis.</summary>
    public IReadOnlyList<int> Place { get; }

    /// <summary>Indices of the runs that count, in the order of labels.csv.</summary>
    public IReadOnlyList<int> Members { get; }

    /// <summary>Number of runs before <c>--best</c> dropped some.</summary>
    public int AllRuns { get; }

    /// <summary>Labels, dominant first.</summary>
    public IReadOnlyList<Count> Labels { get; }

    /// <summary>Formulas, dominant first.</summary>
    public IReadOnlyList<Count> Formulas { get; }

    /// <summary>Formula families, dominant first.</summary>
    public IReadOnlyList<Count> Families { get; }

    /// <summary>Index of the run of lowest loss; the first one when no loss is known.</summary>
    public int BestRun { get; }

    /// <summary>Entropy of the label shares, bits.</summary>
    public double EntropyBits { get; }

    /// <summary>Mean of D*.</summary>
    public double MeanDims { get; }

    /// <summary>Standard deviation of D*.</summary>
    public double StdDims { get; }

    /// <summary>Mean loss.</summary>
    public double MeanLoss { get; }

    /// <summary>Mean number of learned features.</summary>
    public double MeanLearned { get; }

    /// <summary>Share of the runs with a name, in [0, 1].</summary>
    public double Share(Count count) => (double)count.Runs / Members.Count;

    internal static bool Lower(double loss, double than) => loss < than || (double.IsNaN(than) && !double.IsNaN(loss));

    private static Count[] Counts(StoredRun[] runs, Func<StoredRun, string> name) =>
        [
            .. runs.GroupBy(name, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Min(r => double.IsNaN(r.Loss) ? double.PositiveInfinity : r.Loss))
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Count(g.Key, g.Count())),
        ];

    private static double Mean(StoredRun[] runs, Func<StoredRun, double> value)
    {
        double sum = 0;
        int count = 0;
        foreach (StoredRun run in runs)
        {
            double x = value(run);
            if (!double.IsFinite(x))
                continue;
            sum += x;
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }

    private static double Deviation(StoredRun[] runs, Func<StoredRun, double> value, double mean)
    {
        double squares = 0;
        int count = 0;
        foreach (StoredRun run in runs)
        {
            double x = value(run) - mean;
            if (!double.IsFinite(x))
                continue;
            squares += x * x;
            count++;
        }
        return count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1));
    }
}
