using System.Globalization;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using ScottPlot;

namespace Geometry.Reports.Figures;

/// <summary>A plot of a view in the plane or in space: arrows from the origin with their names, and their polygon or hull.</summary>
internal static class VectorPlot
{
    /// <summary>The plot of a view that is not a Gram matrix.</summary>
    /// <param name="view">The view.</param>
    /// <param name="names">Names of the vectors; null for the numbers of their features.</param>
    internal static Plot Of(RunView view, IReadOnlyList<string>? names = null)
    {
        var plot = new Plot();
        (double X, double Y)[] points = [.. Enumerable.Range(0, view.Features.Count).Select(i => Projected(view, i))];
        // Leaves room for half of the longest name beyond the farthest vector: a letter of 12 points takes about 7 of a panel's 380.
        double room = 1.1 / (1 - Math.Min(0.4, 3.7 / 190 * (names?.Max(n => n.Length) ?? 0)));
        double size = Math.Max(1.2, room) * Math.Max(1e-9, points.Max(p => Math.Sqrt((p.X * p.X) + (p.Y * p.Y))));
        foreach ((int a, int b) in ConvexHull.Edges(view.Faces))
            Edge(plot, points[a], points[b]);
        foreach (ViewGroup group in view.Groups)
        {
            Color color = Rgb(LabelColors.Of(group.Dim == 0 ? "none" : group.Shape));
            if (view.Kind == ViewKind.Plane && group.Dim == 2 && group.Members.Count > 2)
            {
                ScottPlot.Plottables.Polygon body = plot.Add.Polygon([
                    .. group.Members.Select(i => new Coordinates(points[i].X, points[i].Y)),
                ]);
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
                ScottPlot.Plottables.Text name = plot.Add.Text(
                    names?[i] ?? view.Features[i].ToString(CultureInfo.InvariantCulture),
                    points[i].X * 1.1,
                    points[i].Y * 1.1
                );
                name.LabelAlignment = Alignment.MiddleCenter;
                name.LabelFontSize = 12;
                name.LabelFontName = PictureFile.Font;
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

    /// <summary>Coordinates in the plane, or a parallel projection of space from a fixed direction.</summary>
    private static (double X, double Y) Projected(RunView view, int i)
    {
        ReadOnlySpan<double> p = view.Coordinates;
        if (view.Kind == ViewKind.Plane)
            return (p[2 * i], p[(2 * i) + 1]);
        (double x, double y, _) = SideView.Of(p.Slice(3 * i, 3));
        return (x, y);
    }

    /// <summary>Converts a colour 0xRRGGBB.</summary>
    internal static Color Rgb(int color) => new((byte)(color >> 16), (byte)(color >> 8), (byte)color);
}
