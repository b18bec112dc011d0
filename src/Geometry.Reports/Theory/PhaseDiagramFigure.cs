using System.Globalization;
using Geometry.Reports.Figures;
using Geometry.Theory;

namespace Geometry.Reports.Theory;

/// <summary>The best solution at one density and importance.</summary>
/// <param name="Density">p.</param>
/// <param name="Importance">r.</param>
/// <param name="Name">Its name, which the colour of the cell represents.</param>
/// <param name="Tip">Text that is shown under the pointer.</param>
public sealed record PhaseDiagramCell(double Density, double Importance, string Name, string Tip);

/// <summary>
/// The phases of models with one feature more than dimensions, with the closed-form curves between the ideal solutions, as SVG.
/// </summary>
public static class PhaseDiagramFigure
{
    private const double Width = 480,
        Body = 320,
        Left = 60,
        Top = 15;
    private const int CurvePoints = 200,
        Ink = 0x000000;
    private static readonly int[] s_colors = [0x56B4E9, 0xE69F00, 0x009E73, 0xCC79A7, 0x0072B2, 0xF0E442, 0xD55E00, 0xBBBBBB];

    /// <summary>
    /// Draws density to the right and importance upwards, both on logarithmic scales; cells end half-way to their neighbours.
    /// </summary>
    /// <param name="cells">A full grid, in any order.</param>
    /// <param name="features">n; with two features there is no other feature to pair with.</param>
    public static string Svg(IReadOnlyCollection<PhaseDiagramCell> cells, int features)
    {
        ArgumentNullException.ThrowIfNull(cells);
        double[] densities = [.. cells.Select(c => c.Density).Distinct().Order()],
            importances = [.. cells.Select(c => c.Importance).Distinct().Order()];
        double[] x = Edges(densities),
            y = Edges(importances);
        string[] names =
        [
            .. cells.GroupBy(c => c.Name).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key),
        ];
        int Color(string name) => s_colors[Array.IndexOf(names, name) % s_colors.Length];

        var canvas = new SvgCanvas(
            Width,
            Top + Body + 50 + SvgLegend.Height(names, Width - 20),
            "What is best over density and importance of the last feature"
        );
        var frame = new PlotAxes(canvas, Left, Top, Width - 15, Top + Body);
        frame.Ranges(Math.Pow(10, x[0]), Math.Pow(10, x[^1]), y[0], y[^1], logX: true);
        foreach (PhaseDiagramCell cell in cells)
        {
            int i = Array.BinarySearch(densities, cell.Density),
                j = Array.BinarySearch(importances, cell.Importance);
            double left = frame.X(Math.Pow(10, x[i])),
                top = frame.Y(y[j + 1]);
            canvas.Rectangle(
                left,
                top,
                frame.X(Math.Pow(10, x[i + 1])) - left + 0.2,
                frame.Y(y[j]) - top + 0.2,
                Color(cell.Name),
                cell.Tip
            );
        }
        foreach (List<(double X, double Y)> curve in Curves(features, Math.Pow(10, x[0]), Math.Min(1, Math.Pow(10, x[^1])), y[0], y[^1]))
            canvas.Path(curve.Select(p => (frame.X(p.X), frame.Y(p.Y))), Ink, 1.5);
        frame.TicksX();
        for (int decade = (int)Math.Ceiling(y[0]); decade <= y[^1]; decade++)
            canvas.Text(Left - 5, frame.Y(decade) + 3, Math.Pow(10, decade).ToString("0.####", CultureInfo.InvariantCulture), "end");
        frame.Box();
        frame.Titles("density", "importance of the last feature");
        SvgLegend.Draw(canvas, 15, frame.Bottom + 44, Width - 20, names, Color);
        return canvas.ToString();
    }

    /// <summary>Decimal logarithms of the borders of the cells.</summary>
    private static double[] Edges(double[] values)
    {
        double[] logs = [.. values.Select(Math.Log10)],
            edges = new double[logs.Length + 1];
        for (int i = 1; i < logs.Length; i++)
            edges[i] = (logs[i - 1] + logs[i]) / 2;
        double first = logs.Length > 1 ? logs[1] - logs[0] : 0.1,
            last = logs.Length > 1 ? logs[^1] - logs[^2] : 0.1;
        (edges[0], edges[^1]) = (logs[0] - (first / 2), logs[^1] + (last / 2));
        return edges;
    }

    /// <summary>The curves on which the best ideal solution changes, clipped; importance as its decimal logarithm.</summary>
    private static IEnumerable<List<(double X, double Y)>> Curves(int features, double low, double high, double bottom, double top)
    {
        double triple = IdealSolutions.TripleDensity,
            ratio = Math.Min(high, triple) / low;
        if (ratio > 1)
        {
            double[] densities = [.. Enumerable.Range(0, CurvePoints).Select(i => low * Math.Pow(ratio, i / (CurvePoints - 1.0)))];
            yield return Clip(densities.Select(p => (p, Math.Log10(IdealSolutions.IgnoreLastMeetsPairLast(p)))), bottom, top);
            if (features == 2)
                yield return Clip(densities.Select(p => (p, -Math.Log10(IdealSolutions.IgnoreLastMeetsPairLast(p)))), bottom, top);
            else
                yield return Clip([(low, 0), (Math.Min(high, triple), 0)], bottom, top);
        }
        // Above the triple point one of two features is ignored, the less important one.
        if (high > triple)
            yield return Clip([(Math.Max(low, triple), 0), (high, 0)], bottom, top);
        if (features > 2 && low < triple && high > triple)
            yield return Clip([(triple, Math.Max(0, bottom)), (triple, top)], bottom, top);
    }

    private static List<(double X, double Y)> Clip(IEnumerable<(double X, double Y)> points, double bottom, double top) =>
        [.. points.Where(p => p.Y >= bottom && p.Y <= top)];
}
