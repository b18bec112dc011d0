using Geometry.Storage.Dictionaries;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>The features of a plane, drawn in it: two dimensions as they are, three from three sides, more by pairs of axes.</summary>
internal sealed class PlaneDrawing(StoredPlane plane) : IRenderable
{
    private const int MostNamed = 40,
        LongestName = 14,
        Gap = 2;
    private static readonly Style s_faint = new(Color.Grey50);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(24, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        (int X, int Y)[] views = Views(plane.Dim);
        int abreast = Math.Clamp((maxWidth + Gap) / (30 + Gap), 1, views.Length);
        // Twice as wide as high, which makes circles round; a single view may be larger.
        int width = Math.Min(((maxWidth + Gap) / abreast) - Gap, views.Length == 1 ? 64 : 44),
            height = Math.Max(8, width / 2);
        double radius = plane.Members.Max(p => Math.Sqrt(p.Coordinates.Sum(x => x * x)));
        foreach ((int X, int Y)[] row in views.Chunk(abreast))
        {
            BrailleCanvas[] drawings = [.. row.Select(view => Draw(view, width, height, radius))];
            for (int line = 0; line < height; line++)
            {
                for (int i = 0; i < drawings.Length; i++)
                {
                    if (i > 0)
                        yield return new Segment(new string(' ', Gap));
                    foreach (Segment segment in drawings[i].Line(line))
                        yield return segment;
                }
                yield return Segment.LineBreak;
            }
            if (views.Length == 1)
                continue;
            yield return new Segment(
                string.Join(
                    new string(' ', Gap),
                    row.Select(v => Centred(FormattableString.Invariant($"axes {v.X + 1} and {v.Y + 1}"), width))
                ),
                s_faint
            );
            yield return Segment.LineBreak;
        }
    }

    /// <summary>The pairs of axes that are drawn; a line has a single axis.</summary>
    private static (int X, int Y)[] Views(int dim) =>
        dim switch
        {
            <= 2 => [(0, 1)],
            3 => [(0, 1), (0, 2), (1, 2)],
            _ => [.. Enumerable.Range(0, (dim + 1) / 2).Select(i => (Math.Min(2 * i, dim - 2), Math.Min((2 * i) + 1, dim - 1)))],
        };

    private BrailleCanvas Draw((int X, int Y) view, int width, int height, double radius)
    {
        (double X, double Y)[] points =
        [
            .. plane.Members.Select(p => (p.Coordinates[view.X], view.Y < plane.Dim ? p.Coordinates[view.Y] : 0)),
        ];
        if (plane.Dim == 2)
            PlaneCoordinates.Upright(points);
        string[] names = [.. points.Select((_, i) => points.Length > MostNamed ? "·" : Short(plane.NameOf(i)))];
        return VectorCanvas.Draw(points, names, width, height, radius);
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static string Centred(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}
