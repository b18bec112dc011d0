using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;
using ScottPlot;

namespace Geometry.Reports.Figures;

/// <summary>
/// Draws one run, as SVG or PNG by the extension of the file: its vectors, WᵀW by summand with the bias beside it, and the spectrum of WᵀW.
/// </summary>
/// <remarks>
/// The vectors are those of the first two views of the report's gallery; a run without a view of at most three dimensions has none. Drawn
/// by ScottPlot.
/// </remarks>
public static class RunPicture
{
    private const int MostViews = 2;
    private const int MostNames = 30;

    /// <summary>Draws a run; the file appears whole or not at all.</summary>
    /// <param name="path">The file, which ends in .svg or .png.</param>
    /// <param name="w">W.</param>
    /// <param name="label">Its label.</param>
    /// <param name="bias">b, length n; null for none.</param>
    /// <param name="title">The line above the picture.</param>
    /// <exception cref="ResultsException">The name has another extension, or the file cannot be written.</exception>
    public static void Write(string path, FeatureConfiguration w, RunLabel label, double[]? bias, string title)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(label);
        PictureFile.Check(path);
        StoredSummand[] summands =
        [
            .. label.Summands.Select(
                (s, i) => new StoredSummand(0, 0, i, s.Dim, s.Match.Shape, s.Features, s.Match.ResidualDegrees, s.Match.PValue)
            ),
        ];
        List<Plot> panels =
        [
            .. RunViews.Of(w, summands).Where(v => v.Kind != ViewKind.Gram).Take(MostViews).Select(v => VectorPlot.Of(v)),
            Gram(w, label, bias),
            Spectrum(w),
        ];
        PictureFile.Write(path, panels, title);
    }

    private static Plot Gram(FeatureConfiguration w, RunLabel label, double[]? bias)
    {
        int n = w.Features;
        int[] order =
        [
            .. label.Summands.SelectMany(s => s.Features),
            .. Enumerable.Range(0, n).Except(label.Summands.SelectMany(s => s.Features)),
        ];
        int columns = bias is null ? n : n + 2;
        double[,] cells = new double[n, columns];
        double limit = 1e-12;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double value =
                    j < n ? Vectors.Dot(w.Column(order[i]), w.Column(order[j]))
                    : j == n ? double.NaN
                    : bias![order[i]];
                cells[i, j] = value;
                if (double.IsFinite(value))
                    limit = Math.Max(limit, Math.Abs(value));
            }
        }
        var plot = new Plot();
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(cells);
        map.Colormap = new ScottPlot.Colormaps.Balance();
        map.ManualRange = new ScottPlot.Range(-limit, limit);
        map.NaNCellColor = Colors.White;
        plot.Title(bias is null ? "WᵀW" : "WᵀW and b", 14);
        Names(plot.Axes.Bottom, [.. order], columns, bias is not null);
        Names(plot.Axes.Left, [.. order.Reverse()], n, false);
        plot.Axes.SetLimits(-0.5, columns - 0.5, -0.5, n - 0.5);
        plot.HideGrid();
        return plot;
    }

    private static void Names(IAxis axis, int[] names, int cells, bool bias)
    {
        if (names.Length > MostNames)
        {
            axis.TickLabelStyle.IsVisible = false;
            return;
        }
        IEnumerable<Tick> ticks = names.Select((name, k) => new Tick(k, name.ToString(CultureInfo.InvariantCulture)));
        axis.SetTicks(
            [.. ticks.Select(t => t.Position), .. bias ? (double[])[cells - 1] : []],
            [.. ticks.Select(t => t.Label), .. bias ? (string[])["b"] : []]
        );
        axis.MajorTickStyle.Length = 0;
        axis.TickLabelStyle.FontSize = cells > 12 ? 8 : 12;
    }

    private static Plot Spectrum(FeatureConfiguration w)
    {
        int m = w.Hidden;
        double[] frame = new double[m * m],
            values = new double[m],
            axes = new double[m * m];
        for (int i = 0; i < w.Features; i++)
        {
            ReadOnlySpan<double> x = w.Column(i);
            for (int a = 0; a < m; a++)
            {
                for (int b = 0; b < m; b++)
                    frame[(a * m) + b] += x[a] * x[b];
            }
        }
        SymmetricEigen.Decompose(frame, m, values, axes);
        Array.Sort(values);
        Array.Reverse(values);
        var plot = new Plot();
        ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(values.Select(v => Math.Max(0, v)).ToArray());
        bars.Color = VectorPlot.Rgb(LabelColors.Of("orthogonal"));
        plot.Title("eigenvalues of WᵀW", 14);
        plot.Axes.SetLimits(-0.7, m - 0.3, 0, 1.08 * Math.Max(1e-12, values[0]));
        if (m <= MostNames)
            Names(plot.Axes.Bottom, [.. Enumerable.Range(1, m)], m, false);
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot;
    }
}
