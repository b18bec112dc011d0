using System.Globalization;
using Geometry.Measures;
using Geometry.Reports.Phases;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;

namespace Geometry.Reports.Measures.Page;

/// <summary>The columns of measures that are shown beside the labels of the runs.</summary>
/// <remarks>
/// For a measure with one row per run, all columns. For topology, the number of bars in each degree from 1 on, and the longest bar of the
/// highest degree that has any. For codes, the row of the whole run.
/// </remarks>
internal static class PageColumns
{
    /// <summary>The columns for the listed runs.</summary>
    public static IReadOnlyList<PageColumn> Read(ResultsReader results, LabelledRuns runs, IReadOnlyList<int> listed)
    {
        var rowOf = new Dictionary<(int, int), int>();
        for (int row = 0; row < listed.Count; row++)
        {
            StoredRun run = runs.Runs[listed[row]];
            rowOf.Add((run.Input, run.Instance), row);
        }
        var columns = new List<PageColumn>();
        foreach (IMeasure measure in MeasureRegistry.All)
        {
            if (MeasureTable.Find(results, measure.Name) is not { } table)
                continue;
            IEnumerable<MeasuredRow> rows = table.Read().Where(r => rowOf.ContainsKey((r.Input, r.Instance)));
            if (measure.HasOneRow)
                columns.AddRange(Plain(table, rows, rowOf, listed.Count, [.. table.Columns]));
            else if (measure.Name == "codes")
                columns.AddRange(
                    Plain(
                        table,
                        rows.Where(r => IsEmpty(r.Cells[table.IndexOf("summand")])),
                        rowOf,
                        listed.Count,
                        [.. table.Columns.Where(c => c != "summand")]
                    )
                );
            else if (measure.Name == "topology")
                columns.AddRange(Topology(table, rows, rowOf, listed.Count));
        }
        return [.. columns.Where(c => c.Cells.Any(cell => !IsEmpty(cell)))];
    }

    private static IEnumerable<PageColumn> Plain(
        MeasureTable table,
        IEnumerable<MeasuredRow> rows,
        Dictionary<(int, int), int> rowOf,
        int count,
        string[] names
    )
    {
        MeasureCell[][] cells = [.. names.Select(_ => Enumerable.Repeat(MeasureCell.Empty, count).ToArray())];
        int[] places = [.. names.Select(table.IndexOf)];
        foreach (MeasuredRow row in rows)
        {
            int at = rowOf[(row.Input, row.Instance)];
            for (int c = 0; c < names.Length; c++)
                cells[c][at] = row.Cells[places[c]];
        }
        return names.Select((name, c) => new PageColumn(table.Name, name, cells[c]));
    }

    private static IEnumerable<PageColumn> Topology(
        MeasureTable table,
        IEnumerable<MeasuredRow> rows,
        Dictionary<(int, int), int> rowOf,
        int count
    )
    {
        int degree = table.IndexOf("degree"),
            birth = table.IndexOf("birth"),
            death = table.IndexOf("death"),
            filtration = table.IndexOf("filtration");
        var bars = new SortedDictionary<int, double[]>();
        var longest = new (int Degree, double Birth, double Death)[count];
        foreach (MeasuredRow row in rows.Where(r => r.Cells[filtration].Text == "rips" && r.Cells[degree].Number > 0))
        {
            int at = rowOf[(row.Input, row.Instance)],
                d = (int)row.Cells[degree].Number;
            if (!bars.TryGetValue(d, out double[]? of))
                bars.Add(d, of = new double[count]);
            of[at]++;
            (double from, double to) = (row.Cells[birth].Number, row.Cells[death].Number);
            if (d > longest[at].Degree || (d == longest[at].Degree && to - from > longest[at].Death - longest[at].Birth))
                longest[at] = (d, from, to);
        }
        foreach ((int d, double[] of) in bars)
            yield return new PageColumn(
                table.Name,
                string.Create(CultureInfo.InvariantCulture, $"bars of H{d}"),
                [.. of.Select(c => (MeasureCell)c)]
            );
        yield return new PageColumn(
            table.Name,
            "highest bar",
            [
                .. longest.Select(l =>
                    l.Degree == 0
                        ? MeasureCell.Empty
                        : string.Create(CultureInfo.InvariantCulture, $"H{l.Degree} {l.Birth:0.###}–{l.Death:0.###}")
                ),
            ]
        );
    }

    private static bool IsEmpty(MeasureCell cell) => cell.Text is null && double.IsNaN(cell.Number);
}
