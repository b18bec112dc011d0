using System.Globalization;
using Geometry.Shapes;
using Geometry.Summands;
using Spectre.Console;

namespace Geometry.Cli.Inspect;

/// <summary>The summands with shape, significance and sphere; with the number of directions where features share one.</summary>
internal static class SummandTable
{
    public static Table Of(IReadOnlyList<Summand> summands)
    {
        bool families = summands.Any(s => !double.IsNaN(s.Match.Parameter));
        bool irregular = summands.Any(s => !s.Match.IsNamed);
        bool shared = summands.Any(s => s.Directions < s.Count);
        string[] headers = ["", "shape", "dim", "count", .. shared ? (string[])["directions"] : [], "features", "residual", "p", "radius", "rms", "centre"];
        Table table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey50);
        foreach (string header in headers) table.AddColumn(Column(header));
        if (families) table.AddColumn(Column("parameter"));
        if (irregular) table.AddColumn(Column("nearest"));
        for (int i = 0; i < summands.Count; i++)
        {
            Summand s = summands[i];
            ShapeMatch match = s.Match;
            List<Text> cells =
            [
                Plain(i.ToString(CultureInfo.InvariantCulture)), new Text(match.Shape, new Style(match.IsNamed ? Color.Green : Color.Yellow)),
                Plain(s.Dim.ToString(CultureInfo.InvariantCulture)), Plain(s.Count.ToString(CultureInfo.InvariantCulture)), Plain(string.Join(' ', s.Features)),
                Plain(Number(match.ResidualDegrees, "0.00°")), Plain(Number(match.PValue, match.PValue is > 0 and < 0.001 ? "0e+0" : "0.###")),
                Plain(Number(s.Sphere.Radius, "0.000")), Plain(Number(s.Sphere.Rms, "0.000")), Plain(Number(s.Sphere.CenterNorm, "0.000")),
            ];
            if (shared) cells.Insert(4, Plain(s.Directions.ToString(CultureInfo.InvariantCulture)));
            if (families) cells.Add(Plain(Number(match.Parameter, "0.0000")));
            if (irregular) cells.Add(Plain(match.IsNamed ? "" : match.Nearest ?? ""));
            table.AddRow(cells);
        }
        return table;
    }

    private static TableColumn Column(string header)
    {
        var column = new TableColumn(new Text(header, new Style(Color.Grey70)));
        if (header is not "features") column.NoWrap();
        return header is "shape" or "features" or "nearest" ? column : column.RightAligned();
    }

    private static Text Plain(string text) => new(text);

    private static string Number(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
