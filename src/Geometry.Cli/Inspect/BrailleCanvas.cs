using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>A drawing of dots, two by four per character (Unicode braille patterns), with short texts on top.</summary>
/// <remarks>Dots are square where a character is twice as high as wide. x grows to the right, y downwards, both from 0.</remarks>
internal sealed class BrailleCanvas(int width, int height)
{
    private static readonly int[] s_bits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
    private readonly int[] _dots = new int[width * height];
    private readonly char[] _text = new char[width * height];
    private readonly Style?[] _styles = new Style?[width * height];

    public int DotsWide => width * 2;

    public int DotsHigh => height * 4;

    public void Dot(int x, int y, Style? style = null)
    {
        if (x < 0 || y < 0 || x >= DotsWide || y >= DotsHigh)
            return;
        int cell = (y / 4 * width) + (x / 2);
        _dots[cell] |= s_bits[(y % 4 * 2) + (x % 2)];
        _styles[cell] = style ?? _styles[cell];
    }

    public void Line(double x0, double y0, double x1, double y1, Style? style = null)
    {
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (int i = 0; i <= steps; i++)
        {
            double t = steps == 0 ? 0 : (double)i / steps;
            Dot((int)Math.Round(x0 + ((x1 - x0) * t)), (int)Math.Round(y0 + ((y1 - y0) * t)), style);
        }
    }

    /// <summary>Writes a text centred at a dot, moved so that it lies inside.</summary>
    public void Text(double x, double y, string text, Style? style = null)
    {
        int row = Math.Clamp((int)Math.Floor(y / 4), 0, height - 1);
        int column = Math.Clamp((int)Math.Round((x / 2) - (text.Length / 2.0)), 0, Math.Max(0, width - text.Length));
        for (int i = 0; i < text.Length && column + i < width; i++)
        {
            _text[(row * width) + column + i] = text[i];
            _styles[(row * width) + column + i] = style;
        }
    }

    /// <summary>One line of the drawing.</summary>
    public IEnumerable<Segment> Line(int row)
    {
        for (int column = 0; column < width; column++)
        {
            int cell = (row * width) + column;
            char shown =
                _text[cell] != 0 ? _text[cell]
                : _dots[cell] == 0 ? ' '
                : (char)(0x2800 + _dots[cell]);
            yield return new Segment(shown.ToString(), _styles[cell] ?? Style.Plain);
        }
    }
}
