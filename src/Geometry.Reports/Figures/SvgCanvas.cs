using System.Globalization;
using System.Net;
using System.Text;

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

    /// <summary>Text; anchor is start, middle or end; turned is upwards, for axis titles.</summary>
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

    /// <summary>Control characters have no place in XML, escaped or not.</summary>
    private static string Clean(string text) =>
        text.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))
            : text;

    private void Add(string shape) => _body.Append(shape).Append('\n');
}
