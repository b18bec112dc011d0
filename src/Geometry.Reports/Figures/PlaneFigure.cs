using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Storage.Dictionaries;
using Geometry.Storage.Results;
using ScottPlot;

namespace Geometry.Reports.Figures;

/// <summary>
/// Draws one plane of a dictionary, as SVG or PNG by the extension of the file: its features in the plane, and the distance of each from
/// it.
/// </summary>
/// <remarks>A plane of three dimensions is drawn in space, with its hull; a larger one by its first four axes, two at a time.</remarks>
public static class PlaneFigure
{
    private const int LongestName = 18;
    private const int MostNames = 60;

    /// <summary>Draws a plane; the file appears whole or not at all.</summary>
    /// <param name="path">The file, which ends in .svg or .png.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="title">The line above the picture.</param>
    /// <exception cref="ResultsException">The name has another extension, or the file cannot be written.</exception>
    public static void Write(string path, StoredPlane plane, string title)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(plane);
        PictureFile.Check(path);
        string[] names =
        [
            .. Enumerable.Range(0, plane.Members.Count).Select(i => plane.Members.Count > MostNames ? "" : Short(plane.NameOf(i))),
        ];
        PictureFile.Write(path, [.. Views(plane).Select(v => VectorPlot.Of(v, names)), Angles(plane, names)], title);
    }

    private static IEnumerable<RunView> Views(StoredPlane plane) =>
        plane.Dim switch
        {
            <= 2 => [View(plane, 0, 1)],
            3 => [View(plane, 0, 1, 2)],
            _ => [View(plane, 0, 1), View(plane, 2, 3)],
        };

    private static RunView View(StoredPlane plane, params int[] axes)
    {
        int count = plane.Members.Count;
        double[] points = [.. plane.Members.SelectMany(x => axes.Select(a => a < x.Coordinates.Length ? x.Coordinates[a] : 0))];
        int[] members = [.. Enumerable.Range(0, count)];
        bool isWhole = axes.Length == plane.Dim;
        // In two dimensions the features are ordered around the origin, like the vertices of a polygon.
        if (isWhole && plane.Dim == 2)
            members = [.. members.OrderBy(i => Math.Atan2(points[(2 * i) + 1], points[2 * i])).ThenBy(i => i)];
        return new RunView(
            axes.Length == 3 ? ViewKind.Space : ViewKind.Plane,
            plane.Shape,
            [.. plane.Members.Select(x => x.Feature)],
            points,
            [new ViewGroup(plane.Shape, isWhole ? plane.Dim : 1, members)],
            axes.Length == 3 ? ConvexHull.Faces(points) : []
        );
    }

    private static Plot Angles(StoredPlane plane, string[] names)
    {
        int count = plane.Members.Count;
        var plot = new Plot();
        // The first feature is at the top.
        ScottPlot.Plottables.BarPlot bars = plot.Add.Bars(
            [.. plane.Members.Select((_, i) => (double)(count - 1 - i))],
            plane.Members.Select(x => x.Degrees)
        );
        bars.Horizontal = true;
        bars.Color = VectorPlot.Rgb(LabelColors.Of(plane.Shape));
        plot.Title("angle with the plane, degrees", 14);
        plot.Axes.SetLimits(0, Math.Max(1, 1.08 * plane.Members.Max(x => x.Degrees)), -0.7, count - 0.3);
        Tick[] ticks = [.. names.Select((name, i) => new Tick(count - 1 - i, name))];
        plot.Axes.Left.SetTicks([.. ticks.Select(t => t.Position)], [.. ticks.Select(t => t.Label)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.TickLabelStyle.FontSize = count > 20 ? 8 : 12;
        plot.Grid.YAxisStyle.IsVisible = false;
        return plot;
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
