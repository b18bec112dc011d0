using Geometry.Grassmannian;
using Geometry.LinearAlgebra;
using Geometry.Numerics;
using MathNet.Numerics;

namespace Geometry.Dictionaries;

/// <summary>
/// Tests whether a smaller plane inside a larger one holds more of the larger one's directions than an even distribution over the larger
/// one would put there.
/// </summary>
/// <remarks>
/// With c directions spread evenly over R^K, r more than the l that span an l-plane lie within ρ of it with probability at most C(c−l,
/// r)·I_{ρ²}((K−l)/2, l/2)^r, I the regularised incomplete beta function, and C(c, l) planes were tried. A direction within 45 degrees of
/// one that is counted already is judged given its angle θ with that one: only the direction in which it lies from it is left to chance, in
/// K − 1 dimensions, of which the plane has l − 1, and its distance there is ρ/sin θ. Several subsets and all r are tried, and the
/// probability is multiplied by their numbers.
/// </remarks>
internal static class CrowdInside
{
    private const int MostSubsets = 4;

    /// <summary>ln of the probability that chance makes some l-plane in the larger plane as crowded, at most 0.</summary>
    internal static double LogP(UnitDirections directions, FittedPlane smaller, FittedPlane larger)
    {
        int[] shared = [.. smaller.Members.Where(x => Array.BinarySearch(larger.Members, x) >= 0)];
        int c = larger.Members.Length,
            l = smaller.Dim,
            big = larger.Dim,
            count = shared.Length;
        if (count <= l)
            return 0;
        double[] inside = larger.Coordinates(directions, shared);
        double least = 0;
        int tried = 0;
        for (int start = 0; start < Math.Min(MostSubsets, count); start++)
        {
            double[] basis = new double[l * big];
            if (
                PlaneEvidence.Subset(inside, count, big, l, start * count / Math.Min(MostSubsets, count), new bool[count], basis)
                is not { } subset
            )
                continue;
            tried++;
            least = Math.Min(least, LogP(inside, count, big, l, c, subset, basis));
        }
        return tried == 0 ? 0 : Math.Min(0, least + Elementary.Log(tried) + SpecialFunctions.BinomialLn(c, l));
    }

    private static double LogP(double[] inside, int count, int big, int l, int c, int[] subset, double[] basis)
    {
        double[] residual = new double[big];
        bool[] isPast = new bool[count];
        foreach (int s in subset)
            isPast[s] = true;
        (int Extra, double Distance)[] extras =
        [
            .. Enumerable
                .Range(0, count)
                .Where(i => !isPast[i])
                .Select(i => (i, ChordalDistance.Residual(basis, inside.AsSpan(i * big, big), big, l, residual)))
                .OrderBy(x => x.Item2),
        ];
        double alone = 0,
            conditional = 0,
            least = 0;
        int independent = 0;
        foreach ((int extra, double distance) in extras)
        {
            double square = Math.Clamp(distance * distance, 1e-300, 1),
                nearest = 0;
            int near = 0;
            for (int i = 0; i < count; i++)
            {
                if (!isPast[i])
                    continue;
                double cosine = Vectors.Dot(inside.AsSpan(i * big, big), inside.AsSpan(extra * big, big));
                if (Math.Abs(cosine) < PlaneEvidence.NearCosine)
                    continue;
                near++;
                nearest = Math.Max(nearest, cosine * cosine);
            }
            isPast[extra] = true;
            if (near == 0)
            {
                // The farthest of the independent directions sets the distance for all.
                independent++;
                alone = SpecialFunctions.BinomialLn(c - l, independent) + (independent * Within(square, big - l, l));
            }
            else if (l > 1)
            {
                // Given the angle with the nearest neighbour, only the direction from that neighbour is left to chance.
                conditional += Math.Min(
                    0,
                    Within(Math.Min(1, square / Math.Max(1 - nearest, 1e-300)), big - l, l - 1) + Elementary.Log(near + 1)
                );
            }
            least = Math.Min(least, Math.Min(0, alone) + conditional);
        }
        return least + Elementary.Log(Math.Max(1, extras.Length));
    }

    /// <summary>
    /// ln of the probability that a uniform direction of R^(a+b) lies within ρ of a plane of b dimensions, with ρ² given.
    /// </summary>
    private static double Within(double square, int a, int b) => Elementary.Log(SpecialFunctions.BetaRegularized(a / 2.0, b / 2.0, square));
}
