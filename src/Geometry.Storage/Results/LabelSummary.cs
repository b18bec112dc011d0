namespace Geometry.Storage.Results;

/// <summary>All runs of one label, summed up.</summary>
/// <param name="Label">The label.</param>
/// <param name="Runs">Number of runs, ≥ 1.</param>
/// <param name="Formulas">The most frequent formulas with their numbers of runs, most frequent first, ties by name.</param>
/// <param name="DistinctFormulas">Number of different formulas.</param>
/// <param name="MedianResidual">Median of the runs' largest residuals, degrees; NaN when no run has one.</param>
/// <param name="MaxResidual">Largest residual, degrees; NaN when no run has one.</param>
public sealed record LabelCount(
    string Label, long Runs, IReadOnlyList<(string Formula, long Runs)> Formulas, int DistinctFormulas, double MedianResidual, double MaxResidual);

/// <summary>What a results database holds, for people.</summary>
/// <param name="Runs">Number of labelled runs.</param>
/// <param name="Failures">Number of failures, whole inputs and single instances.</param>
/// <param name="Labels">The labels, most frequent first, ties by name.</param>
public sealed record LabelSummary(long Runs, long Failures, IReadOnlyList<LabelCount> Labels)
{
    /// <summary>Sums up a database; memory is that of the answer.</summary>
    /// <param name="database">The database.</param>
    /// <param name="formulas">How many formulas to list for each label, ≥ 0.</param>
    public static LabelSummary Read(ResultsDatabase database, int formulas)
    {
        var counts = new List<LabelCount>();
        using var labels = new SqliteStatement(database.Connection, "SELECT label, count(*), count(max_residual_deg), max(max_residual_deg), count(DISTINCT formula) FROM runs GROUP BY label ORDER BY 2 DESC, 1");
        using var frequent = new SqliteStatement(database.Connection, "SELECT formula, count(*) FROM runs WHERE label = ? GROUP BY formula ORDER BY 2 DESC, 1 LIMIT ?");
        using var middle = new SqliteStatement(database.Connection,
            "SELECT avg(r) FROM (SELECT max_residual_deg AS r FROM runs WHERE label = ? AND max_residual_deg IS NOT NULL ORDER BY 1 LIMIT ? OFFSET ?)");
        while (labels.Read())
        {
            string label = labels.Text(0);
            long residuals = labels.Integer(2);
            var listed = new List<(string, long)>();
            frequent.Bind(0, label).Bind(1, formulas);
            while (frequent.Read()) listed.Add((frequent.Text(0), frequent.Integer(1)));
            double median = double.NaN;
            if (residuals > 0)
            {
                middle.Bind(0, label).Bind(1, residuals % 2 == 0 ? 2 : 1).Bind(2, (residuals - 1) / 2);
                middle.Read();
                median = middle.Number(0);
                middle.Reset();
            }
            counts.Add(new LabelCount(label, labels.Integer(1), listed, (int)labels.Integer(4), median, labels.Number(3)));
        }
        using var failures = new SqliteStatement(database.Connection, "SELECT count(*) FROM failures");
        failures.Read();
        return new LabelSummary(counts.Sum(c => c.Runs), failures.Integer(0), counts);
    }
}
