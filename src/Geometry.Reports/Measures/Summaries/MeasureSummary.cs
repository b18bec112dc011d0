using Geometry.Measures;
using Geometry.Reports.Phases;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;

namespace Geometry.Reports.Measures.Summaries;

/// <summary>A table of a sweep's cells that is made from a measure's table of runs.</summary>
public interface IMeasureSummary
{
    /// <summary>The measure that it summarises.</summary>
    string Measure { get; }

    /// <summary>Name of its CSV file, without extension.</summary>
    string Name { get; }

    /// <summary>Names of the columns behind those of the swept parameters.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>The rows of one cell, or of the whole sweep.</summary>
    /// <param name="runs">The runs with their rows of the measure; at least one.</param>
    /// <param name="column">(name) → index of a column of the measure.</param>
    IEnumerable<MeasureCell[]> Of(IReadOnlyList<SummarisedRun> runs, Func<string, int> column);
}

/// <summary>A run with its row of a measure.</summary>
/// <param name="Run">The run.</param>
/// <param name="Cells">Cells of the measure's columns.</param>
public sealed record SummarisedRun(StoredRun Run, MeasureCell[] Cells);

/// <summary>The table of a summary.</summary>
/// <param name="Summary">The summary.</param>
/// <param name="Parameters">The parameters that vary over the sweep, except the seed.</param>
/// <param name="Rows">First the rows of the whole sweep, with empty parameters, then those of each cell in order of first appearance. Each
/// row has the values of <paramref name="Parameters"/>, then those of the summary's columns.</param>
public sealed record SummaryTable(IMeasureSummary Summary, IReadOnlyList<string> Parameters, IReadOnlyList<MeasureCell[]> Rows)
{
    /// <summary>All column names.</summary>
    public IReadOnlyList<string> Columns => [.. Parameters, .. Summary.Columns];

    /// <summary>Writes the rows.</summary>
    internal void WriteRows(Utf8CsvWriter csv)
    {
        foreach (MeasureCell[] row in Rows)
        {
            foreach (MeasureCell cell in row)
            {
                if (cell.Text is { } text)
                    csv.Text(text);
                else
                    csv.Number(cell.Number);
            }
            csv.EndRow();
        }
    }

    /// <summary>Summarises a folder's table; null where the folder has no such table, or no rows in it.</summary>
    public static SummaryTable? Of(IMeasureSummary summary, ResultsReader results, LabelledRuns runs)
    {
        if (MeasureTable.Find(results, summary.Measure) is not { } table)
            return null;
        Dictionary<(int, int), StoredRun> byPlace = runs.Runs.ToDictionary(r => (r.Input, r.Instance));
        SummarisedRun[] rows =
        [
            .. table
                .Read()
                .Where(r => byPlace.ContainsKey((r.Input, r.Instance)))
                .Select(r => new SummarisedRun(byPlace[(r.Input, r.Instance)], r.Cells)),
        ];
        if (rows.Length == 0)
            return null;
        string[] parameters =
        [
            .. runs.Parameters.Where(p => p != "seed" && rows.Select(r => Text(runs, r.Run, p)).Distinct().Skip(1).Any()),
        ];
        var all = new List<MeasureCell[]>();
        Add([.. parameters.Select(_ => MeasureCell.Empty)], rows);
        if (parameters.Length > 0)
        {
            foreach (
                IGrouping<string, SummarisedRun> cell in rows.GroupBy(r => string.Join('|', parameters.Select(p => Text(runs, r.Run, p))))
            )
                Add([.. parameters.Select(p => Cell(runs.Value(cell.First().Run, p)))], [.. cell]);
        }
        return new SummaryTable(summary, parameters, all);

        void Add(MeasureCell[] values, SummarisedRun[] members) =>
            all.AddRange(summary.Of(members, table.IndexOf).Select(row => (MeasureCell[])[.. values, .. row]));
    }

    private static string Text(LabelledRuns runs, StoredRun run, string parameter) => PhaseAxis.Text(runs.Value(run, parameter));

    private static MeasureCell Cell(ParameterValue value) => value.Text is { } text ? text : value.Number;
}
