using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>
/// The Gram matrix as a picture of blocks, as large as the width allows: cells with numbers, plain cells, or half-blocks (two rows per
/// line); where even these are too wide, with several features per pixel.
/// </summary>
/// <remarks>Without colour: numbers where they fit, otherwise a sign and a density.</remarks>
internal sealed class GramPicture(CosineMatrix matrix, bool color) : IRenderable
{
    private const int NumberedCells = 24;
    private const int NumberedWidth = 6;
    private const int PlainCells = 48;
    private const int NameWidth = 20;
    private static readonly Style s_frame = new(Color.Grey50);
    private static readonly Style s_index = new(Color.Grey70);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(20, maxWidth), maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (matrix.Size == 0)
            return [];
        int label = Digits(matrix.Order.Max()) + 3;
        int room = maxWidth - label - NameWidth - matrix.Blocks.Count;
        if (matrix.Size <= NumberedCells && matrix.Size * NumberedWidth <= room)
            return Cells(label, NumberedWidth, c => $" {CosineScale.Number(c)} ");
        if (matrix.Size <= PlainCells && matrix.Size * 2 <= room)
            return Cells(label, 2, c => color ? "  " : CosineScale.Pattern(c));
        return new GramPixels(matrix, color, label).Render(Math.Max(8, room));
    }

    private IEnumerable<Segment> Cells(int label, int width, Func<double, string> text)
    {
        foreach (Segment segment in Indices(label, width))
            yield return segment;
        for (int i = 0; i < matrix.Size; i++)
        {
            if (matrix.StartsBlock(i))
            {
                yield return new Segment(new string(' ', label) + Rule(width), s_frame);
                yield return Segment.LineBreak;
            }
            yield return new Segment(matrix.Order[i].ToString(CultureInfo.InvariantCulture).PadLeft(label - 1) + " ", s_index);
            for (int j = 0; j < matrix.Size; j++)
            {
                if (matrix.StartsBlock(j))
                    yield return new Segment("│", s_frame);
                double cosine = matrix[i, j];
                string cell = text(cosine);
                yield return color ? new Segment(cell, new Style(CosineScale.Ink(cosine), CosineScale.Color(cosine))) : new Segment(cell);
            }
            if (matrix.Blocks.FirstOrDefault(b => b.Start == i) is { } block)
                yield return new Segment(" " + block.Name, s_index);
            yield return Segment.LineBreak;
        }
    }

    /// <summary>The feature numbers above their columns; in narrow cells the digits are written one below the other.</summary>
    private IEnumerable<Segment> Indices(int label, int width)
    {
        int digits = Digits(matrix.Order.Max());
        int lines = width > digits ? 1 : digits;
        for (int line = 0; line < lines; line++)
        {
            var text = new StringBuilder(new string(' ', label));
            for (int j = 0; j < matrix.Size; j++)
            {
                if (matrix.StartsBlock(j))
                    text.Append(' ');
                string index = matrix.Order[j].ToString(CultureInfo.InvariantCulture).PadLeft(digits);
                text.Append(lines == 1 ? index.PadLeft(width - 1).PadRight(width) : $" {index[line]}".PadRight(width));
            }
            yield return new Segment(text.ToString().TrimEnd(), s_index);
            yield return Segment.LineBreak;
        }
    }

    private string Rule(int width)
    {
        var rule = new StringBuilder();
        for (int j = 0; j < matrix.Size; j++)
        {
            if (matrix.StartsBlock(j))
                rule.Append('┼');
            rule.Append('─', width);
        }
        return rule.ToString();
    }

    private static int Digits(int value) => value.ToString(CultureInfo.InvariantCulture).Length;
}
