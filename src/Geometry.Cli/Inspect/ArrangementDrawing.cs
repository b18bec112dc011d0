using System.Globalization;
using Geometry.Measures.Arrangements;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>The walls of a model with two hidden dimensions, and the cells between them in the colours of their active features.</summary>
/// <remarks>
/// A cell with several active outputs has the mean of their colours; a cell without any has none. Without colours only the walls are drawn,
/// each with the number of its feature on the side where the output is active.
/// </remarks>
internal sealed class ArrangementDrawing(PlanePicture picture) : IRenderable
{
    private const int Width = 52,
        Height = 26;
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
    private static readonly Style s_wall = new(Color.White, decoration: Decoration.Bold);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Width, maxWidth), Math.Min(Width, maxWidth));

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        BrailleCanvas canvas = Draw();
        bool colours = options.ColorSystem != ColorSystem.NoColors;
        for (int line = 0; line < Height; line++)
        {
            int column = 0;
            foreach (Segment segment in canvas.Line(line))
            {
                Color? ground = colours ? Ground(((column++ + 0.5) / Width * 2) - 1, 1 - ((line + 0.5) / Height * 2)) : null;
                Style style = segment.Style;
                yield return new Segment(
                    segment.Text,
                    ground is { } back
                        ? new Style(style.Foreground == Color.Default ? Color.White : style.Foreground, back, style.Decoration)
                        : style
                );
            }
            yield return Segment.LineBreak;
        }
    }

    private BrailleCanvas Draw()
    {
        var canvas = new BrailleCanvas(Width, Height);
        (double X, double Y) Place((double X, double Y) p) =>
            (((p.X / picture.Radius) + 1) / 2 * (canvas.DotsWide - 1), (1 - (p.Y / picture.Radius)) / 2 * (canvas.DotsHigh - 1));
        foreach (PlaneWall wall in picture.Walls)
        {
            ((double x0, double y0), (double x1, double y1)) = (Place(wall.From), Place(wall.To));
            canvas.Line(x0, y0, x1, y1, s_wall);
        }
        foreach (PlaneWall drawn in picture.Walls)
        {
            // Neighbouring walls often get their numbers at the same place, so every other one gets it at its other end.
            PlaneWall wall = drawn.Feature % 2 == 0 ? drawn : drawn with { From = drawn.To, To = drawn.From };
            // Near one end, a little inside the side where the output is active, which is the left of From → To.
            (double X, double Y) along = (wall.To.X - wall.From.X, wall.To.Y - wall.From.Y);
            double length = Math.Sqrt((along.X * along.X) + (along.Y * along.Y)),
                aside = 0.07 * picture.Radius;
            foreach (int side in (ReadOnlySpan<int>)[1, -1])
            {
                (double X, double Y) at = (
                    wall.From.X + (0.15 * along.X) - (side * aside * along.Y / length),
                    wall.From.Y + (0.15 * along.Y) + (side * aside * along.X / length)
                );
                if (!picture.ActiveAt(at.X, at.Y).Contains(wall.Feature))
                    continue;
                (double x, double y) = Place(at);
                canvas.Text(x, y, wall.Feature.ToString(CultureInfo.InvariantCulture), s_wall);
                break;
            }
        }
        return canvas;
    }

    private Color? Ground(double x, double y)
    {
        IReadOnlyList<int> active = picture.ActiveAt(x * picture.Radius, y * picture.Radius);
        if (active.Count == 0)
            return null;
        double Mean(Func<Color, byte> part) => active.Average(i => (double)part(s_palette[i % s_palette.Length]));
        // Dark enough for white walls.
        const double Share = 0.55;
        return new Color((byte)(Share * Mean(c => c.R)), (byte)(Share * Mean(c => c.G)), (byte)(Share * Mean(c => c.B)));
    }
}
