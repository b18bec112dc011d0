using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>The cosine scale from −1 to 1 in one line.</summary>
internal sealed class ScaleLegend(bool color) : IRenderable
{
    private const int Steps = 32;

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Steps, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return new Segment("    cos  -1 ");
        for (int i = 0; i <= Steps; i += color ? 1 : 4)
        {
            double cosine = (2.0 * i / Steps) - 1;
            yield return color
                ? new Segment(" ", new Style(background: CosineScale.Color(cosine)))
                : new Segment(CosineScale.Pattern(cosine) + " ");
        }
        yield return new Segment(" 1");
        yield return Segment.LineBreak;
    }
}
