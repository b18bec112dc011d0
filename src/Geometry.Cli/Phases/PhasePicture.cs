using System.CommandLine.Parsing;
using Geometry.Reports.Phases;
using Spectre.Console;

namespace Geometry.Cli.Phases;

/// <summary>The phase diagram as a grid of coloured cells, or of letters where there is no colour.</summary>
/// <remarks>
/// The first axis runs to the right, the second one up; with one axis the picture is a strip. Columns that do not fit are left out, with a
/// remark.
/// </remarks>
internal static class PhasePicture
{
    private const int MostRows = 60;

    /// <param name="console">Where to draw.</param>
    /// <param name="table">The phase diagram; with more than two axes, the runs of the others are pooled.</param>
    /// <param name="options">How the table was made.</param>
    /// <param name="value">What the cells show.</param>
    /// <param name="width">Characters per line.</param>
    public static void Write(IAnsiConsole console, PhaseTable table, PhaseOptions options, PhaseValue value, int width)
    {
        string title = string.Join(" × ", table.Axes.Take(2).Select(a => a.Name));
        Line(
            console,
            table.Axes.Count == 0 ? $"{PhaseValues.Describe(value)}; nothing was swept" : $"{PhaseValues.Describe(value)} by {title}"
        );
        if (table.Axes.Count > 2)
        {
            Line(console, $"pooled over {string.Join(", ", table.Axes.Skip(2).Select(a => a.Name))}; choose with --x and --y");
            table = PhaseTable.Build(table.Runs, [.. table.Axes.Take(2)], options);
        }
        CellPainter painter = CellPainter.For(table, value);
        Grid(console, table, painter, width);
        Line(console, "");
        Legend(console, painter.Legend, width);
        Line(console, "");
    }

    private static void Grid(IAnsiConsole console, PhaseTable table, CellPainter painter, int width)
    {
        PhaseAxis? x = table.Axes.Count > 0 ? table.Axes[0] : null,
            y = table.Axes.Count > 1 ? table.Axes[1] : null;
        int columns = x?.Values.Count ?? 1,
            rows = y?.Values.Count ?? 1;
        int rowStep = (rows + MostRows - 1) / MostRows;
        int margin = y is null ? 2 : Enumerable.Range(0, rows).Max(i => y.Text(i).Length) + 2;
        int room = Math.Max(10, width - margin - 1);
        int cell = columns * 2 <= room ? 2 : 1;
        int step = (columns + room - 1) / room;
        for (int row = (rows - 1) / rowStep * rowStep; row >= 0; row -= rowStep)
        {
            console.Write(new Text((y?.Text(row) ?? "").PadLeft(margin - 1) + " "));
            for (int column = 0; column < columns; column += step)
            {
                int[] place = [.. new[] { column, row }.Take(table.Axes.Count)];
                (int Color, char Code)? paint = table.Find(place) is { } found ? painter.Paint(found) : null;
                console.Write(
                    paint is { } p ? new Text(p.Code.ToString().PadRight(cell), Style(p.Color)) : new Text(new string(' ', cell))
                );
            }
            console.WriteLine();
        }
        if (x is not null)
            Line(console, new string(' ', margin) + Ticks(x, (columns + step - 1) / step * cell, cell, step));
        if (y is not null)
            Line(console, $"{new string(' ', margin)}{x!.Name} →, {y.Name} ↑");
        if (step > 1 || rowStep > 1)
            Line(
                console,
                FormattableString.Invariant(
                    $"{new string(' ', margin)}shown is one column of {step} and one row of {rowStep}; phase.csv has all"
                )
            );
    }

    /// <summary>The values of the axis below their columns, as many as fit.</summary>
    private static string Ticks(PhaseAxis axis, int width, int cell, int step)
    {
        char[] line = new string(' ', width + 16).ToCharArray();
        int free = 0;
        for (int i = 0; i < axis.Values.Count; i += step)
        {
            int at = i / step * cell;
            string text = axis.Text(i);
            if (at < free)
                continue;
            text.CopyTo(0, line, at, Math.Min(text.Length, line.Length - at));
            free = at + text.Length + 3;
        }
        return new string(line).TrimEnd();
    }

    private static void Legend(IAnsiConsole console, IReadOnlyList<LegendEntry> legend, int width)
    {
        int used = 0;
        foreach (LegendEntry entry in legend)
        {
            int length = entry.Text.Length + 6;
            if (used > 0 && used + length > width)
            {
                console.WriteLine();
                used = 0;
            }
            console.Write(new Text($" {entry.Code} ", Style(entry.Color)));
            console.Write(new Text($" {entry.Text}  "));
            used += length;
        }
        console.WriteLine();
    }

    private static Style Style(int color) =>
        new(LabelColors.TakesBlackInk(color) ? Color.Black : Color.White, new Color((byte)(color >> 16), (byte)(color >> 8), (byte)color));

    private static void Line(IAnsiConsole console, string text)
    {
        console.Write(new Text(text));
        console.WriteLine();
    }
}

/// <summary>What a phase picture shows in its cells.</summary>
internal enum PhaseValue
{
    Label,
    Formula,
    Dims,
    Learned,
    Loss,
}

/// <summary>The words for these values on the command line.</summary>
internal static class PhaseValues
{
    public static PhaseValue Parse(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "label":
                return PhaseValue.Label;
            case "formula":
                return PhaseValue.Formula;
            case "dims":
                return PhaseValue.Dims;
            case "learned":
                return PhaseValue.Learned;
            case "loss":
                return PhaseValue.Loss;
            default:
                result.AddError($"--value: expected label, formula, dims, learned or loss, found '{result.Tokens[0].Value}'");
                return default;
        }
    }

    public static string Describe(PhaseValue value) =>
        value switch
        {
            PhaseValue.Label => "dominant label",
            PhaseValue.Formula => "dominant formula",
            PhaseValue.Dims => "mean dims per feature D*",
            PhaseValue.Learned => "mean number of learned features",
            _ => "mean loss",
        };
}
