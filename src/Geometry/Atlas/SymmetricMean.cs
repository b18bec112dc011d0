using System.Numerics;
using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Descriptions;
using Geometry.Shapes.Matching;

namespace Geometry.Atlas;

/// <summary>A configuration with exact symmetries, made from one that has them up to noise.</summary>
/// <param name="Unit">The symmetric configuration: unit directions, row-major c×d.</param>
/// <param name="Order">Order of the group of permutations that keep every angle.</param>
/// <param name="Orbits">For each direction the number of its orbit under the group, numbered by first direction.</param>
/// <param name="PairOrbits">For each ordered pair (i, j), row-major c×c, the number of its orbit.</param>
/// <param name="Generators">Permutations v ↦ g[v] that generate the group.</param>
internal sealed record SymmetricConfiguration(
    double[] Unit,
    BigInteger Order,
    int[] Orbits,
    int[] PairOrbits,
    IReadOnlyList<int[]> Generators
);

/// <summary>Finds the symmetries of a mean configuration, and imposes them exactly.</summary>
/// <remarks>
/// A mean of noisy copies is less noisy than the copies by an unknown factor. Therefore the group is searched at several noise levels,
/// largest first, and the largest group is taken that changes the angles by no more than a given amount. The Gram matrix is averaged over
/// the group and replaced by a near positive semidefinite one of rank d with unit diagonal (projection on the leading eigenvectors, rows
/// scaled to length 1; both commute with the group). The result has the symmetries to rounding; where they leave no freedom, it is the
/// exact configuration. O(c³) per step.
/// </remarks>
internal static class SymmetricMean
{
    /// <summary>Number of projections to rank d: the first makes a configuration, and the others bring it nearer to the mean.</summary>
    private const int Steps = 6;

    private const double Degree = Math.PI / 180;

    /// <summary>The configuration with the largest group that changes the angles by at most <paramref name="granted"/>.</summary>
    /// <param name="unit">Unit directions, row-major c×d.</param>
    /// <param name="dim">d.</param>
    /// <param name="count">c.</param>
    /// <param name="granted">Largest RMS change of the angles, degrees.</param>
    public static SymmetricConfiguration Of(double[] unit, int dim, int count, double granted)
    {
        double[] angles = new double[count * count],
            cosines = new double[count * count];
        PairAngles.Fill(unit, dim, count, angles, cosines);
        SymmetricConfiguration? best = null;
        for (double sigma = 2 * granted * Degree; sigma > granted * Degree / 64; sigma /= 2)
        {
            var search = new NearSymmetries(unit, dim, count, angles, cosines, sigma, DecisionConstants.Default);
            if (search.Group() is not { } group || (best is not null && group.Order <= best.Order))
                continue;
            SymmetricConfiguration found = Impose(unit, dim, count, group.Order, search.Generators);
            if (Change(angles, found.Unit, dim, count) <= granted * Degree)
                best = found;
        }
        return best ?? Impose(unit, dim, count, BigInteger.One, []);
    }

    /// <summary>The nearest configuration with the symmetries of another whose directions are in the same order.</summary>
    /// <param name="unit">Unit directions, row-major c×d.</param>
    /// <param name="dim">d.</param>
    /// <param name="count">c.</param>
    /// <param name="pairOrbits">The orbits of ordered pairs.</param>
    public static double[] Impose(double[] unit, int dim, int count, int[] pairOrbits)
    {
        double[] gram = Vectors.Gram(unit, dim, count);
        Average(gram, pairOrbits);
        return Coordinates(gram, dim, count);
    }

    /// <summary>
    /// Unit directions whose cosines are near a symmetric matrix with unit diagonal, by alternating projection to rank d and to unit
    /// length.
    /// </summary>
    /// <param name="gram">c×c, destroyed.</param>
    /// <param name="dim">d.</param>
    /// <param name="count">c.</param>
    public static double[] Coordinates(double[] gram, int dim, int count)
    {
        double[] unit = new double[count * dim],
            values = new double[count],
            vectors = new double[count * count],
            copy = new double[count * count];
        for (int step = 0; step < Steps; step++)
        {
            gram.CopyTo(copy, 0);
            SymmetricEigen.Decompose(copy, count, values, vectors);
            for (int i = 0; i < count; i++)
            {
                Span<double> row = unit.AsSpan(i * dim, dim);
                for (int k = 0; k < dim; k++)
                    row[k] = vectors[(k * count) + i] * Math.Sqrt(Math.Max(0, values[k]));
                double norm = Vectors.Norm(row);
                for (int k = 0; k < dim; k++)
                    row[k] /= norm;
            }
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                    gram[(i * count) + j] = i == j ? 1 : Vectors.Dot(unit.AsSpan(i * dim, dim), unit.AsSpan(j * dim, dim));
            }
        }
        return unit;
    }

    private static SymmetricConfiguration Impose(double[] unit, int dim, int count, BigInteger order, IReadOnlyList<int[]> generators)
    {
        int[] orbits = Classes(count, generators, (g, v) => g[v]);
        int[] pairs = Classes(count * count, generators, (g, p) => (g[p / count] * count) + g[p % count]);
        return new SymmetricConfiguration(Impose(unit, dim, count, pairs), order, orbits, pairs, [.. generators]);
    }

    /// <summary>The orbits of a group on 0 … size − 1, numbered by first element.</summary>
    private static int[] Classes(int size, IReadOnlyList<int[]> generators, Func<int[], int, int> image)
    {
        int[] orbit = new int[size];
        orbit.AsSpan().Fill(-1);
        var open = new Stack<int>();
        int orbits = 0;
        for (int start = 0; start < size; start++)
        {
            if (orbit[start] >= 0)
                continue;
            orbit[start] = orbits;
            open.Push(start);
            while (open.TryPop(out int v))
            {
                foreach (int[] generator in generators)
                {
                    int w = image(generator, v);
                    if (orbit[w] >= 0)
                        continue;
                    orbit[w] = orbits;
                    open.Push(w);
                }
            }
            orbits++;
        }
        return orbit;
    }

    /// <summary>Replaces every entry by the mean over its orbit; (i, j) and (j, i) are averaged too.</summary>
    private static void Average(double[] gram, int[] pairOrbits)
    {
        int orbits = pairOrbits.Max() + 1,
            count = (int)Math.Round(Math.Sqrt(gram.Length));
        double[] sums = new double[orbits];
        int[] sizes = new int[orbits];
        for (int p = 0; p < gram.Length; p++)
        {
            sums[pairOrbits[p]] += gram[p];
            sizes[pairOrbits[p]]++;
        }
        for (int p = 0; p < gram.Length; p++)
            gram[p] = sums[pairOrbits[p]] / sizes[pairOrbits[p]];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                gram[(i * count) + j] = gram[(j * count) + i] = 0.5 * (gram[(i * count) + j] + gram[(j * count) + i]);
        }
    }

    private static double Change(double[] angles, double[] unit, int dim, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double difference = angles[(i * count) + j] - PairAngles.Angle(unit.AsSpan(i * dim, dim), unit.AsSpan(j * dim, dim));
                sum += difference * difference;
            }
        }
        return Math.Sqrt(2 * sum / (count * (count - 1.0)));
    }
}
