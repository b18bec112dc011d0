using System.Globalization;
using Geometry.Configurations;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Storage.Results;
using Geometry.Summands;
using ScottPlot;
using SkiaSharp;

namespace Geometry.Reports.Figures;

/// <summary>One run as a picture, SVG or PNG by the name of the file: its vectors, WᵀW by summand with the bias beside it, and the spectrum of WᵀW.</summary>
/// <remarks>Vectors: the views of the report's gallery, of which the first two; a run without one of at most three dimensions has none. Drawn by ScottPlot.</remarks>
public static class RunPicture
{
    private const int Side = 380;
    private const int TitleHeight = 34;
    private const int MostViews = 2;
    private const int MostNames = 30;
    private const double Turn = 0.6, Tilt = 0.42;

    /// <summary>The first font without serifs that the machine has.</summary>
    private static readonly string s_font = new[] { "DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica" }
        .FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? SKTypeface.Default.FamilyName;

    /// <summary>Draws a run; the file appears whole or not at all.</summary>
    /// <param name="path">Where; ends with .svg or .png.</param>
    /// <param name="w">W.</param>
    /// <param name="label">Its label.</param>
    /// <param name="bias">b, length n; null for none.</param>
    /// <param name="title">The line above.</param>
    /// <exception cref="ResultsException">The name ends otherwise, or the file cannot be written.</exception>
    public static void Write(string path, FeatureConfiguration w, RunLabel label, double[]? bias, string title)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(label);
        bool svg = path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
        if (!svg && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) throw new ResultsException($"{path}: expected a name that ends with .svg or .png");
        StoredSummand[] summands = [.. label.Summands.Select((s, i) => new StoredSummand(0, 0, i, s.Dim, s.Match.Shape, s.Features, s.Match.ResidualDegrees, s.Match.PValue))];
        List<Plot> panels = [.. RunViews.Of(w, summands).Where(v => v.Kind != ViewKind.Gram).Take(MostViews).Select(Vectors2D), Gram(w, label, bias), Spectrum(w)];
        int width = Side * panels.Count, height = Side + TitleHeight;
        try
        {
            AtomicFile.Write(path, stream =>
            {
                if (svg)
                {
                    using var buffer = new MemoryStream();
                    using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, width, height), buffer)) Draw(canvas, panels, width, height, title);
                    buffer.WriteTo(stream);
                    return;
                }
                using SKSurface surface = SKSurface.Create(new SKImageInfo(2 * width, 2 * height));
                surface.Canvas.Scale(2);
                Draw(surface.Canvas, panels, width, height, title);
                using SKImage image = surface.Snapshot();
                using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
                data.SaveTo(stream);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: {(Directory.Exists(path) ? "it is a folder" : e.Message)}", e);
        }
    }

    private static void Draw(SKCanvas canvas, List<Plot> panels, int width, int height, string title)
    {
        canvas.Clear(SKColors.White);
        using (SKTypeface face = SKTypeface.FromFamilyName(s_font))
        using (var font = new SKFont(face, 15))
        using (var ink = new SKPaint { Color = new SKColor(0x22, 0x22, 0x22), IsAntialias = true })
            canvas.DrawText(title, 14, 22, font, ink);
        for (int i = 0; i < panels.Count; i++)
        {
            // A plot clears what it can reach.
            canvas.Save();
            canvas.ClipRect(new SKRect(i * Side, TitleHeight, (i + 1) * Side, height));
            panels[i].Font.Set(s_font);
            panels[i].Render(canvas, new PixelRect(i * Side, (i + 1) * Side, height, TitleHeight));
            canvas.Restore();
        }
    }

    private static Plot Vectors2D(RunView view)
    {
        var plot = new Plot();
        (double X, double Y)[] points = [.. Enumerable.Range(0, view.Features.Count).Select(i => Projected(view, i))];
        double size = 1.2 * Math.Max(1e-9, points.Max(p => Math.Sqrt((p.X * p.X) + (p.Y * p.Y))));
        foreach ((int a, int b) in ConvexHull.Edges(view.Faces)) Edge(plot, points[a], points[b]);
        foreach (ViewGroup group in view.Groups)
        {
            Color color = Rgb(LabelColors.Of(group.Dim == 0 ? "none" : group.Shape));
            if (view.Kind == ViewKind.Plane && group.Dim == 2 && group.Members.Count > 2)
            {
                ScottPlot.Plottables.Polygon body = plot.Add.Polygon([.. group.Members.Select(i => new Coordinates(points[i].X, points[i].Y))]);
                body.FillColor = color.WithAlpha(.15);
                body.LineColor = color.WithAlpha(.5);
            }
            foreach (int i in group.Members)
            {
                ScottPlot.Plottables.Arrow arrow = plot.Add.Arrow(new Coordinates(0, 0), new Coordinates(points[i].X, points[i].Y));
                arrow.ArrowFillColor = color;
                arrow.ArrowLineWidth = 0;
                arrow.ArrowWidth = 2;
                arrow.ArrowheadWidth = 9;
                arrow.ArrowheadLength = 11;
                ScottPlot.Plottables.Text name = plot.Add.Text(view.Features[i].ToString(CultureInfo.InvariantCulture), points[i].X * 1.1, points[i].Y * 1.1);
                name.LabelAlignment = Alignment.MiddleCenter;
                name.LabelFontSize = 12;
                name.LabelFontName = s_font;
            }
        }
        plot.Axes.SetLimits(-size, size, -size, size);
        plot.Axes.SquareUnits();
        plot.Layout.Frameless();
        plot.HideGrid();
        return plot;
    }

    private static void Edge(Plot plot, (double X, double Y) a, (double X, double Y) b)
    {
        ScottPlot.Plottables.LinePlot edge = plot.Add.Line(a.X, a.Y, b.X, b.Y);
        edge.LineColor = Rgb(0xaaaaaa);
        edge.LineWidth = 1;
    }

    /// <summary>Coordinates in the plane, or a parallel projection of space from a fixed side.</summary>
    private static (double X, double Y) Projected(RunView view, int i)
    {
        ReadOnlySpan<double> p = view.Coordinates;
        if (view.Kind == ViewKind.Plane) return (p[2 * i], p[(2 * i) + 1]);
        double depth = (p[3 * i] * Math.Sin(Turn)) + (p[(3 * i) + 1] * Math.Cos(Turn));
        return ((p[3 * i] * Math.Cos(Turn)) - (p[(3 * i) + 1] * Math.Sin(Turn)), (p[(3 * i) + 2] * Math.Cos(Tilt)) + (depth * Math.Sin(Tilt)));
    }

    private static Plot Gram(FeatureConfiguration w, RunLabel label, double[]? bias)
    {
        int n = w.Features;
        int[] order = [.. label.Summands.SelectMany(s => s.Features), .. Enumerable.Range(0, n).Except(label.Summands.SelectMany(s => s.Features))];
        int columns = bias is null ? n : n + 2;
        double[,] cells = new double[n, columns];
        double limit = 1e-12;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double value = j < n ? Vectors.Dot(w.Column(order[i]), w.Column(order[j])) : j == n ? double.NaN : bias![order[i]];
                cells[i, j] = value;
                if (double.IsFinite(value)) limit = Math.Max(limit, Math.Abs(value));
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
        axis.SetTicks([.. ticks.Select(t => t.Position), .. bias ? (double[])[cells - 1] : []], [.. ticks.Select(t => t.Label), .. bias ? (string[])["b"] : []]);
        axis.MajorTickStyle.Length = 0;
        axis.TickLabelStyle.FontSize = cells > 12 ? 8 : 12;
    }

    private static Plot Spectrum(FeatureConfiguration w)
    {
        int m = w.Hidden;
        double[] frame = new double[m * m], values = new double[m], axes = new double[m * m];
        for (int i = 0; i < w.Features; i++)
        {
            ReadOnlySpan<double> x = w.Column(i);
            for (int a = 0; a < m; a++)
            {
                for (int b = 0; b < m; b++) frame[(a * m) + b] += x[a] * x[b];
            }
        }
        SymmetricEigen.Decompose(frame, m, values, axes);
        Array.Sort(values);
        Array.Reverse(values);
        var plot = new Plot();
        ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(values.Select(v => Math.Max(0, v)).ToArray());
        bars.Color = Rgb(LabelColors.Of("orthogonal"));
        plot.Title("eigenvalues of WᵀW", 14);
        plot.Axes.SetLimits(-0.7, m - 0.3, 0, 1.08 * Math.Max(1e-12, values[0]));
        if (m <= MostNames) Names(plot.Axes.Bottom, [.. Enumerable.Range(1, m)], m, false);
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot;
    }

    private static Color Rgb(int color) => new((byte)(color >> 16), (byte)(color >> 8), (byte)color);
}
