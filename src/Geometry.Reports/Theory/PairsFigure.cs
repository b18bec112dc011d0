using System.Globalization;
using Geometry.Reports.Figures;

namespace Geometry.Reports.Theory;

/// <summary>One way of reading pairs from layers of several widths.</summary>
/// <param name="Name">Task, construction and readoff.</param>
/// <param name="Points">Neurons, the measured standard deviation, and that of theory (NaN where no formula is known); deviations are
/// positive.</param>
public sealed record PairCurve(string Name, IReadOnlyList<(int Neurons, double Measured, double Theory)> Points);

/// <summary>
/// Standard deviation of readoffs over the number of neurons, both logarithmic, as SVG: dots are measured, lines are theory.
/// </summary>
public static class PairsFigure
{
    private const double Width = 480,
        Body = 300,
        Left = 55,
        Top = 15;

    /// <summary>With more widths than this, only the decades have ticks.</summary>
    private const int MostTicks = 8;

    private static readonly int[] s_colors = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x882255, 0x999933];

    /// <summary>Draws one colour per curve; the dots of curves without a formula are joined by a thin line.</summary>
    /// <param name="curves">At least one curve, each with at least one point.</param>
    public static string Svg(IReadOnlyList<PairCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        string[] names = [.. curves.Select(c => c.Name)];
        int Color(string name) => s_colors[Array.IndexOf(names, name) % s_colors.Length];
        (int Neurons, double Measured, double Theory)[] all = [.. curves.SelectMany(c => c.Points)];
        double[] logs = [.. all.SelectMany(p => new[] { p.Measured, p.Theory }).Where(v => v > 0).Select(Math.Log10)];
        var canvas = new SvgCanvas(
            Width,
            Top + Body + 50 + SvgLegend.Height(names, Width - 20),
            "Standard deviation of what is read of a pair, by the number of neurons"
        );
        var frame = new PlotAxes(canvas, Left, Top, Width - 15, Top + Body);
        double low = logs.Min() - 0.05,
            high = logs.Max() + 0.05;
        frame.Ranges(all.Min(p => p.Neurons) / 1.1, all.Max(p => p.Neurons) * 1.1, low, high, logX: true);
        Ticks(frame, low, high);
        foreach (PairCurve curve in curves)
        {
            bool known = curve.Points.All(p => p.Theory > 0);
            canvas.Path(
                curve.Points.Select(p => (frame.X(p.Neurons), frame.Y(Math.Log10(known ? p.Theory : p.Measured)))),
                Color(curve.Name),
                known ? 1.4 : 0.6
            );
            foreach ((int neurons, double measured, _) in curve.Points)
                canvas.Circle(frame.X(neurons), frame.Y(Math.Log10(measured)), 2.6, Color(curve.Name));
        }
        int[] widths = [.. all.Select(p => p.Neurons).Distinct().Order()];
        if (widths.Length > MostTicks)
            frame.TicksX();
        else
            foreach (int width in widths)
                frame.TickX(width, width.ToString(CultureInfo.InvariantCulture));
        frame.Box();
        frame.Titles("neurons", "standard deviation: measured (dots), theory (lines)");
        SvgLegend.Draw(canvas, 15, frame.Bottom + 44, Width - 20, names, Color);
        return canvas.ToString();
    }

    private static void Ticks(PlotAxes frame, double low, double high)
    {
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            foreach (int digit in (ReadOnlySpan<int>)[1, 2, 5])
            {
                double value = digit * Math.Pow(10, decade);
                if (Math.Log10(value) >= low && Math.Log10(value) <= high)
                    frame.TickY(Math.Log10(value), value.ToString("0.#####", CultureInfo.InvariantCulture));
            }
        }
    }
}
