using Spectre.Console;

namespace Geometry.Cli.Inspect;

/// <summary>Draws vectors from the origin with names at their ends, inside a circle with the radius of the longest one.</summary>
internal static class VectorCanvas
{
    private static readonly Style s_faint = new(Color.Grey50);
    private static readonly Color[] s_palette =
    [
        Color.SteelBlue1,
        Color.Orange1,
        Color.SeaGreen2,
        Color.IndianRed1,
        Color.MediumPurple1,
        Color.Gold1,
        Color.DarkTurquoise,
        Color.HotPink,
    ];

    /// <summary>Draws the vectors.</summary>
    /// <param name="points">The ends of the vectors, y upwards.</param>
    /// <param name="names">Texts at the ends, one per vector.</param>
    /// <param name="width">Characters per line.</param>
    /// <param name="height">Number of lines.</param>
    /// <param name="radius">The circle's radius in units of the points; by default that of the longest vector.</param>
    public static BrailleCanvas Draw(
        IReadOnlyList<(double X, double Y)> points,
        IReadOnlyList<string> names,
        int width,
        int height,
        double? radius = null
    )
    {
        var canvas = new BrailleCanvas(width, height);
        double middleX = (canvas.DotsWide - 1) / 2.0,
            middleY = (canvas.DotsHigh - 1) / 2.0;
        double longest = radius ?? points.Max(p => Math.Sqrt((p.X * p.X) + (p.Y * p.Y)));
        double scale = longest > 0 ? (Math.Min(middleX, middleY) - 6) / longest : 0;
        Ring(canvas, middleX, middleY, scale * longest);
        for (int i = 0; i < points.Count; i++)
        {
            (double x, double y) = (points[i].X * scale, -points[i].Y * scale);
            canvas.Line(middleX, middleY, middleX + x, middleY + y, Ink(i));
        }
        for (int i = 0; i < points.Count; i++)
        {
            (double x, double y) = (points[i].X * scale, -points[i].Y * scale);
            double length = Math.Max(1, Math.Sqrt((x * x) + (y * y)));
            double beyond = 1 + (4 / length);
            canvas.Text(middleX + (x * beyond), middleY + (y * beyond), names[i], Ink(i));
        }
        return canvas;
    }

    private static void Ring(BrailleCanvas canvas, double x, double y, double radius)
    {
        for (int i = 0; i < 48; i++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * i / 48);
            canvas.Dot((int)Math.Round(x + (radius * sin)), (int)Math.Round(y - (radius * cos)), s_faint);
        }
    }

    private static Style Ink(int i) => new(s_palette[i % s_palette.Length], decoration: Decoration.Bold);
}
