using System.Globalization;
using Geometry.Cli.Output;
using Geometry.Storage.Results;
using Geometry.Theory;

namespace Geometry.Cli.Theory;

/// <summary>Prints ground states: per size, the lowest minimum and those in which most starts end.</summary>
internal static class GroundStateTable
{
    private const int MostRows = 5,
        MostDistinct = 3;

    public static void Write(TextWriter writer, IReadOnlyList<GroundStateRow> rows)
    {
        var table = new TextTable(">d", ">k", ">energy", ">share", ">live", "form", ">symmetries", "norms");
        foreach (IGrouping<(int, int), GroundStateRow> size in rows.GroupBy(r => (r.Hidden, r.Features)))
        {
            GroundStateRow[] all = [.. size];
            HashSet<GroundStateRow> shown = [all[0], .. all.OrderByDescending(r => r.State.Starts).Take(MostRows)];
            foreach (GroundStateRow row in all.Where(shown.Contains))
                table.Add(Cells(row));
            int left = all.Length - shown.Count;
            if (left > 0)
                table.Add(
                    "",
                    "",
                    "",
                    Percent(all.Except(shown).Sum(r => r.State.Share)),
                    "",
                    FormattableString.Invariant($"{left} more"),
                    "",
                    ""
                );
        }
        table.Write(writer);
        writer.WriteLine();
    }

    private static string[] Cells(GroundStateRow row) =>
        [
            Number(row.Hidden),
            Number(row.Features),
            row.State.Minimum.Energy.ToString("0.000000", CultureInfo.InvariantCulture),
            Percent(row.State.Share),
            Number(row.Description.Live),
            row.State.IsFlat ? "(flat family)" : row.Description.Form,
            row.Description.Symmetries?.ToString(CultureInfo.InvariantCulture) ?? "",
            Shortened(row.Description.Norms),
        ];

    private static string Shortened(string values)
    {
        string[] each = values.Split(' ');
        return each.Length <= MostDistinct ? values : string.Join(' ', each.Take(MostDistinct)) + " …";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}

/// <summary>One row of the table of ground states.</summary>
internal sealed record GroundStateRow(int Hidden, int Features, GroundState State, GroundStateDescription Description)
{
    /// <summary>Significant digits of an energy after the point.</summary>
    private const int Digits = 12;

    public static IReadOnlyList<string> Columns { get; } =
    ["hidden", "features", "energy", "share", "live", "norms", "biases", "form", "symmetries"];

    public void Write(Utf8CsvWriter csv)
    {
        csv.Integer(Hidden);
        csv.Integer(Features);
        csv.Number(Math.Round(State.Minimum.Energy, Digits));
        csv.Number(State.Share);
        csv.Integer(Description.Live);
        csv.Text(Description.Norms);
        csv.Text(Description.Biases);
        csv.Text(Description.Form);
        csv.Text(Description.Symmetries?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        csv.EndRow();
    }
}
