using System.Globalization;
using Geometry.LinearAlgebra;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;

namespace Geometry.Reports.Figures;

/// <summary>The views of a run as SVG: arrows in the plane, a projected hull, cosines, and WᵀW with the bias.</summary>
internal static class RunFigures
{
    private const double Side = 220;

    public static string View(RunView view, string title) =>
        view.Kind switch
        {
            ViewKind.Plane => Plane(view, title),
            ViewKind.Space => Space(view, title),
            _ => Heat(view.Coordinates, view.Features, null, 1, title),
        };

    /// <summary>WᵀW, with the bias, if there is one, in a column of its own.</summary>
    public static string Gram(GalleryRun run, int hidden, string title)
    {
        int n = run.Weights.Length / hidden;
        double[] gram = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                gram[(i * n) + j] = Vectors.Dot(run.Weights.AsSpan(i * hidden, hidden), run.Weights.AsSpan(j * hidden, hidden));
        }
        double limit = gram.Concat(run.Bias ?? []).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        return Heat(gram, [.. Enumerable.Range(0, n)], run.Bias, limit > 0 ? limit : 1, title);
    }

    private static string Plane(RunView view, string title)
    {
        var canvas = new SvgCanvas(Side, Side, title);
        double size = 1.2 * Enumerable.Range(0, view.Features.Count).Max(i => Length(view.Coordinates.AsSpan(2 * i, 2)));
        (double, double) At(int i) =>
            ((Side / 2) * (1 + (view.Coordinates[2 * i] / size)), (Side / 2) * (1 - (view.Coordinates[(2 * i) + 1] / size)));
        if (size == 0)
            return canvas.ToString();
        foreach (ViewGroup group in view.Groups)
        {
            int color = Color(group);
            if (group.Dim == 2 && group.Members.Count > 2)
                canvas.Polygon(group.Members.Select(At), color, 0.15, color);
            foreach (int i in group.Members)
            {
                (double x, double y) = At(i);
                canvas.Arrow(Side / 2, Side / 2, x, y, color);
                canvas.Text(
                    (Side / 2) + ((x - (Side / 2)) * 1.1),
                    (Side / 2) + ((y - (Side / 2)) * 1.1) + 3,
                    view.Features[i].ToString(CultureInfo.InvariantCulture),
                    "middle",
                    8
                );
            }
        }
        return canvas.ToString();
    }

    /// <summary>Parallel projection from a fixed direction; hidden edges are thin and dashed.</summary>
    private static string Space(RunView view, string title)
    {
        var canvas = new SvgCanvas(Side, Side, title);
        double[] p = view.Coordinates;
        double size = 1.2 * Enumerable.Range(0, view.Features.Count).Max(i => Length(p.AsSpan(3 * i, 3)));
        if (size == 0)
            return canvas.ToString();
        (double X, double Y, double Depth) At(int i)
        {
            (double x, double y, double depth) = SideView.Of(p.AsSpan(3 * i, 3));
            return ((Side / 2) * (1 + (x / size)), (Side / 2) * (1 - (y / size)), depth);
        }
        int body = view.Groups.Count > 0 ? Color(view.Groups[0]) : 0x555555;
        foreach (int[] face in view.Faces)
            canvas.Polygon(face.Select(i => (At(i).X, At(i).Y)), body, 0.08);
        foreach ((int a, int b) in ConvexHull.Edges(view.Faces))
        {
            bool behind = At(a).Depth + At(b).Depth > 0;
            canvas.Line(At(a).X, At(a).Y, At(b).X, At(b).Y, 0x777777, behind ? 0.5 : 1, behind ? "3,2" : null);
        }
        foreach (ViewGroup group in view.Groups)
        {
            foreach (int i in group.Members.OrderByDescending(i => At(i).Depth))
            {
                canvas.Arrow(Side / 2, Side / 2, At(i).X, At(i).Y, Color(group));
                canvas.Text(At(i).X + 5, At(i).Y - 3, view.Features[i].ToString(CultureInfo.InvariantCulture), size: 8);
            }
        }
        return canvas.ToString();
    }

    private static string Heat(double[] values, IReadOnlyList<int> names, double[]? bias, double limit, string title)
    {
        int n = names.Count;
        double extra = bias is null ? 0 : 2,
            cell = Math.Clamp(Side / (n + extra), 0.5, 30),
            margin = n <= 40 ? 18 : 6;
        var canvas = new SvgCanvas(margin + (cell * (n + extra)) + 6, margin + (cell * n) + 6, title);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                canvas.Rectangle(margin + (j * cell), margin + (i * cell), cell + 0.1, cell + 0.1, Diverging(values[(i * n) + j] / limit));
            if (bias is not null)
                canvas.Rectangle(margin + ((n + 1) * cell), margin + (i * cell), cell + 0.1, cell + 0.1, Diverging(bias[i] / limit));
            if (n > 40)
                continue;
            string name = names[i].ToString(CultureInfo.InvariantCulture);
            canvas.Text(margin - 3, margin + ((i + 0.5) * cell) + 3, name, "end", Math.Min(8, cell * 0.9));
            canvas.Text(margin + ((i + 0.5) * cell), margin - 4, name, "middle", Math.Min(8, cell * 0.9));
        }
        if (bias is not null && n <= 40)
            canvas.Text(margin + ((n + 1.5) * cell), margin - 4, "b", "middle", 8);
        return canvas.ToString();
    }

    /// <summary>A colour from blue at −1 over white at 0 to red at 1.</summary>
    private static int Diverging(double value)
    {
        if (double.IsNaN(value))
            return 0xbbbbbb;
        (int r, int g, int b) = value < 0 ? (0x21, 0x66, 0xac) : (0xb2, 0x18, 0x2b);
        double t = Math.Min(1, Math.Abs(value));
        int Mix(int end) => (int)Math.Round(247 + (t * (end - 247)));
        return (Mix(r) << 16) | (Mix(g) << 8) | Mix(b);
    }

    private static int Color(ViewGroup group) => LabelColors.Of(group.Dim == 0 ? "none" : group.Shape);

    private static double Length(ReadOnlySpan<double> x) => Vectors.Norm(x);
}
