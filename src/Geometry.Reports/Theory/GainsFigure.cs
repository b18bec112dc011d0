using Geometry.Reports.Figures;
using Geometry.Reports.Phases;
using Geometry.Theory;

namespace Geometry.Reports.Theory;

/// <summary>The loss that each shape saves per dimension over the density, in units of what a dedicated feature saves, as SVG.</summary>
public static class GainsFigure
{
    private const double Width = 480,
        Body = 300,
        Left = 55,
        Top = 15;

    /// <summary>Draws one line per shape.</summary>
    /// <param name="table">A table with at least two densities.</param>
    public static string Svg(GainTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] names = [.. table.Gains[0].Select(g => g.Shape.Name)];
        (double Density, double[] Gains)[] rows =
        [
            .. table
                .Gains.OrderBy(r => r[0].Density)
                .Select(r => (r[0].Density, r.Select(g => g.Gain / IdealSolutions.Variance(g.Density)).ToArray())),
        ];
        var canvas = new SvgCanvas(Width, Top + Body + 50 + SvgLegend.Height(names, Width - 20), "Loss saved a hidden dimension, by shape");
        var frame = new PlotAxes(canvas, Left, Top, Width - 15, Top + Body);
        frame.Ranges(rows[0].Density, rows[^1].Density, rows.Min(r => r.Gains.Min()), rows.Max(r => r.Gains.Max()), logX: true);
        frame.TicksY();
        for (int shape = 0; shape < names.Length; shape++)
            canvas.Path(rows.Select(r => (frame.X(r.Density), frame.Y(r.Gains[shape]))), LabelColors.Of(names[shape]), 1.4);
        foreach (GainCrossing crossing in table.Crossings)
            canvas.Line(frame.X(crossing.Density), frame.Top, frame.X(crossing.Density), frame.Bottom, 0x777777, 0.7, "2,2");
        frame.TicksX();
        frame.Box();
        frame.Titles("density", "gain a dimension / that of a dedicated feature");
        SvgLegend.Draw(canvas, 15, frame.Bottom + 44, Width - 20, names);
        return canvas.ToString();
    }
}
