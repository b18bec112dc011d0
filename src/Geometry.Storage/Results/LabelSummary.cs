namespace Geometry.Storage.Results;

/// <summary>All runs of one label, summed up.</summary>
/// <param name="Label">The label.</param>
/// <param name="Runs">Number of runs, ≥ 1.</param>
/// <param name="Formulas">The most frequent formulas with their numbers of runs, most frequent first, ties by name.</param>
/// <param name="DistinctFormulas">Number of different formulas.</param>
/// <param name="MedianResidual">Median of the runs' largest residuals, degrees; NaN when no run has one.</param>
/// <param name="MaxResidual">Largest residual, degrees; NaN when no run has one.</param>
public sealed record LabelCount(
    string Label,
    long Runs,
    IReadOnlyList<(string Formula, long Runs)> Formulas,
    int DistinctFormulas,
    double MedianResidual,
    double MaxResidual
);

/// <summary>What a results database holds, for people.</summary>
/// <param name="Runs">Number of labelled runs.</param>
/// <param name="Failures">Number of failures, whole inputs and single instances.</param>
/// <param name="Labels">The labels, most frequent first, ties by name.</param>
public sealed record LabelSummary(long Runs, long Failures, IReadOnlyList<LabelCount> Labels)
{
    /// <summary>Sums up a database; memory is eight bytes a run, and that of the different formulas.</summary>
    /// <param name="database">The database.</param>
    /// <param name="formulas">How many formulas to list for each label, ≥ 0.</param>
    public static LabelSummary Read(ResultsDatabase database, int formulas)
    {
        var tally = new LabelTally();
        using (var runs = new SqliteStatement(database.Connection, "SELECT label, formula, max_residual_deg FROM runs"))
        {
            while (runs.Read())
                tally.Add(runs, 0, 1, 2);
        }
        return tally.Summary(database.CountFailures(), formulas);
    }
}
