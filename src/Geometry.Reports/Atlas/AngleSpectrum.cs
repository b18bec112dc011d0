using Geometry.Atlas;
using Geometry.LinearAlgebra;

namespace Geometry.Reports.Atlas;

/// <summary>The angles between the directions of a form, for drawing.</summary>
internal static class AngleSpectrum
{
    /// <summary>Angles that differ by less than this, degrees, are drawn as one.</summary>
    private const double Same = 0.05;

    /// <summary>
    /// Edges are all pairs within this many degrees of the smallest angle, because forms with little symmetry hardly have two equal angles.
    /// </summary>
    private const double EdgeRoom = 2;

    /// <summary>Each angle with its number of pairs, ascending.</summary>
    public static IReadOnlyList<(double Degrees, int Pairs)> Of(Form form)
    {
        var found = new List<(double Degrees, int Pairs)>();
        double start = double.NegativeInfinity,
            sum = 0;
        foreach (double angle in Pairs(form).Select(p => p.Degrees).Order())
        {
            if (angle - start > Same)
                (start, sum) = (angle, 0);
            sum += angle;
            int pairs = sum == angle ? 1 : found[^1].Pairs + 1;
            if (pairs > 1)
                found.RemoveAt(found.Count - 1);
            found.Add((sum / pairs, pairs));
        }
        return found;
    }

    /// <summary>The pairs at about the smallest angle, and the largest angle among them, degrees.</summary>
    public static (IReadOnlyList<(int A, int B)> Edges, double Degrees) Edges(Form form)
    {
        (int A, int B, double Degrees)[] pairs = [.. Pairs(form)];
        double most = pairs.Min(p => p.Degrees) + EdgeRoom;
        (int A, int B, double Degrees)[] edges = [.. pairs.Where(p => p.Degrees <= most)];
        return ([.. edges.Select(e => (e.A, e.B))], edges.Max(e => e.Degrees));
    }

    private static IEnumerable<(int A, int B, double Degrees)> Pairs(Form form)
    {
        double[] x = form.Vertices();
        int d = form.Dim;
        for (int b = 1; b < form.Directions; b++)
        {
            for (int a = 0; a < b; a++)
            {
                double cosine = Vectors.Dot(x.AsSpan(a * d, d), x.AsSpan(b * d, d));
                yield return (a, b, double.RadiansToDegrees(Math.Acos(Math.Clamp(cosine, -1, 1))));
            }
        }
    }
}
