using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>Colours and signs for a cosine: blue for −1, white for 0, red for +1.</summary>
internal static class CosineScale
{
    // From dark blue over white to dark red in even steps of perceived lightness.
    private static readonly (int R, int G, int B)[] s_stops =
    [
        (20, 60, 130),
        (50, 115, 180),
        (120, 175, 215),
        (200, 222, 238),
        (248, 248, 248),
        (250, 216, 198),
        (238, 150, 118),
        (204, 68, 60),
        (140, 15, 35),
    ];

    private const string Densities = " .:=+*#%@";

    /// <summary>The colour of a cosine in [−1, 1].</summary>
    public static Color Color(double cosine)
    {
        double place = (Math.Clamp(cosine, -1, 1) + 1) / 2 * (s_stops.Length - 1);
        int low = Math.Min((int)place, s_stops.Length - 2);
        double t = place - low;
        (int R, int G, int B) a = s_stops[low],
            b = s_stops[low + 1];
        return new Color(Mix(a.R, b.R, t), Mix(a.G, b.G, t), Mix(a.B, b.B, t));
    }

    /// <summary>Black or white, whichever is readable on the colour of a cosine.</summary>
    public static Color Ink(double cosine) => Math.Abs(cosine) > 0.62 ? Spectre.Console.Color.White : Spectre.Console.Color.Black;

    /// <summary>Two characters for output without colour: a sign and a density; blank near 0.</summary>
    public static string Pattern(double cosine)
    {
        int level = (int)Math.Round(Math.Abs(Math.Clamp(cosine, -1, 1)) * (Densities.Length - 1));
        return level == 0 ? " ·" : (cosine < 0 ? "-" : "+") + Densities[level];
    }

    /// <summary>A cosine in four characters: <c>-.81</c>, <c> 1.0</c>, <c>  0 </c>.</summary>
    public static string Number(double cosine)
    {
        string text = Math.Abs(cosine).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
        string digits = text.StartsWith('0') ? text[1..] : text[..3];
        return text == "0.00" ? "  0 " : (cosine < 0 ? "-" : " ") + digits;
    }

    private static byte Mix(int a, int b, double t) => (byte)Math.Round(a + ((b - a) * t));
}

/// <summary>The scale of cosines from −1 to 1 in one line.</summary>
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
