using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Measures.Arrangements;

/// <summary>
/// A lower bound of the number of regions, for arrangements too large to count: the number of cells that random lines meet.
/// </summary>
/// <remarks>
/// A line crosses at most n hyperplanes, and its up to n + 1 cells follow from their sorted order in n·m + n·log n operations. Every line
/// passes through a Gaussian point that is moved onto a random hyperplane. Cells are compared by a 128-bit hash of their signs; any two of
/// a million cells have the same hash with probability 10⁻²⁷. The lines are seeded, and the same for the same size.
/// </remarks>
internal static class RegionSampler
{
    /// <summary>Number of lines.</summary>
    public const int Lines = 1 << 12;

    /// <summary>The number of different cells on the lines.</summary>
    /// <param name="arrangement">At least one hyperplane in at least one dimension.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static int LowerBound(Hyperplanes arrangement, CancellationToken cancellation = default)
    {
        int n = arrangement.Count,
            m = arrangement.Dimension;
        var random = new GaussianSource(n, m);
        UInt128[] keys = [.. Enumerable.Range(0, n).Select(_ => new UInt128(Bits(random), Bits(random)))];
        double[] start = new double[m],
            direction = new double[m],
            times = new double[n];
        int[] order = new int[n];
        var seen = new HashSet<UInt128>();
        for (int line = 0; line < Lines; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Normal(start);
            random.Normal(direction);
            int through = random.Below(n);
            Vectors.Axpy(
                -(Vectors.Dot(arrangement.Normal(through), start) + arrangement.Offsets[through]),
                arrangement.Normal(through),
                start
            );
            // The line starts at −∞, where the signs are those of −direction.
            UInt128 cell = 0;
            for (int i = 0; i < n; i++)
            {
                double along = Vectors.Dot(arrangement.Normal(i), direction);
                times[i] = -(Vectors.Dot(arrangement.Normal(i), start) + arrangement.Offsets[i]) / along;
                order[i] = i;
                if (along < 0)
                    cell ^= keys[i];
            }
            Array.Sort(times, order);
            seen.Add(cell);
            for (int i = 0; i < n; i++)
            {
                cell ^= keys[order[i]];
                // Hyperplanes that the line meets at one point are crossed together.
                if (i + 1 < n && times[i + 1] - times[i] <= arrangement.Tolerance * (1 + Math.Abs(times[i])))
                    continue;
                seen.Add(cell);
            }
        }
        return seen.Count;
    }

    private static ulong Bits(GaussianSource random) =>
        ((ulong)(random.Uniform() * (1L << 53)) << 32) ^ (ulong)(random.Uniform() * (1L << 53));
}
