using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Geometry.Cli.Inspect;

/// <summary>A large Gram matrix in half-blocks: a character is one column and two rows. Gaps of one pixel separate blocks.</summary>
internal sealed class GramPixels(CosineMatrix matrix, bool color, int label)
{
    private const int MostPixels = 200;
    private static readonly Style s_index = new(Color.Grey70);

    /// <summary>Draws with at most this many characters per line.</summary>
    public IEnumerable<Segment> Render(int width)
    {
        width = Math.Min(width, MostPixels);
        int step = (matrix.Size + width - 1) / width;
        List<int> pixels = Pixels(step);
        int rows = color ? 2 : 1;
        for (int top = 0; top < pixels.Count; top += rows)
        {
            int first = pixels[top] >= 0 ? pixels[top] : pixels[Math.Min(top + 1, pixels.Count - 1)];
            yield return new Segment(matrix.Order[first].ToString(CultureInfo.InvariantCulture).PadLeft(label - 1) + " ", s_index);
            foreach (int column in pixels)
            {
                double? upper = Strongest(pixels[top], column, step);
                if (!color)
                {
                    yield return new Segment(upper is { } c ? CosineScale.Pattern(c)[1..] : " ");
                    continue;
                }
                double? lower = top + 1 < pixels.Count ? Strongest(pixels[top + 1], column, step) : null;
                yield return HalfBlock(upper, lower);
            }
            string names = string.Join(", ", matrix.Blocks.Where(b => StartsHere(b, pixels, top, rows, step)).Select(b => b.Name));
            yield return new Segment(" " + names, s_index);
            yield return Segment.LineBreak;
        }
        if (step > 1)
        {
            yield return new Segment(
                FormattableString.Invariant($"{new string(' ', label)}one pixel is the strongest cosine of {step} × {step} features"),
                s_index
            );
            yield return Segment.LineBreak;
        }
    }

    /// <summary>First feature of every pixel row, −1 for a gap.</summary>
    private List<int> Pixels(int step)
    {
        var pixels = new List<int>();
        // Gaps need room. With several features per pixel, or a block for almost every pixel, they would dominate the picture.
        bool gaps = step == 1 && matrix.Blocks.Count * 3 <= matrix.Size;
        for (int i = 0; i < matrix.Size; i += step)
        {
            if (gaps && matrix.StartsBlock(i))
                pixels.Add(-1);
            pixels.Add(i);
        }
        return pixels;
    }

    private double? Strongest(int row, int column, int step)
    {
        if (row < 0 || column < 0)
            return null;
        double strongest = 0;
        for (int i = row; i < Math.Min(row + step, matrix.Size); i++)
        {
            for (int j = column; j < Math.Min(column + step, matrix.Size); j++)
            {
                if (Math.Abs(matrix[i, j]) > Math.Abs(strongest))
                    strongest = matrix[i, j];
            }
        }
        return strongest;
    }

    private static Segment HalfBlock(double? upper, double? lower) =>
        (upper, lower) switch
        {
            ({ } u, { } l) => new Segment("▀", new Style(CosineScale.Color(u), CosineScale.Color(l))),
            ({ } u, null) => new Segment("▀", new Style(CosineScale.Color(u))),
            (null, { } l) => new Segment("▄", new Style(CosineScale.Color(l))),
            _ => new Segment(" "),
        };

    private static bool StartsHere(GramBlock block, List<int> pixels, int top, int rows, int step)
    {
        for (int r = top; r < Math.Min(top + rows, pixels.Count); r++)
        {
            if (pixels[r] >= 0 && block.Start >= pixels[r] && block.Start < pixels[r] + step)
                return true;
        }
        return false;
    }
}
