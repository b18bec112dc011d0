using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Measures;
using Geometry.Reports.Measures.Summaries;

namespace Geometry.Cli.Measures;

/// <summary>Prints a summary of the whole sweep in the terminal.</summary>
internal static class SummaryText
{
    /// <summary>Columns that only the file has.</summary>
    private static readonly string[] s_leftOut = ["group_pairs", "odds_ratio_low", "odds_ratio_high", "variance"];

    public static void Write(TextWriter output, SummaryTable summary)
    {
        int[] shown =
        [
            .. Enumerable
                .Range(summary.Parameters.Count, summary.Summary.Columns.Count)
                .Where(i => !s_leftOut.Contains(summary.Columns[i])),
        ];
        var table = new TextTable([.. shown.Select(i => (IsNumber(summary, i) ? ">" : "") + summary.Columns[i].Replace('_', ' '))]);
        // The rows of the whole sweep come first and have no parameters.
        foreach (
            MeasureCell[] row in summary.Rows.TakeWhile(r =>
                r.Take(summary.Parameters.Count).All(c => c.Text is null && double.IsNaN(c.Number))
            )
        )
            table.Add([.. shown.Select(i => Text(row[i]))]);
        output.WriteLine();
        table.Write(output);
        output.WriteLine(
            FormattableString.Invariant($"{summary.Rows.Count:N0} rows, the sweep and each of its cells, are in {summary.Summary.Name}.csv")
        );
    }

    private static bool IsNumber(SummaryTable summary, int column) => summary.Rows.All(r => r[column].Text is null);

    private static string Text(MeasureCell cell) =>
        cell.Text
        ?? (
            double.IsNaN(cell.Number) ? "" : cell.Number.ToString(Math.Abs(cell.Number) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture)
        );
}
