using Geometry.Grassmannian;
using Geometry.Numerics;

namespace Geometry.Dictionaries;

/// <summary>Removes copies of planes: of planes that are nearly the same, the best is kept.</summary>
/// <remarks>
/// A plane is a copy of a better one of the same dimension where at least half of its members lie in that one too, or where they share a
/// member and their chordal distance is at most ε. Planes are taken in order, the best first, and compared with those that were kept, so a
/// chain of planes does not become one. Complexity: one comparison for each pair of planes that share a member.
/// </remarks>
internal static class DistinctPlanes
{
    /// <summary>The planes that are kept, by dimension, the best first.</summary>
    internal static List<FittedPlane> Of(IEnumerable<FittedPlane> planes, int m, double epsilon)
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
            if (
                shared.Any(x =>
                    2 * x.Value >= plane.Members.Length
                    || ChordalDistance.FromBases(plane.Basis, kept[x.Key].Basis, m, plane.Dim) <= epsilon
                )
            )
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

    /// <summary>
    /// The quality of a plane: it grows with the number of directions beyond those that span it, and with their nearness to it. Each such
    /// direction counts as the logarithm of its improbability, up to a constant factor.
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
