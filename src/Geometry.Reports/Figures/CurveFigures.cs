using Geometry.Reports.Phases;
using Geometry.Reports.Recovery;
using Geometry.Reports.Training;

namespace Geometry.Reports.Figures;

/// <summary>Training and recovery curves as SVG.</summary>
internal static class CurveFigures
{
    private const double PageWidth = 480;
    private static readonly int[] s_further = [0x56B4E9, 0x882255, 0x117733, 0x999933];

    // The same colours as on the page.
    private static readonly Dictionary<string, int> s_methods = new(StringComparer.Ordinal)
    {
        ["pipeline"] = 0x0072B2,
        ["orthonormal"] = 0x009E73,
        ["echelon"] = 0xD55E00,
        ["gram"] = 0xE69F00,
        ["spheres"] = 0xCC79A7,
    };

    /// <summary>
    /// D_i of every feature along training, with a band in the colours of the labels; null with fewer than two checkpoints.
    /// </summary>
    public static string? Training(TrainingCurve curve)
    {
        if (curve.Points.Count < 2)
            return null;
        // A logarithmic axis has no step 0: it is drawn at step ½.
        double[] x = [.. curve.Points.Select(p => Math.Max(p.Step, 0.5))];
        string[] labels = [.. curve.Points.Select(p => p.Label).Distinct(StringComparer.Ordinal)];
        var canvas = new SvgCanvas(PageWidth, 290 + SvgLegend.Height(labels, PageWidth - 20), "D_i along training: " + curve.Name);
        var frame = new PlotAxes(canvas, 50, 30, PageWidth - 40, 235);
        frame.Ranges(x[0], x[^1], 0, 1.05, logX: true);
        frame.TicksY();
        frame.TicksX();
        for (int i = 0; i < x.Length; i++)
        {
            double from = i == 0 ? x[0] : Math.Sqrt(x[i - 1] * x[i]),
                to = i == x.Length - 1 ? x[i] : Math.Sqrt(x[i] * x[i + 1]);
            canvas.Rectangle(
                frame.X(from),
                14,
                frame.X(to) - frame.X(from) + 0.2,
                10,
                LabelColors.Of(curve.Points[i].Label),
                curve.Points[i].Formula
            );
        }
        for (int f = 0; f < curve.Features; f++)
            canvas.Path(x.Select((s, i) => (frame.X(s), frame.Y(curve.Points[i].Dimensionalities[f]))), 0x33658a, 0.9);
        foreach ((double level, string text) in new[] { (1, "1"), (0.5, "1/2"), (0.4, "2/5") })
            frame.Level(level, text);
        frame.Titles("training step", "D_i");
        frame.Box();
        SvgLegend.Draw(canvas, 15, 276, PageWidth - 20, labels);
        return canvas.ToString();
    }

    /// <summary>
    /// The loss during training with the levels of k-gons, which have names where the run stays at them; null where theory has no levels
    /// for it.
    /// </summary>
    public static string? Losses(TrainingCurve curve)
    {
        if (curve.Levels.Count == 0 || curve.Points.Count < 2)
            return null;
        var canvas = new SvgCanvas(PageWidth, 300, "Loss along training: " + curve.Name);
        var frame = new PlotAxes(canvas, 50, 15, PageWidth - 45, 250);
        double low = Math.Min(curve.Levels[^1].Loss, curve.Points.Min(p => p.Loss)),
            high = Math.Max(curve.Levels[0].Loss, curve.Points.Max(p => p.Loss));
        frame.Ranges(curve.Points[0].Step, curve.Points[^1].Step, low - (0.05 * (high - low)), high + (0.05 * (high - low)));
        frame.TicksY();
        frame.TicksX();
        foreach ((string name, double level) in curve.Levels)
            frame.Level(level, name);
        canvas.Path(curve.Points.Select(p => (frame.X(p.Step), frame.Y(p.Loss))), 0x33658a, 1.4);
        foreach (TrainingPoint point in curve.Points.Where(p => p.Polygon.Length > 0))
            canvas.Circle(frame.X(point.Step), frame.Y(point.Loss), 1.6, 0xD55E00);
        frame.Titles("training step", "E‖x − x'‖²");
        frame.Box();
        return canvas.ToString();
    }

    /// <summary>Share of exact partitions over noise for all formulas, one panel per kind of noise; null without rows.</summary>
    public static string? Recovery(IReadOnlyList<RecoveryRow> rows)
    {
        if (rows.Count == 0)
            return null;
        string[] noises = [.. rows.Select(r => r.NoiseIn).Distinct(StringComparer.Ordinal)],
            methods = [.. rows.Select(r => r.Method).Distinct(StringComparer.Ordinal)];
        int ColorOf(string method) =>
            s_methods.TryGetValue(method, out int known) ? known : s_further[Array.IndexOf(methods, method) % s_further.Length];
        var canvas = new SvgCanvas(PageWidth, 290, "Recovery of direct sums against noise");
        double panel = (PageWidth - 60) / noises.Length;
        double most = rows.Max(r => r.Sigma);
        for (int p = 0; p < noises.Length; p++)
        {
            var frame = new PlotAxes(canvas, 50 + (p * panel), 30, 50 + ((p + 1) * panel) - 15, 220);
            frame.Ranges(0, most > 0 ? most : 1, 0, 1);
            frame.TicksY();
            frame.TicksX(4);
            canvas.Text(
                (frame.Left + frame.Right) / 2,
                20,
                noises[p] == "ambient" ? "noise in all coordinates" : "noise in each " + noises[p],
                "middle",
                10
            );
            foreach (string method in methods)
            {
                IEnumerable<(double, double)> points = rows.Where(r => r.NoiseIn == noises[p] && r.Method == method)
                    .GroupBy(r => r.Sigma)
                    .OrderBy(g => g.Key)
                    .Where(g => g.Sum(r => r.Trials) > 0)
                    .Select(g => (frame.X(g.Key), frame.Y(g.Sum(r => r.Recovered) / g.Sum(r => r.Trials))));
                canvas.Path(points, ColorOf(method), 1.5);
            }
            frame.Titles("σ per coordinate", p == 0 ? "recovered" : "");
            frame.Box();
        }
        SvgLegend.Draw(canvas, 50, 265, PageWidth - 60, methods, ColorOf);
        return canvas.ToString();
    }
}
