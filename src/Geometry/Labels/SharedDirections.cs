using System.Buffers;
using System.Collections.Concurrent;
using Geometry.Clustering;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Labels;

/// <summary>Finds which features of a block share a direction: those that are so close that noise explains their distance.</summary>
/// <remarks>
/// <para>
/// Two copies of one direction of R^d, each off by σ in d−1 coordinates, are at an angle θ with θ² ~ 2σ²χ²_{d−1}. Features within the high
/// quantile of that angle are linked, and linked features form a bundle that shares one direction (single linkage). A bundle wider than
/// twice the longest link is taken apart again.
/// </para>
/// <para>
/// Noise must not join two neighbours of a true shape. The directions of a block with k directions are at best the angle θ apart at which k
/// caps of radius θ/2 fill the sphere. So a link is at most θ/4, which keeps a bundle narrower than half the separation, and at most θ −
/// 4.5·σ√2, so that noise alone does not link two neighbours. The number k is that of the directions that come out (an icosahedron all of
/// whose vertices are doubled has twelve), and if that fails, the number c of features. Where the limit is not positive, no features share
/// a direction.
/// </para>
/// <para>At least as many directions as dimensions come out. O(c²d) where some pair is within the limit.</para>
/// </remarks>
internal static class SharedDirections
{
    private static readonly ConcurrentDictionary<(int Dim, int Count), double> s_separations = new();

    /// <summary>The longest link that is possible for any noise and any number of directions, radians: a quarter of 180°.</summary>
    public static double LargestLink(DecisionConstants constants) => constants.SharedShare * Math.PI;

    /// <summary>The largest angle to which noise takes two copies of one direction, radians.</summary>
    /// <param name="dim">d ≥ 1; 0 is returned for d = 1, where there are no angles.</param>
    /// <param name="noise">σ per coordinate, radians.</param>
    /// <param name="constants">The risk.</param>
    public static double Reach(int dim, double noise, DecisionConstants constants) =>
        noise * Math.Sqrt(2 * Quantiles.ChiSquare(dim - 1, 1 - constants.NoiseRisk));

    /// <summary>
    /// The longest link allowed among k directions, radians; not positive where the noise makes neighbours indistinguishable.
    /// </summary>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="directions">k ≥ 2.</param>
    /// <param name="noise">σ per coordinate, radians.</param>
    /// <param name="constants">The share of the separation and its distance in deviations.</param>
    public static double Limit(int dim, int directions, double noise, DecisionConstants constants)
    {
        double separation = s_separations.GetOrAdd((dim, directions), static key => 2 * SphereCap.Angle(1.0 / key.Count, key.Dim - 1));
        return Math.Min(constants.SharedShare * separation, separation - constants.SharedDeviations * Math.Sqrt(2) * noise);
    }

    /// <summary>Whether two directions are at most an angle apart. O(d).</summary>
    public static bool AreWithin(ReadOnlySpan<double> unit, int dim, int i, int j, double angle) =>
        SquaredChord(unit, dim, i, j) <= SquaredChord(angle);

    /// <summary>Finds the directions of a block.</summary>
    /// <param name="unit">Unit coordinates in V_S, row-major c×d, d ≥ 2.</param>
    /// <param name="dim">d.</param>
    /// <param name="noise">σ per coordinate, radians.</param>
    /// <param name="constants">The thresholds.</param>
    /// <param name="directionOf">Output, length c: the direction of each feature, numbered by first feature.</param>
    /// <returns>The number of directions, d … c.</returns>
    public static int Find(ReadOnlySpan<double> unit, int dim, double noise, DecisionConstants constants, Span<int> directionOf)
    {
        int c = directionOf.Length;
        double reach = Reach(dim, noise, constants),
            least = Math.Min(reach, Limit(dim, c, noise, constants));
        foreach (double link in (ReadOnlySpan<double>)[reach, least])
        {
            if (link <= 0)
                break;
            int directions = Bundle(unit, dim, link, directionOf);
            if (directions == c)
                break;
            if (directions >= dim && directions > 1 && link <= Limit(dim, directions, noise, constants))
                return directions;
        }
        for (int i = 0; i < c; i++)
            directionOf[i] = i;
        return c;
    }

    /// <summary>
    /// The mean direction of each bundle, scaled to unit length; the vectors of a bundle are added in the order of the features.
    /// </summary>
    /// <param name="unit">Unit coordinates, row-major c×d.</param>
    /// <param name="dim">d.</param>
    /// <param name="directionOf">The direction of each feature, length c.</param>
    /// <param name="means">Output, row-major directions×d.</param>
    public static void Means(ReadOnlySpan<double> unit, int dim, ReadOnlySpan<int> directionOf, Span<double> means)
    {
        means.Clear();
        for (int i = 0; i < directionOf.Length; i++)
            Vectors.Axpy(1, unit.Slice(i * dim, dim), means.Slice(directionOf[i] * dim, dim));
        for (int k = 0; k < means.Length; k += dim)
            Vectors.Scale(1 / Vectors.Norm(means.Slice(k, dim)), means.Slice(k, dim));
    }

    /// <summary>
    /// Bundles the vectors that are closer than a link (single linkage), and takes bundles wider than two links apart again; returns the
    /// number of directions.
    /// </summary>
    /// <param name="unit">Unit vectors, row-major c×d.</param>
    /// <param name="dim">d.</param>
    /// <param name="link">The longest link, radians.</param>
    /// <param name="directionOf">Output, length c: the direction of each vector, numbered by first vector.</param>
    public static int Bundle(ReadOnlySpan<double> unit, int dim, double link, Span<int> directionOf)
    {
        int c = directionOf.Length;
        double closer = SquaredChord(link),
            widest = SquaredChord(2 * link);
        UnionFind.Reset(directionOf);
        for (int i = 0; i < c; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (UnionFind.Root(directionOf, i) != UnionFind.Root(directionOf, j) && SquaredChord(unit, dim, i, j) <= closer)
                    UnionFind.Union(directionOf, i, j);
            }
        }
        // Until bundles have their numbers, the smallest feature of a bundle stands for it.
        for (int i = 0; i < c; i++)
            directionOf[i] = UnionFind.Root(directionOf, i);
        int[] rented = ArrayPool<int>.Shared.Rent(c);
        Span<int> number = rented.AsSpan(0, c);
        number.Clear();
        for (int i = 0; i < c; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (directionOf[i] == directionOf[j] && SquaredChord(unit, dim, i, j) > widest)
                    number[directionOf[i]] = -1;
            }
        }
        int directions = 0;
        for (int i = 0; i < c; i++)
        {
            int bundle = directionOf[i];
            if (number[bundle] < 0)
                directionOf[i] = directions++;
            else if (bundle == i)
                directionOf[i] = number[bundle] = directions++;
            else
                directionOf[i] = number[bundle];
        }
        ArrayPool<int>.Shared.Return(rented);
        return directions;
    }

    /// <summary>The squared distance of two unit vectors at an angle.</summary>
    private static double SquaredChord(double angle) =>
        4 * Elementary.Sin(0.5 * Math.Min(angle, Math.PI)) * Elementary.Sin(0.5 * Math.Min(angle, Math.PI));

    private static double SquaredChord(ReadOnlySpan<double> unit, int dim, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < dim; k++)
        {
            double difference = unit[i * dim + k] - unit[j * dim + k];
            sum += difference * difference;
        }
        return sum;
    }
}
