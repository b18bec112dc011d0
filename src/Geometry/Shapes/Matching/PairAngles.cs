using System.Buffers;
using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>Angles between unit vectors, in radians, accurate at 0 and π too.</summary>
/// <remarks>
/// For |cos| ≥ 0.9, where the arc cosine loses digits, 2·asin(‖x ∓ y‖/2) is used: an exactly opposite pair gives π, not π − 1e-8. Layout:
/// row-major count×count, symmetric, zero diagonal. O(count²·dim).
/// </remarks>
internal static class PairAngles
{
    public static double Angle(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Angle(x, y, Vectors.Dot(x, y));

    private static double Angle(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double dot)
    {
        if (Math.Abs(dot) < 0.9)
            return Elementary.Acos(dot);
        double squared = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double difference = dot > 0 ? x[k] - y[k] : x[k] + y[k];
            squared += difference * difference;
        }
        double small = 2 * Elementary.Asin(Math.Min(1, Math.Sqrt(squared) / 2));
        return dot > 0 ? small : Math.PI - small;
    }

    public static void Fill(ReadOnlySpan<double> unit, int dim, int count, Span<double> angles)
    {
        for (int i = 0; i < count; i++)
        {
            angles[i * count + i] = 0;
            ReadOnlySpan<double> row = unit.Slice(i * dim, dim);
            for (int j = i + 1; j < count; j++)
                angles[i * count + j] = angles[j * count + i] = Angle(row, unit.Slice(j * dim, dim));
        }
    }

    /// <summary>As the other overload, and the cosines of all pairs, row-major count×count.</summary>
    public static void Fill(ReadOnlySpan<double> unit, int dim, int count, Span<double> angles, Span<double> cosines)
    {
        for (int i = 0; i < count; i++)
        {
            angles[i * count + i] = 0;
            cosines[i * count + i] = 1;
            ReadOnlySpan<double> row = unit.Slice(i * dim, dim);
            for (int j = i + 1; j < count; j++)
            {
                ReadOnlySpan<double> other = unit.Slice(j * dim, dim);
                cosines[i * count + j] = cosines[j * count + i] = Vectors.Dot(row, other);
                angles[i * count + j] = angles[j * count + i] = Angle(row, other, cosines[i * count + j]);
            }
        }
    }

    /// <summary>The angles of all unordered pairs, ascending; destination of length count(count−1)/2.</summary>
    public static void Sorted(ReadOnlySpan<double> angles, int count, Span<double> sorted)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
                sorted[at++] = angles[i * count + j];
        }
        Sort(sorted[..at]);
    }

    /// <summary>
    /// Sorts values that are spread out: they are distributed to as many equal bins as there are values, and each bin is sorted. O(n) where
    /// no bin holds many values, O(n log n) at worst.
    /// </summary>
    internal static void Sort(Span<double> values)
    {
        const int Few = 64;
        double least = double.PositiveInfinity,
            most = double.NegativeInfinity;
        foreach (double value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        int n = values.Length;
        double scale = (n - 1) / (most - least);
        if (n < Few || !double.IsFinite(scale))
        {
            values.Sort();
            return;
        }
        double[] copy = ArrayPool<double>.Shared.Rent(n);
        int[] ends = ArrayPool<int>.Shared.Rent(n);
        values.CopyTo(copy);
        Array.Clear(ends, 0, n);
        foreach (double value in values)
            ends[Bin(value)]++;
        for (int bin = 1; bin < n; bin++)
            ends[bin] += ends[bin - 1];
        // Each bin is filled from its end, after which its entry holds its start.
        for (int i = n - 1; i >= 0; i--)
            values[--ends[Bin(copy[i])]] = copy[i];
        for (int bin = 0; bin < n; bin++)
        {
            int start = ends[bin],
                end = bin + 1 < n ? ends[bin + 1] : n;
            if (end - start > 1)
                values[start..end].Sort();
        }
        ArrayPool<double>.Shared.Return(copy);
        ArrayPool<int>.Shared.Return(ends);

        int Bin(double value) => Math.Min(n - 1, (int)((value - least) * scale));
    }

    /// <summary>
    /// RMS difference of two sorted lists: no permutation of the vertices brings the angles closer, because sorting both sides
    /// minimises Σ(a − b)² over all pairings of the values.
    /// </summary>
    public static double LowerBound(ReadOnlySpan<double> sorted, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int k = 0; k < other.Length; k++)
        {
            double difference = sorted[k] - other[k];
            sum += difference * difference;
        }
        return Math.Sqrt(sum / other.Length);
    }
}
