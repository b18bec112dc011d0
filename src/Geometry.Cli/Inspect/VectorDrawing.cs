using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
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

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Width, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int abreast = Math.Max(1, (maxWidth + Gap) / (Width + Gap));
        for (int first = 0; first < summands.Count; first += abreast)
        {
            Summand[] row = [.. summands.Skip(first).Take(abreast)];
            BrailleCanvas[] drawings = [.. row.Select(Draw)];
            if (first > 0)
                yield return Segment.LineBreak;
            for (int line = 0; line < Height; line++)
            {
                foreach (BrailleCanvas drawing in drawings)
                {
                    if (drawing != drawings[0])
                        yield return new Segment(new string(' ', Gap));
                    foreach (Segment segment in drawing.Line(line))
                        yield return segment;
                }
                yield return Segment.LineBreak;
            }
            foreach (Summand summand in row)
                yield return new Segment(Centred(summand.Match.Shape, Width) + (summand == row[^1] ? "" : new string(' ', Gap)), s_faint);
            yield return Segment.LineBreak;
        }
    }

    private BrailleCanvas Draw(Summand summand) =>
        VectorCanvas.Draw(
            PlaneCoordinates.Of(configuration, summand),
            [.. summand.Features.Select(i => i.ToString(CultureInfo.InvariantCulture))],
            Width,
            Height
        );

    private static string Centred(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}
