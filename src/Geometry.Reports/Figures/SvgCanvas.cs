using System.Globalization;
using System.Net;
using System.Text;
using Geometry.Reports.Phases;

namespace Geometry.Reports.Figures;

/// <summary>An SVG picture under construction: shapes in points (1/72 inch), origin at the top left.</summary>
/// <remarks>Coordinates have two decimals; texts are escaped; the same calls give the same bytes. Colours are 0xRRGGBB.</remarks>
internal sealed class SvgCanvas(double width, double height, string title)
{
    private readonly StringBuilder _body = new();

    public double Width => width;

    public double Height => height;

    public void Line(double x1, double y1, double x2, double y2, int color, double thickness = 1, string? dash = null) =>
        Add(
            $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{Hex(color)}\" "
                + $"stroke-width=\"{N(thickness)}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}/>"
        );

    public void Rectangle(double x, double y, double w, double h, int fill, string? tip = null) =>
        Add(
            $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(w)}\" height=\"{N(h)}\" fill=\"{Hex(fill)}\""
                + (tip is null ? "/>" : $"><title>{WebUtility.HtmlEncode(Clean(tip))}</title></rect>")
        );

    public void Circle(double x, double y, double radius, int fill, double opacity = 1) =>
        Add($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{Hex(fill)}\"{Opacity(opacity)}/>");

    public void Polygon(IEnumerable<(double X, double Y)> points, int fill, double opacity, int? stroke = null) =>
        Add(
            $"<polygon points=\"{Points(points)}\" fill=\"{Hex(fill)}\" "
                + $"fill-opacity=\"{N(opacity)}\"{(stroke is { } s ? $" stroke=\"{Hex(s)}\"" : "")}/>"
        );

    public void Path(IEnumerable<(double X, double Y)> points, int stroke, double thickness) =>
        Add(
            $"<polyline points=\"{Points(points)}\" fill=\"none\" stroke=\"{Hex(stroke)}\" stroke-width=\"{N(thickness)}\" "
                + $"stroke-linejoin=\"round\"/>"
        );

    /// <summary>Draws text; anchor is start, middle or end; turned text runs upwards, for titles of axes.</summary>
    public void Text(
        double x,
        double y,
        string text,
        string anchor = "start",
        double size = 9,
        int color = 0x222222,
        bool turned = false
    ) =>
        Add(
            $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\" text-anchor=\"{anchor}\" "
                + $"fill=\"{Hex(color)}\"{(turned ? $" transform=\"rotate(-90 {N(x)} {N(y)})\"" : "")}>"
                + $"{WebUtility.HtmlEncode(Clean(text))}</text>"
        );

    /// <summary>An arrow from the tail to the tip.</summary>
    public void Arrow(double x1, double y1, double x2, double y2, int color)
    {
        double length = Math.Sqrt(((x2 - x1) * (x2 - x1)) + ((y2 - y1) * (y2 - y1)));
        if (length < 1)
            return;
        double ux = (x2 - x1) / length,
            uy = (y2 - y1) / length,
            head = Math.Min(8, length);
        Line(x1, y1, x2 - (ux * head * 0.8), y2 - (uy * head * 0.8), color, 1.8);
        Polygon(
            [
                (x2, y2),
                (x2 - (ux * head) - (uy * head * 0.4), y2 - (uy * head) + (ux * head * 0.4)),
                (x2 - (ux * head) + (uy * head * 0.4), y2 - (uy * head) - (ux * head * 0.4)),
            ],
            color,
            1
        );
    }

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}pt\" height=\"{N(height)}pt\" viewBox=\"0 0 {N(width)} "
        + $"{N(height)}\" font-family=\"Helvetica, Arial, sans-serif\" role=\"img\">\n"
        + $"<title>{WebUtility.HtmlEncode(Clean(title))}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{_body}</svg>\n";

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => N(p.X) + "," + N(p.Y)));

    private static string N(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Hex(int color) => "#" + color.ToString("x6", CultureInfo.InvariantCulture);

    private static string Opacity(double opacity) => opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "";

    /// <summary>Removes control characters, which XML does not allow even when escaped.</summary>
    private static string Clean(string text) =>
        text.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))
            : text;

    private void Add(string shape) => _body.Append(shape).Append('\n');
}

/// <summary>Coloured squares with names in rows below a figure.</summary>
internal static class SvgLegend
{
    private const double RowHeight = 14;

    /// <summary>Height of a legend with these names.</summary>
    public static double Height(IReadOnlyList<string> names, double width) => RowHeight * (Rows(names, width).Count() + 0.5);

    public static void Draw(
        SvgCanvas canvas,
        double left,
        double top,
        double width,
        IReadOnlyList<string> names,
        Func<string, int>? color = null
    )
    {
        double y = top;
        foreach (IReadOnlyList<string> row in Rows(names, width))
        {
            double x = left;
            foreach (string name in row)
            {
                canvas.Rectangle(x, y, 9, 9, (color ?? LabelColors.Of)(name));
                canvas.Text(x + 13, y + 8, name);
                x += Width(name);
            }
            y += RowHeight;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<string> names, double width)
    {
        var row = new List<string>();
        double used = 0;
        foreach (string name in names)
        {
            if (row.Count > 0 && used + Width(name) > width)
            {
                yield return row;
                row = [];
                used = 0;
            }
            row.Add(name);
            used += Width(name);
        }
        if (row.Count > 0)
            yield return row;
    }

    private static double Width(string name) => 28 + (5.2 * name.Length);
}
