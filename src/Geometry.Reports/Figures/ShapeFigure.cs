using Geometry.Atlas;
using Geometry.LinearAlgebra;
using Geometry.Reports.Gallery;
using Geometry.Reports.Phases;
using Geometry.Shapes;

namespace Geometry.Reports.Figures;

/// <summary>A small picture of a shape of the catalogue: its vertices, and the edges between nearest neighbours or of its hull.</summary>
/// <remarks>
/// Up to three dimensions the shape itself is drawn, in space from a fixed direction, with hidden parts dashed; above that, its projection
/// on the plane that its symmetries of highest order rotate (<see cref="FormProjection"/>). Equal shapes give equal bytes. O(count²·dim),
/// and the time of that search.
/// </remarks>
public static class ShapeFigure
{
    private const double Side = 120,
        Room = 1.12,
        Turn = 0.38,
        Tilt = 0.36;

    /// <summary>Edges whose cosines differ by less than this have equal lengths.</summary>
    private const double SameCosine = 1e-6;

    /// <summary>Pictures with more edges have thinner ones.</summary>
    private const int ManyEdges = 60;

    /// <summary>The picture as SVG; a family with a parameter is drawn at its typical value.</summary>
    /// <param name="shape">The shape.</param>
    public static string Svg(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        double[] x = shape.Vertices();
        var canvas = new SvgCanvas(Side, Side, shape.Name);
        int color = LabelColors.Of(shape.Name);
        (double X, double Y, double Depth)[] at =
        [
            .. Places(shape, x).Select(p => ((Side / 2) * (1 + (p.X / Room)), (Side / 2) * (1 - (p.Y / Room)), p.Depth)),
        ];
        if (shape.Dim <= 2)
            Arrows(canvas, shape, at, color);
        else if (shape.Dim == 3)
            Body(canvas, ConvexHull.Edges(ConvexHull.Faces(x)), at, color);
        else
            Shadow(canvas, NearestPairs(x, shape.Dim, shape.Count), at, color);
        return canvas.ToString();
    }

    /// <summary>The position of each vertex in units of the radius, and its depth.</summary>
    private static IEnumerable<(double X, double Y, double Depth)> Places(Shape shape, double[] x)
    {
        if (shape.Dim == 1)
            return x.Select(v => (v, 0.0, 0.0));
        if (shape.Dim == 3)
            return Enumerable.Range(0, shape.Count).Select(i => SideView.Of(x.AsSpan(3 * i, 3), Turn, Tilt));
        double[] shadow = FormProjection.Of(x, shape.Dim, shape.Count).Points;
        double size = Enumerable.Range(0, shape.Count).Max(i => Vectors.Norm(shadow.AsSpan(3 * i, 2)));
        return Enumerable.Range(0, shape.Count).Select(i => (shadow[3 * i] / size, shadow[(3 * i) + 1] / size, -shadow[(3 * i) + 2]));
    }

    private static void Arrows(SvgCanvas canvas, Shape shape, (double X, double Y, double Depth)[] at, int color)
    {
        if (shape.Dim == 2)
        {
            IEnumerable<(double X, double Y)> around = at.OrderBy(p => Math.Atan2(p.Y - (Side / 2), p.X - (Side / 2)))
                .Select(p => (p.X, p.Y));
            canvas.Polygon(around, color, 0.15, color);
        }
        foreach ((double x, double y, _) in at)
            canvas.Arrow(Side / 2, Side / 2, x, y, color);
    }

    private static void Body(SvgCanvas canvas, IReadOnlyList<(int A, int B)> edges, (double X, double Y, double Depth)[] at, int color)
    {
        const double Flat = 1e-9;
        foreach ((int a, int b) in edges.OrderByDescending(e => at[e.A].Depth + at[e.B].Depth))
        {
            bool behind = at[a].Depth + at[b].Depth > Flat;
            canvas.Line(at[a].X, at[a].Y, at[b].X, at[b].Y, behind ? 0xAAAAAA : 0x555555, behind ? 0.6 : 1, behind ? "3,2" : null);
        }
        foreach ((double x, double y, _) in at.OrderByDescending(p => p.Depth))
            canvas.Circle(x, y, 3.2, color);
    }

    private static void Shadow(SvgCanvas canvas, List<(int A, int B)> edges, (double X, double Y, double Depth)[] at, int color)
    {
        foreach ((int a, int b) in edges)
            canvas.Line(at[a].X, at[a].Y, at[b].X, at[b].Y, 0x666666, edges.Count > ManyEdges ? 0.25 : 0.8);
        foreach ((double x, double y, _) in at)
            canvas.Circle(x, y, edges.Count > ManyEdges ? 2.2 : 3.2, color);
    }

    /// <summary>The pairs with the largest cosine.</summary>
    private static List<(int A, int B)> NearestPairs(double[] x, int dim, int count)
    {
        double Cosine(int a, int b) => Vectors.Dot(x.AsSpan(a * dim, dim), x.AsSpan(b * dim, dim));
        double largest = -1;
        for (int a = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
                largest = Math.Max(largest, Cosine(a, b));
        }
        var pairs = new List<(int, int)>();
        for (int a = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
            {
                if (Cosine(a, b) > largest - SameCosine)
                    pairs.Add((a, b));
            }
        }
        return pairs;
    }
}
