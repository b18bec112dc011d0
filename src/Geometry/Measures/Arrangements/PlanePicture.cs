using Geometry.Configurations;
using Geometry.LinearAlgebra;

namespace Geometry.Measures.Arrangements;

/// <summary>A wall in the plane: the part inside the picture of the line where one output becomes active.</summary>
/// <param name="Feature">The feature of that output.</param>
/// <param name="From">One end.</param>
/// <param name="To">The other.</param>
public sealed record PlaneWall(int Feature, (double X, double Y) From, (double X, double Y) To);

/// <summary>A region in the plane, clipped to the picture.</summary>
/// <param name="Active">The features whose outputs are active there, ascending.</param>
/// <param name="Corners">Its corners, in order around it.</param>
public sealed record PlaneCell(IReadOnlyList<int> Active, IReadOnlyList<(double X, double Y)> Corners);

/// <summary>
/// The arrangement of a model with two hidden dimensions, as a picture: the lines a_i·h + b_i = 0, and the cells into which they divide a
/// square around the origin.
/// </summary>
/// <remarks>
/// The square contains all w_i, the images of inputs with one active feature, and crosses all walls at up to three times that distance from
/// the origin. Cells thinner than rounding are left out. O(walls·cells).
/// </remarks>
public sealed record PlanePicture
{
    /// <summary>Largest number of walls that is drawn.</summary>
    public const int MostWalls = 64;

    private const double Margin = 1.25,
        Farthest = 3;

    /// <summary>Half the side of the square.</summary>
    public required double Radius { get; init; }

    /// <summary>The walls that cross the square.</summary>
    public required IReadOnlyList<PlaneWall> Walls { get; init; }

    /// <summary>The cells; they cover the square.</summary>
    public required IReadOnlyList<PlaneCell> Cells { get; init; }

    /// <summary>The picture; null unless m = 2, there is a bias, and at most <see cref="MostWalls"/> features are learned.</summary>
    /// <param name="weights">W, or the encoder of an untied model.</param>
    /// <param name="decoder">The decoder; null for a tied model.</param>
    /// <param name="bias">b.</param>
    /// <param name="learned">The features whose walls are drawn.</param>
    public static PlanePicture? Of(
        FeatureConfiguration weights,
        FeatureConfiguration? decoder,
        IReadOnlyList<double>? bias,
        IReadOnlyList<int> learned
    )
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(learned);
        if (weights.Hidden != 2 || bias is null || learned.Count is 0 or > MostWalls)
            return null;
        double reach = learned.Max(i => Vectors.Norm(weights.Column(i)));
        (int Feature, double X, double Y, double C)[] lines =
        [
            .. from i in learned
            let a = (decoder ?? weights).Column(i).ToArray()
            let norm = Vectors.Norm(a)
            where norm > 0
            select (i, a[0] / norm, a[1] / norm, bias[i] / norm),
        ];
        double radius = Margin * lines.Select(l => Math.Abs(l.C)).Where(d => d <= Farthest * reach).Append(reach).Max();
        List<(double, double)> square = [(-radius, -radius), (radius, -radius), (radius, radius), (-radius, radius)];
        var walls = new List<PlaneWall>();
        List<(List<int> Active, List<(double X, double Y)> Corners)> cells = [([], square)];
        foreach ((int feature, double x, double y, double c) in lines)
        {
            if (Ends(square, x, y, c) is { } ends)
                walls.Add(new PlaneWall(feature, ends.From, ends.To));
            cells = [.. cells.SelectMany(cell => Split(cell.Active, cell.Corners, feature, x, y, c, 1e-9 * radius))];
        }
        return new PlanePicture
        {
            Radius = radius,
            Walls = walls,
            Cells = [.. cells.Select(c => new PlaneCell(c.Active, c.Corners))],
        };
    }

    /// <summary>The features whose outputs are active at a point of the square, ascending.</summary>
    public IReadOnlyList<int> ActiveAt(double x, double y) => Cells.FirstOrDefault(c => Holds(c.Corners, x, y))?.Active ?? [];

    private static IEnumerable<(List<int>, List<(double, double)>)> Split(
        List<int> active,
        List<(double X, double Y)> corners,
        int feature,
        double x,
        double y,
        double c,
        double thinnest
    )
    {
        double[] heights = [.. corners.Select(p => (x * p.X) + (y * p.Y) + c)];
        bool inside = heights.Max() > thinnest,
            outside = heights.Min() < -thinnest;
        if (inside)
            yield return ([.. active, feature], outside ? Clip(corners, heights, 1) : corners);
        if (outside)
            yield return (active, inside ? Clip(corners, heights, -1) : corners);
    }

    /// <summary>The part of a convex polygon on one side of a line.</summary>
    private static List<(double, double)> Clip(List<(double X, double Y)> corners, double[] heights, int side)
    {
        var part = new List<(double, double)>();
        for (int i = 0; i < corners.Count; i++)
        {
            int next = (i + 1) % corners.Count;
            double h = side * heights[i],
                g = side * heights[next];
            if (h >= 0)
                part.Add(corners[i]);
            if (h * g < 0)
            {
                double t = h / (h - g);
                part.Add((corners[i].X + (t * (corners[next].X - corners[i].X)), corners[i].Y + (t * (corners[next].Y - corners[i].Y))));
            }
        }
        return part;
    }

    private static ((double X, double Y) From, (double X, double Y) To)? Ends(
        List<(double X, double Y)> square,
        double x,
        double y,
        double c
    )
    {
        double[] heights = [.. square.Select(p => (x * p.X) + (y * p.Y) + c)];
        if (heights.Max() <= 0 || heights.Min() >= 0)
            return null;
        (double X, double Y)[] ends =
        [
            .. Clip(square, heights, 1).Where(p => Math.Abs((x * p.Item1) + (y * p.Item2) + c) < 1e-9 * (1 + Math.Abs(c))),
        ];
        return ends.Length >= 2 ? (ends[0], ends[^1]) : null;
    }

    private static bool Holds(IReadOnlyList<(double X, double Y)> corners, double x, double y)
    {
        for (int i = 0; i < corners.Count; i++)
        {
            (double X, double Y) a = corners[i],
                b = corners[(i + 1) % corners.Count];
            if (((b.X - a.X) * (y - a.Y)) - ((b.Y - a.Y) * (x - a.X)) < 0)
                return false;
        }
        return true;
    }
}
