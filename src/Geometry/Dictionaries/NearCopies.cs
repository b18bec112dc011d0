using Geometry.LinearAlgebra;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>Of planes that are nearly the same one, keeps the one that most directions lie nearest to.</summary>
/// <remarks>
/// Two planes of one dimension are copies where at least half of the smaller one's members lie in the other, too, or where their chordal
/// distance is at most ε and they share a member. Planes are taken from the best on and held against those that were kept, so that no
/// chain of planes fuses. Complexity: one comparison for each pair of planes that share a member.
/// </remarks>
internal static class NearCopies
{
    /// <summary>The planes that are kept: by dimension, then as they were taken.</summary>
    internal static List<FittedPlane> Merge(IEnumerable<FittedPlane> planes, int m, double epsilon)
    {
        FittedPlane[] ordered = [.. planes];
        Array.Sort(ordered, Order);
        var kept = new List<FittedPlane>();
        var holding = new Dictionary<int, List<int>>();
        foreach (FittedPlane plane in ordered)
        {
            var shared = new Dictionary<int, int>();
            foreach (int member in plane.Members)
            {
                foreach (int other in holding.GetValueOrDefault(member) ?? [])
                {
                    if (kept[other].Dim == plane.Dim)
                        shared[other] = shared.GetValueOrDefault(other) + 1;
                }
            }
            if (shared.Any(x => 2 * x.Value >= plane.Members.Length || Distance(plane, kept[x.Key], m) <= epsilon))
                continue;
            foreach (int member in plane.Members)
            {
                if (!holding.TryGetValue(member, out List<int>? list))
                    holding[member] = list = [];
                list.Add(kept.Count);
            }
            kept.Add(plane);
        }
        return kept;
    }

    private static double Distance(FittedPlane a, FittedPlane b, int m)
    {
        double sum = 0;
        for (int i = 0; i < a.Dim; i++)
        {
            for (int j = 0; j < b.Dim; j++)
            {
                double dot = Vectors.Dot(a.Basis.AsSpan(i * m, m), b.Basis.AsSpan(j * m, m));
                sum += dot * dot;
            }
        }
        return Math.Sqrt(Math.Max(0, a.Dim - sum));
    }

    /// <summary>
    /// Grows with the number of directions beyond those that span the plane, and as they lie nearer to it: ln of the odds of a random
    /// direction, but for a factor.
    /// </summary>
    private static double Worth(FittedPlane plane) => (plane.Members.Length - plane.Dim) * -Elementary.Log(Math.Max(plane.Noise, 1e-3));

    private static int Order(FittedPlane a, FittedPlane b)
    {
        int order = a.Dim.CompareTo(b.Dim);
        if (order == 0)
            order = Worth(b).CompareTo(Worth(a));
        return order != 0 ? order : a.Members.AsSpan().SequenceCompareTo(b.Members);
    }
}
