using Geometry.Reports.Phases;

namespace Geometry.Reports.Figures;

/// <summary>Coloured squares with names in rows below a figure.</summary>
internal static class SvgLegend
{
    private const double RowHeight = 14;

    /// <summary>Height that so many names take.</summary>
    public static double Height(IReadOnlyList<string> names, double width) => RowHeight * (Rows(names, width).Count() + 0.5);

    public static void Draw(
        SvgCanvas canvas,
        double left,
        double top,
        double width,
        IReadOnlyList<string> names,
        Func<string, int>? color = null
    )
    {
        double y = top;
        foreach (IReadOnlyList<string> row in Rows(names, width))
        {
            double x = left;
            foreach (string name in row)
            {
                canvas.Rectangle(x, y, 9, 9, (color ?? LabelColors.Of)(name));
                canvas.Text(x + 13, y + 8, name);
                x += Width(name);
            }
            y += RowHeight;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<string> names, double width)
    {
        var row = new List<string>();
        double used = 0;
        foreach (string name in names)
        {
            if (row.Count > 0 && used + Width(name) > width)
            {
                yield return row;
                row = [];
                used = 0;
            }
            row.Add(name);
            used += Width(name);
        }
        if (row.Count > 0)
            yield return row;
    }

    private static double Width(string name) => 28 + (5.2 * name.Length);
}
