using Geometry.Dictionaries;
using Geometry.LinearAlgebra;

namespace Geometry.Planted;

/// <summary>What became of the planes of a known model in a dictionary.</summary>
/// <remarks>
/// A plane is <i>kept</i> where a found one of its dimension lies within 20 degrees of it, <i>merged</i> where a larger found one contains
/// it and another plane of the model, else <i>split</i> where two or more smaller found ones lie in it, <i>part</i> where one does,
/// <i>swollen</i> where a larger found one contains it alone, and <i>lost</i> else. Contained: all principal angles within 20 degrees. A
/// found plane that has to do with none is <i>other</i>.
/// </remarks>
internal sealed record PlanesOfModel(int Kept, int Split, int Part, int Swollen, int Merged, int Lost, int Other)
{
    private static readonly double s_most = Math.Pow(Math.Sin(Math.PI / 9), 2);

    public static PlanesOfModel Of(KnownModel model, DictionaryPlanes found)
    {
        int m = model.Weights.Hidden;
        int[] counts = new int[6];
        var used = new HashSet<DictionaryPlane>();
        foreach ((_, _, double[] basis) in model.Planes)
        {
            int k = basis.Length / m;
            DictionaryPlane[] same = [.. found.Planes.Where(q => q.Dim == k && IsInside(basis, q.Basis, m))];
            DictionaryPlane[] larger = [.. found.Planes.Where(q => q.Dim > k && IsInside(basis, q.Basis, m))],
                smaller = [.. found.Planes.Where(q => q.Dim < k && IsInside(q.Basis, basis, m))];
            used.UnionWith(same);
            used.UnionWith(larger);
            used.UnionWith(smaller);
            bool isMerged = larger.Any(q => model.Planes.Count(p => IsInside(p.Basis, q.Basis, m)) > 1);
            counts[
                same.Length > 0 ? 0
                : isMerged ? 4
                : smaller.Length > 1 ? 1
                : smaller.Length == 1 ? 2
                : larger.Length > 0 ? 3
                : 5
            ]++;
        }
        return new PlanesOfModel(
            counts[0],
            counts[1],
            counts[2],
            counts[3],
            counts[4],
            counts[5],
            found.Planes.Count(q => !used.Contains(q))
        );
    }

    /// <summary>
    /// Whether the sines of all principal angles of one plane with a larger one are small: dim − ‖AᵀB‖² bounds the largest square.
    /// </summary>
    private static bool IsInside(double[] small, double[] large, int m)
    {
        double sum = small.Length / m;
        for (int a = 0; a < small.Length; a += m)
        {
            for (int b = 0; b < large.Length; b += m)
                sum -= Math.Pow(Vectors.Dot(small.AsSpan(a, m), large.AsSpan(b, m)), 2);
        }
        return sum <= s_most;
    }
}
