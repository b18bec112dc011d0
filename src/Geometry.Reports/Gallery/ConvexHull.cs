namespace Geometry.Reports.Gallery;

/// <summary>Faces of the convex hull of a few points in R³, for drawings.</summary>
/// <remarks>
/// Every plane through three points with all points on one side is a face; coplanar triples give one polygon, with its vertices in order.
/// Inner points belong to no face. Degenerate cases: fewer than four points, points in one plane, or more than <see cref="MostPoints"/>
/// points have no faces. O(count⁴) in the worst case, 0.3 ms at 12 points.
/// </remarks>
public static class ConvexHull
{
    /// <summary>Largest number of points for which a hull is drawn.</summary>
    public const int MostPoints = 64;

    private const double Tolerance = 0.02;

    /// <summary>The faces as loops of point indices.</summary>
    /// <param name="points">Coordinates, point-major, length 3 · count.</param>
    public static IReadOnlyList<int[]> Faces(ReadOnlySpan<double> points)
    {
        int count = points.Length / 3;
        var faces = new List<int[]>();
        if (count is < 4 or > MostPoints)
            return faces;
        double size = 0;
        foreach (double x in points)
            size = Math.Max(size, Math.Abs(x));
        double tolerance = Tolerance * size;
        var seen = new HashSet<ulong>();
        Span<double> normal = stackalloc double[3];
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                for (int k = j + 1; k < count; k++)
                {
                    if (!Normal(points, i, j, k, size, normal))
                        continue;
                    if (Side(points, count, i, normal, tolerance) is not { } face || !seen.Add(face))
                        continue;
                    faces.Add(Ordered(points, count, face, normal));
                }
            }
        }
        // Points in one plane give two faces, its sides, which are no body.
        return faces.Count < 4 ? [] : Maximal(faces);
    }

    /// <summary>Edges of the faces, each once.</summary>
    public static IReadOnlyList<(int A, int B)> Edges(IReadOnlyList<int[]> faces)
    {
        var edges = new SortedSet<(int, int)>();
        foreach (int[] face in faces)
        {
            for (int i = 0; i < face.Length; i++)
            {
                int a = face[i],
                    b = face[(i + 1) % face.Length];
                edges.Add((Math.Min(a, b), Math.Max(a, b)));
            }
        }
        return [.. edges];
    }

    private static bool Normal(ReadOnlySpan<double> p, int i, int j, int k, double size, Span<double> n)
    {
        double ax = p[3 * j] - p[3 * i],
            ay = p[(3 * j) + 1] - p[(3 * i) + 1],
            az = p[(3 * j) + 2] - p[(3 * i) + 2];
        double bx = p[3 * k] - p[3 * i],
            by = p[(3 * k) + 1] - p[(3 * i) + 1],
            bz = p[(3 * k) + 2] - p[(3 * i) + 2];
        n[0] = (ay * bz) - (az * by);
        n[1] = (az * bx) - (ax * bz);
        n[2] = (ax * by) - (ay * bx);
        double length = Math.Sqrt((n[0] * n[0]) + (n[1] * n[1]) + (n[2] * n[2]));
        if (length <= 0.01 * size * size)
            return false;
        for (int c = 0; c < 3; c++)
            n[c] /= length;
        return true;
    }

    /// <summary>The points in the plane, as bits, if no point lies beyond it on one side; the normal then points outwards.</summary>
    private static ulong? Side(ReadOnlySpan<double> p, int count, int through, Span<double> n, double tolerance)
    {
        bool above = false,
            below = false;
        ulong face = 0;
        for (int q = 0; q < count; q++)
        {
            double height =
                (n[0] * (p[3 * q] - p[3 * through]))
                + (n[1] * (p[(3 * q) + 1] - p[(3 * through) + 1]))
                + (n[2] * (p[(3 * q) + 2] - p[(3 * through) + 2]));
            if (Math.Abs(height) <= tolerance)
                face |= 1UL << q;
            else if (height > 0)
                above = true;
            else
                below = true;
            if (above && below)
                return null;
        }
        if (!above && !below)
            return null;
        if (above)
        {
            for (int c = 0; c < 3; c++)
                n[c] = -n[c];
        }
        return face;
    }

    private static int[] Ordered(ReadOnlySpan<double> p, int count, ulong face, ReadOnlySpan<double> n)
    {
        int[] members = [.. Enumerable.Range(0, count).Where(q => (face >> q & 1) != 0)];
        double cx = 0,
            cy = 0,
            cz = 0;
        foreach (int q in members)
        {
            cx += p[3 * q] / members.Length;
            cy += p[(3 * q) + 1] / members.Length;
            cz += p[(3 * q) + 2] / members.Length;
        }
        int first = members[0];
        double ux = p[3 * first] - cx,
            uy = p[(3 * first) + 1] - cy,
            uz = p[(3 * first) + 2] - cz;
        double vx = (n[1] * uz) - (n[2] * uy),
            vy = (n[2] * ux) - (n[0] * uz),
            vz = (n[0] * uy) - (n[1] * ux);
        double[] angles = new double[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            double x = p[3 * members[i]] - cx,
                y = p[(3 * members[i]) + 1] - cy,
                z = p[(3 * members[i]) + 2] - cz;
            angles[i] = Math.Atan2((x * vx) + (y * vy) + (z * vz), (x * ux) + (y * uy) + (z * uz));
        }
        Array.Sort(angles, members);
        return members;
    }

    /// <summary>Because of the tolerance two triples may give nearly the same face; the larger one is kept.</summary>
    private static List<int[]> Maximal(List<int[]> faces) =>
        [.. faces.Where(f => !faces.Exists(other => other.Length > f.Length && f.All(other.Contains)))];
}
