using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Finds arrays with the same content: a matrix and its transpose, or its copy, which a tied model saves twice.</summary>
internal static class TiedWeights
{
    private const int BlockValues = 1 << 15;
    private const int MostCompared = 64;

    /// <summary>The candidates, without those that equal an earlier one or its transpose.</summary>
    /// <remarks>
    /// Equal means within rounding: four units in the last place of the coarser type. Each array is compared only with the first array of
    /// the same two axes, until they differ: O(bytes), and two blocks of 32 768 values.
    /// </remarks>
    public static List<TensorEntry> Once(List<TensorEntry> candidates)
    {
        if (candidates.Count is < 2 or > MostCompared)
            return candidates;
        var first = new Dictionary<(int, long, long, long), TensorEntry>();
        var kept = new List<TensorEntry>();
        foreach (TensorEntry entry in candidates)
        {
            (long rows, long columns) = (entry.Shape[^2], entry.Shape[^1]);
            var shape = (
                entry.Shape.Length,
                entry.Shape.Length == 3 ? entry.Shape[0] : 1,
                Math.Min(rows, columns),
                Math.Max(rows, columns)
            );
            if (first.TryAdd(shape, entry) || !SaysTheSame(first[shape], entry))
                kept.Add(entry);
        }
        return kept;
    }

    private static bool SaysTheSame(TensorEntry a, TensorEntry b)
    {
        if (a.Count == 0 || b.Count != a.Count || a.Shape.Length is not (2 or 3))
            return false;
        bool alike = a.Shape[^1] == b.Shape[^1] && a.Shape[^2] == b.Shape[^2];
        return (alike && Equal(a, b)) || (a.Shape[^1] == b.Shape[^2] && a.Shape[^2] == b.Shape[^1] && Equal(a, Transposed(b)));
    }

    private static TensorEntry Transposed(TensorEntry entry)
    {
        (long[] shape, long[] strides) = ((long[])entry.Shape.Clone(), (long[])entry.Strides.Clone());
        (shape[^1], shape[^2]) = (shape[^2], shape[^1]);
        (strides[^1], strides[^2]) = (strides[^2], strides[^1]);
        return entry with { Shape = shape, Strides = strides };
    }

    private static bool Equal(TensorEntry a, TensorEntry b)
    {
        double unit = 4 * Math.Max(Epsilon(a.Type), Epsilon(b.Type));
        long slices = a.Shape[0],
            slice = a.Count / a.Shape[0];
        if (slice > Array.MaxLength)
            return false;
        using var left = new TensorReader(a);
        using var right = new TensorReader(b);
        int most = (int)Math.Max(1, BlockValues / slice);
        double[] x = new double[Math.Min(most, slices) * slice],
            y = new double[x.Length];
        // One slice nearly always decides; whole blocks follow only while the two agree.
        for (long at = 0, count = 1; at < slices; at += count, count = most)
        {
            count = Math.Min(count, slices - at);
            int length = (int)(count * slice);
            left.Read(at, (int)count, x.AsSpan(0, length));
            right.Read(at, (int)count, y.AsSpan(0, length));
            for (int k = 0; k < length; k++)
            {
                if (!(Math.Abs(x[k] - y[k]) <= unit * Math.Max(Math.Abs(x[k]), Math.Abs(y[k]))))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Distance from 1 to the next value of the type.</summary>
    private static double Epsilon(ElementType type) =>
        type switch
        {
            ElementType.BFloat16 => 1.0 / (1 << 7),
            ElementType.Float16 => 1.0 / (1 << 10),
            ElementType.Float32 => 1.0 / (1 << 23),
            _ => 1.0 / (1L << 52),
        };
}
