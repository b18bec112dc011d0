using System.Globalization;
using Geometry.Labels;
using Geometry.Shapes;
using Spectre.Console;

namespace Geometry.Cli.Inspect;

/// <summary>The summands with shape, significance and sphere, and the number of directions where features share one.</summary>
/// <remarks>
/// Columns that do not fit move to lines of their own below the table: first the lists of features, then the spheres.
/// </remarks>
internal sealed class SummandTable
{
    private const string FeaturesHeader = "features";
    private const int LeastFeatures = 16;
    private static readonly string[] s_sphere = ["radius", "rms", "centre"];
    private readonly List<string> _headers = [];
    private readonly List<List<string>> _rows = [];
    private readonly bool[] _named;

    private SummandTable(IReadOnlyList<Summand> summands)
    {
        _named = [.. summands.Select(s => s.Match.IsNamed)];
        bool families = summands.Any(s => !double.IsNaN(s.Match.Parameter));
        bool irregular = summands.Any(s => !s.Match.IsNamed);
        bool shared = summands.Any(s => s.Directions < s.Count);
        _headers.AddRange([
            "",
            "shape",
            "dim",
            "count",
            .. shared ? (string[])["directions"] : [],
            FeaturesHeader,
            "residual",
            "p",
            .. s_sphere,
        ]);
        if (families)
            _headers.Add("parameter");
        if (irregular)
            _headers.Add("nearest");
        for (int i = 0; i < summands.Count; i++)
        {
            Summand s = summands[i];
            ShapeMatch match = s.Match;
            List<string> cells =
            [
                i.ToString(CultureInfo.InvariantCulture),
                match.Shape,
                s.Dim.ToString(CultureInfo.InvariantCulture),
                s.Count.ToString(CultureInfo.InvariantCulture),
                string.Join(' ', s.Features),
                Number(match.ResidualDegrees, "0.00°"),
                Number(match.PValue, match.PValue is > 0 and < 0.001 ? "0e+0" : "0.###"),
                Number(s.Sphere.Radius, "0.000"),
                Number(s.Sphere.Rms, "0.000"),
                Number(s.Sphere.CenterNorm, "0.000"),
            ];
            if (shared)
                cells.Insert(4, s.Directions.ToString(CultureInfo.InvariantCulture));
            if (families)
                cells.Add(Number(match.Parameter, "0.0000"));
            if (irregular)
                cells.Add(match.IsNamed ? "" : match.Nearest ?? "");
            _rows.Add(cells);
        }
    }

    /// <summary>The table, and the moved columns as (name, value).</summary>
    /// <param name="summands">At least one.</param>
    /// <param name="width">Characters per line.</param>
    public static (Table Table, List<(string Name, string Value)> Below) Of(IReadOnlyList<Summand> summands, int width)
    {
        var table = new SummandTable(summands);
        var below = new List<(string, string)>();
        int features = table._headers.IndexOf(FeaturesHeader);
        int others = table.Width(c => c != features);
        if (others + Math.Min(LeastFeatures, table.Widest(features)) > width)
        {
            table.Leave([FeaturesHeader], below, cells => cells[0]);
            if (table.Width(_ => true) > width)
                table.Leave(s_sphere, below, cells => $"radius {cells[0]}, rms {cells[1]}, centre {cells[2]}");
        }
        return (table.Draw(), below);
    }

    /// <summary>Moves columns out of the table, to one line per summand.</summary>
    private void Leave(string[] headers, List<(string, string)> below, Func<string[], string> text)
    {
        int at = _headers.IndexOf(headers[0]);
        _headers.RemoveRange(at, headers.Length);
        string name = headers.Length == 1 ? headers[0] : "sphere";
        foreach (List<string> row in _rows)
        {
            string[] cells = [.. row.GetRange(at, headers.Length)];
            row.RemoveRange(at, headers.Length);
            if (cells[0].Length > 0)
                below.Add(($"{name} of {row[0]}", text(cells)));
        }
    }

    private int Widest(int column) => _rows.Max(r => r[column].Length);

    /// <summary>Width of some columns in characters: their widest cells, a blank on each side, two characters between.</summary>
    private int Width(Func<int, bool> counts) =>
        Enumerable.Range(0, _headers.Count).Where(counts).Sum(c => Math.Max(_headers[c].Length, Widest(c)) + 3) + 1;

    private Table Draw()
    {
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey50);
        foreach (string header in _headers)
            table.AddColumn(Column(header));
        for (int i = 0; i < _rows.Count; i++)
            table.AddRow(
                _rows[i].Select((cell, c) => c == 1 ? new Text(cell, new Style(_named[i] ? Color.Green : Color.Yellow)) : new Text(cell))
            );
        return table;
    }

    private static TableColumn Column(string header)
    {
        var column = new TableColumn(new Text(header, new Style(Color.Grey70)));
        if (header is not FeaturesHeader)
            column.NoWrap();
        return header is "shape" or FeaturesHeader or "nearest" ? column : column.RightAligned();
    }

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
