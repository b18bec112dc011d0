using System.Globalization;
using Geometry.Configurations;
using Geometry.Summands;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>The vectors of two-dimensional summands, drawn from the origin in their own planes, side by side.</summary>
internal sealed class VectorDrawing(FeatureConfiguration configuration, IReadOnlyList<Summand> summands) : IRenderable
{
    private const int Width = 26;
    private const int Height = 13;
    private const int Gap = 3;
    private static readonly Style s_faint = new(Color.Grey50);
    private static readonly Color[] s_palette = [Color.SteelBlue1, Color.Orange1, Color.SeaGreen2, Color.IndianRed1, Color.MediumPurple1, Color.Gold1, Color.DarkTurquoise, Color.HotPink];

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Width, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int abreast = Math.Max(1, (maxWidth + Gap) / (Width + Gap));
        for (int first = 0; first < summands.Count; first += abreast)
        {
            Summand[] row = [.. summands.Skip(first).Take(abreast)];
            BrailleCanvas[] drawings = [.. row.Select(Draw)];
            if (first > 0) yield return Segment.LineBreak;
            for (int line = 0; line < Height; line++)
            {
                foreach (BrailleCanvas drawing in drawings)
                {
                    if (drawing != drawings[0]) yield return new Segment(new string(' ', Gap));
                    foreach (Segment segment in drawing.Line(line)) yield return segment;
                }
                yield return Segment.LineBreak;
            }
            foreach (Summand summand in row)
                yield return new Segment(Centred(summand.Match.Shape, Width) + (summand == row[^1] ? "" : new string(' ', Gap)), s_faint);
            yield return Segment.LineBreak;
        }
    }

    private BrailleCanvas Draw(Summand summand)
    {
        (double X, double Y)[] points = PlaneCoordinates.Of(configuration, summand);
        var canvas = new BrailleCanvas(Width, Height);
        double middleX = (canvas.DotsWide - 1) / 2.0, middleY = (canvas.DotsHigh - 1) / 2.0;
        double longest = points.Max(p => Math.Sqrt((p.X * p.X) + (p.Y * p.Y)));
        double scale = longest > 0 ? (Math.Min(middleX, middleY) - 6) / longest : 0;
        Ring(canvas, middleX, middleY, scale * longest);
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y) = (points[i].X * scale, -points[i].Y * scale);
            canvas.Line(middleX, middleY, middleX + x, middleY + y, Ink(i));
        }
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y) = (points[i].X * scale, -points[i].Y * scale);
            double length = Math.Max(1, Math.Sqrt((x * x) + (y * y)));
            double beyond = 1 + (4 / length);
            canvas.Text(middleX + (x * beyond), middleY + (y * beyond), summand.Features[i].ToString(CultureInfo.InvariantCulture), Ink(i));
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

    private static string Centred(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}
