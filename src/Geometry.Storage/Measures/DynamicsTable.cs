using Geometry.Storage.Results;

namespace Geometry.Storage.Measures;

/// <summary>A row of the table <c>dynamics</c>: a run at a checkpoint.</summary>
/// <param name="Step">Number of finished steps.</param>
/// <param name="Loss">Evaluation loss; NaN where there is none.</param>
/// <param name="Events">The events since the checkpoint before; empty for none.</param>
/// <param name="Llc">λ̂; NaN where there is none.</param>
/// <param name="LlcError">Its standard error.</param>
/// <param name="Verdict">Its verdict.</param>
public sealed record DynamicsRow(double Step, double Loss, string Events, double Llc, double LlcError, string Verdict);

/// <summary>Reads the table <c>dynamics</c>.</summary>
public static class DynamicsTable
{
    private static readonly string[] s_columns = ["step", "loss", "events", "llc", "llc_se", "llc_verdict"];

    /// <summary>The checkpoints of a run by step; empty where the run was not measured.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="file">Name of the run's weight file, without its folder.</param>
    /// <param name="instance">Index of the run in that file.</param>
    public static IReadOnlyList<DynamicsRow> Read(ResultsReader results, string file, int instance)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (s_columns.Except(ResultsSchema.ColumnsOf(results.Database.Connection, "dynamics"), StringComparer.Ordinal).Any())
            return [];
        InputRecord? input = results.Inputs.FirstOrDefault(i =>
            i.Source == file || i.Source.EndsWith("/" + file, StringComparison.Ordinal)
        );
        if (input is null)
            return [];
        var rows = new List<DynamicsRow>();
        using var query = new SqliteStatement(
            results.Database.Connection,
            $"SELECT {string.Join(',', s_columns)} FROM dynamics WHERE source = ? AND instance = ? ORDER BY step"
        );
        query.Bind(0, input.Source).Bind(1, instance);
        while (query.Read())
            rows.Add(
                new DynamicsRow(Number(query, 0), Number(query, 1), Text(query, 2), Number(query, 3), Number(query, 4), Text(query, 5))
            );
        return rows;
    }

    private static double Number(SqliteStatement row, int column) => row.IsNull(column) ? double.NaN : row.Number(column);

    private static string Text(SqliteStatement row, int column) => row.IsNull(column) ? "" : row.Text(column);
}
