using Geometry.LinearAlgebra;

namespace Geometry.Shapes.Matching;

/// <summary>Angles between unit vectors, in radians, accurate at 0 and π too.</summary>
/// <remarks>
/// For |cos| ≥ 0.9 the arc cosine loses digits and 2·asin(‖x ∓ y‖/2) is used: an exactly opposite pair gives π, not π − 1e-8.
/// Layout: row-major count×count, symmetric, zero diagonal. O(count²·dim).
/// </remarks>
internal static class PairAngles
{
    public static double Angle(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double dot = Vectors.Dot(x, y);
        if (Math.Abs(dot) < 0.9) return Math.Acos(dot);
        double squared = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double difference = dot > 0 ? x[k] - y[k] : x[k] + y[k];
            squared += difference * difference;
        }
        double small = 2 * Math.Asin(Math.Min(1, Math.Sqrt(squared) / 2));
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

    /// <summary>The angles of all unordered pairs, ascending; destination of length count(count−1)/2.</summary>
    public static void Sorted(ReadOnlySpan<double> angles, int count, Span<double> sorted)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++) sorted[at++] = angles[i * count + j];
        }
        sorted[..at].Sort();
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
