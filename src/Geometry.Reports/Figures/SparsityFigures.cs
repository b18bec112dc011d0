using Geometry.Reports.Html;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;

namespace Geometry.Reports.Figures;

/// <summary>D* and D_i over 1/(1−S) as SVG; null with fewer than two finite values of it.</summary>
internal static class SparsityFigures
{
    private const double PageWidth = 480;

    /// <summary>D* of runs, with the mean at each sparsity.</summary>
    public static string? Dims(ReportModel model)
    {
        LabelledRuns runs = model.Phases.Runs;
        (double X, double Y, string Name)[] points =
        [
            .. model
                .Listed.Select(i => runs.Runs[i])
                .Select(r => (X: InverseDensity(r), Y: r.DimsPerFeature, r.Label))
                .Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)),
        ];
        if (points.Select(p => p.X).Distinct().Count() < 2)
            return null;
        double[] sorted = [.. points.Select(p => p.Y).Order()];
        double top = Math.Max(1.15, Math.Min(3, sorted[(int)(0.99 * (sorted.Length - 1))] * 1.1));
        string[] labels = [.. model.Phases.Labels.Select(l => l.Name)];
        (SvgCanvas canvas, PlotAxes frame) = Scatter(
            [.. points.Where(p => p.Y <= top)],
            top,
            "D*",
            "Dimensions per feature against 1/(1−S)",
            labels,
            1.8,
            [(1, "1"), (0.5, "1/2")]
        );
        canvas.Path(
            points.GroupBy(p => p.X).OrderBy(g => g.Key).Select(g => (frame.X(g.Key), frame.Y(Math.Min(top, g.Average(p => p.Y))))),
            0x222222,
            1.2
        );
        return canvas.ToString();
    }

    /// <summary>D_i of features, in the colours of their summands' shapes.</summary>
    public static string? Dimensionality(ReportModel model)
    {
        LabelledRuns runs = model.Phases.Runs;
        (double X, double Y, string Name)[] points =
        [
            .. model
                .Features.Select(f => (X: InverseDensity(runs.Runs[f.Run]), Y: f.Dimensionality, Name: f.Shape))
                .Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)),
        ];
        if (points.Select(p => p.X).Distinct().Count() < 2)
            return null;
        string[] shapes =
        [
            .. points
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key),
        ];
        return Scatter(
            points,
            1.08,
            "D_i",
            "Dimensionality of features against 1/(1−S)",
            shapes,
            1.3,
            [(1, "1"), (0.75, "3/4"), (2.0 / 3, "2/3"), (0.5, "1/2"), (0.4, "2/5"), (0.375, "3/8")]
        )
            .Canvas.ToString();
    }

    /// <summary>1/(1−S); NaN where S is unknown, a text, or 1.</summary>
    internal static double InverseDensity(StoredRun run) =>
        run.Sparsity.Text is null && run.Sparsity.Number < 1 ? 1 / (1 - run.Sparsity.Number) : double.NaN;

    private static (SvgCanvas Canvas, PlotAxes Frame) Scatter(
        (double X, double Y, string Name)[] points,
        double top,
        string y,
        string title,
        string[] names,
        double radius,
        (double Y, string Text)[] levels
    )
    {
        var canvas = new SvgCanvas(PageWidth, 320 + SvgLegend.Height(names, PageWidth - 20), title);
        var frame = new PlotAxes(canvas, 50, 15, PageWidth - 40, 265);
        frame.Ranges(points.Min(p => p.X) / 1.05, points.Max(p => p.X) * 1.05, 0, top, logX: true);
        frame.TicksY();
        frame.TicksX();
        foreach ((double level, string text) in levels.Where(l => l.Y <= top))
            frame.Level(
                level,
                text,
                text switch
                {
                    "2/5" => -2.5,
                    "3/8" => 3.5,
                    _ => 0,
                }
            );
        foreach ((double px, double py, string name) in points)
            canvas.Circle(frame.X(px), frame.Y(py), radius, LabelColors.Of(name == "unlearned" ? "none" : name), 0.75);
        frame.Titles("1 / (1 − S)", y);
        frame.Box();
        SvgLegend.Draw(canvas, 15, 308, PageWidth - 20, names, n => LabelColors.Of(n == "unlearned" ? "none" : n));
        return (canvas, frame);
    }
}
