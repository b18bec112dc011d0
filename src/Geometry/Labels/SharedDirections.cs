using System.Buffers;
using System.Collections.Concurrent;
using Geometry.Clustering;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Significance;

namespace Geometry.Labels;

/// <summary>Which features of a block are one direction, because they are closer than noise allows for different ones.</summary>
/// <remarks>
/// <para>
/// Two copies of one direction of R^d, each off by σ in d−1 directions, are at an angle of square 2σ²χ²_{d−1}: up to its high quantile they
/// are linked, and linked features are one direction (single linkage), but for a bundle wider than twice the longest link, whose features
/// stay apart.
/// </para>
/// <para>
/// Noise must not make neighbours of a true shape one. k directions of R^d are at best the angle θ apart, where k caps of radius θ/2 fill
/// the sphere; so links are at most a quarter of θ, which keeps a bundle below half the separation, and at most θ − 4.5·σ√2, beyond which
/// noise alone does not carry two neighbours. The limit is that of the number of directions that come out (an icosahedron all of whose
/// vertices are doubled has twelve), else that of all c features; where it is not positive, nothing is shared.
/// </para>
/// <para>No fewer directions than dimensions come out. O(c²d) where some pair is within the limit.</para>
/// </remarks>
internal static class SharedDirections
{
    private static readonly ConcurrentDictionary<(int Dim, int Count), double> s_separations = new();

    /// <summary>Largest link, radians, that any noise and number of directions allow: a quarter of 180°.</summary>
    public static double LargestLink(DecisionConstants constants) => constants.SharedShare * Math.PI;

    /// <summary>The angle of the noise between two copies of one direction, radians.</summary>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="noise">σ per coordinate, radians.</param>
    /// <param name="constants">The risk.</param>
    public static double Reach(int dim, double noise, DecisionConstants constants) =>
        noise * Math.Sqrt(2 * Quantiles.ChiSquare(dim - 1, 1 - constants.NoiseRisk));

    /// <summary>The longest link among that many directions, radians; not positive where noise hides which is which.</summary>
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
        SquaredChord(unit, dim, i, j) <= Chord(angle);

    /// <summary>
    /// Bundles of columns that are closer than a link, whatever the noise: single linkage, bundles wider than two links apart.
    /// </summary>
    /// <returns>The number of directions.</returns>
    public static int Closer(ReadOnlySpan<double> unit, int dim, double link, Span<int> directionOf) =>
        Linked(unit, dim, link, directionOf);

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
            int directions = Linked(unit, dim, link, directionOf);
            if (directions == c)
                break;
            if (directions >= dim && directions > 1 && link <= Limit(dim, directions, noise, constants))
                return directions;
        }
        for (int i = 0; i < c; i++)
            directionOf[i] = i;
        return c;
    }

    /// <summary>The mean direction of each bundle, scaled to unit length; features stand in their order.</summary>
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

    /// <summary>Single linkage, bundles wider than two links taken apart again; the number of directions.</summary>
    private static int Linked(ReadOnlySpan<double> unit, int dim, double link, Span<int> directionOf)
    {
        int c = directionOf.Length;
        double closer = Chord(link),
            widest = Chord(2 * link);
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

    private static double Chord(double angle) =>
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
