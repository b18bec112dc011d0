using System.Globalization;
using Geometry.Reports.Phases;

namespace Geometry.Reports.Figures;

/// <summary>The phase diagram and the label shares as SVG.</summary>
internal static class PhaseFigures
{
    private const double PageWidth = 480;

    /// <summary>
    /// Dominant label over the first two axes; runs that differ in other axes are pooled. Where theory covers the sweep, lines separate
    /// cells with different expectations.
    /// </summary>
    public static string Diagram(PhaseTable table, double best, PhaseTheory? theory = null)
    {
        if (table.Axes.Count > 2)
            table = PhaseTable.Build(table.Runs, [.. table.Axes.Take(2)], new PhaseOptions { Best = best });
        PhaseAxis? x = table.Axes.Count > 0 ? table.Axes[0] : null,
            y = table.Axes.Count > 1 ? table.Axes[1] : null;
        int columns = x?.Values.Count ?? 1,
            rows = y?.Values.Count ?? 1;
        string[] labels = [.. table.Labels.Select(l => l.Name)];
        IReadOnlyDictionary<string, char> codes = LabelColors.Codes(labels);
        double body = y is null ? 50 : Math.Clamp(18.0 * rows, 120, 360);
        double margin = y is null ? 20 : 50 + (5 * Enumerable.Range(0, rows).Max(i => y.Text(i).Length));
        double legend = SvgLegend.Height(labels, PageWidth - 20);
        string over = string.Join(" and ", table.Axes.Select(a => a.Name));
        var canvas = new SvgCanvas(PageWidth, 20 + body + 50 + legend, over.Length == 0 ? "Dominant label" : "Dominant label over " + over);
        var frame = new PlotAxes(canvas, margin, 15, PageWidth - 15, 15 + body);
        frame.Ranges(-0.5, columns - 0.5, -0.5, rows - 0.5);
        double w = (frame.Right - frame.Left) / columns,
            h = body / rows;
        foreach (PhaseCell cell in table.Cells)
        {
            int column = x is null ? 0 : cell.Place[0],
                row = y is null ? 0 : cell.Place[1];
            string shares = string.Join(
                ", ",
                cell.Labels.Select(l => l.Name + " " + cell.Share(l).ToString("0 %", CultureInfo.InvariantCulture))
            );
            int color = LabelColors.Of(cell.Labels[0].Name);
            canvas.Rectangle(frame.X(column) - (w / 2), frame.Y(row) - (h / 2), w + 0.2, h + 0.2, color, shares);
            if (w >= 8 && h >= 9)
                canvas.Text(
                    frame.X(column),
                    frame.Y(row) + 3,
                    codes[cell.Labels[0].Name].ToString(),
                    "middle",
                    7.5,
                    LabelColors.TakesBlackInk(color) ? 0x000000 : 0xffffff
                );
        }
        if (theory is not null)
            Boundaries(canvas, frame, table, theory.Over(table), w, h);
        if (x is not null)
            frame.CategoriesX(columns, x.Text);
        if (y is not null)
            frame.CategoriesY(rows, y.Text);
        frame.Box();
        if (x is not null)
            canvas.Text((frame.Left + frame.Right) / 2, frame.Bottom + 30, x.Name, "middle", 10);
        if (y is not null)
            canvas.Text(14, (frame.Top + frame.Bottom) / 2, y.Name, "middle", 10, turned: true);
        SvgLegend.Draw(canvas, 15, frame.Bottom + 44, PageWidth - 20, labels);
        return canvas.ToString();
    }

    private static void Boundaries(SvgCanvas canvas, PlotAxes frame, PhaseTable table, PhaseTheory theory, double w, double h)
    {
        if (table.Axes.Count is 0 or > 2)
            return;
        foreach (PhaseCell cell in table.Cells)
        {
            double right = frame.X(cell.Place[0]) + (w / 2),
                top = frame.Y(table.Axes.Count > 1 ? cell.Place[1] : 0) - (h / 2);
            if (Differs(cell, 1, 0))
                canvas.Line(right, top, right, top + h, 0x000000, 1.6);
            if (Differs(cell, 0, 1))
                canvas.Line(right - w, top, right, top, 0x000000, 1.6);
        }

        bool Differs(PhaseCell cell, int columns, int rows) =>
            theory.Find(cell) is { } here
            && Next(table, cell, columns, rows) is { } next
            && theory.Find(next) is { } there
            && here.Signature != there.Signature;
    }

    /// <summary>The neighbouring cell, some columns or rows further.</summary>
    private static PhaseCell? Next(PhaseTable table, PhaseCell cell, int columns, int rows) =>
        table.Axes.Count > 1 ? table.Find([cell.Place[0] + columns, cell.Place[1] + rows])
        : rows == 0 ? table.Find([cell.Place[0] + columns])
        : null;

    /// <summary>Stacked shares of the labels along the first numeric axis; null without one.</summary>
    public static string? Shares(PhaseTable table, double best)
    {
        PhaseAxis? axis = table.Axes.FirstOrDefault(a => a.IsNumeric);
        if (axis is null)
            return null;
        if (table.Axes.Count > 1)
            table = PhaseTable.Build(table.Runs, [axis], new PhaseOptions { Best = best });
        string[] labels = [.. table.Labels.Select(l => l.Name)];
        var canvas = new SvgCanvas(PageWidth, 270 + SvgLegend.Height(labels, PageWidth - 20), "Label shares along " + axis.Name);
        var frame = new PlotAxes(canvas, 50, 15, PageWidth - 15, 215);
        int count = axis.Values.Count;
        frame.Ranges(-0.5, count - 0.5, 0, 1);
        foreach (PhaseCell cell in table.Cells)
        {
            double below = 0;
            foreach (string label in labels)
            {
                double share = cell.Labels.Where(l => l.Name == label).Sum(cell.Share);
                if (share == 0)
                    continue;
                double left = frame.X(cell.Place[0] - 0.5);
                canvas.Rectangle(
                    left,
                    frame.Y(below + share),
                    frame.X(cell.Place[0] + 0.5) - left + 0.2,
                    frame.Y(below) - frame.Y(below + share),
                    LabelColors.Of(label)
                );
                below += share;
            }
        }
        foreach (double part in (ReadOnlySpan<double>)[0, 0.25, 0.5, 0.75, 1])
            canvas.Text(frame.Left - 5, frame.Y(part) + 3, part.ToString("0 %", CultureInfo.InvariantCulture), "end");
        frame.CategoriesX(count, axis.Text);
        frame.Titles(axis.Name, "");
        frame.Box();
        SvgLegend.Draw(canvas, 15, 258, PageWidth - 20, labels);
        return canvas.ToString();
    }
}
