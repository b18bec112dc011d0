using System.Globalization;

namespace Geometry.Storage.Tensors;

/// <summary>Arithmetic on shapes and strides (in elements) that reports every overflow.</summary>
internal static class TensorShape
{
    /// <summary>Largest number of axes of a stored array; more count as damage (NumPy stops at 64).</summary>
    public const int MaxRank = 64;

    /// <summary>∏ shape, 1 for a scalar; false when an axis is negative or the product exceeds 2^62.</summary>
    public static bool TryCount(ReadOnlySpan<long> shape, out long count)
    {
        const long most = 1L << 62;
        count = 1;
        bool empty = false;
        foreach (long axis in shape)
        {
            if (axis < 0)
                return false;
            if (axis == 0)
                empty = true;
            else if (count > most / axis)
                return false;
            else
                count *= axis;
        }
        if (empty)
            count = 0;
        return true;
    }

    /// <summary>Strides of a dense array whose last (C) or first (Fortran) axis is contiguous.</summary>
    public static long[] DenseStrides(ReadOnlySpan<long> shape, bool fortran)
    {
        var strides = new long[shape.Length];
        long step = 1;
        for (int k = 0; k < shape.Length; k++)
        {
            int axis = fortran ? k : shape.Length - 1 - k;
            strides[axis] = step;
            step *= Math.Max(shape[axis], 1);
        }
        return strides;
    }

    /// <summary>
    /// Largest element index of a view, offset + Σ (shape − 1)·stride; false when it exceeds 2^63 − 1. No axis may be zero.
    /// </summary>
    public static bool TryLastIndex(ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, long offset, out long last)
    {
        Int128 sum = offset;
        last = 0;
        for (int k = 0; k < shape.Length; k++)
        {
            sum += (Int128)(shape[k] - 1) * strides[k];
            if (sum > long.MaxValue)
                return false;
        }
        last = (long)sum;
        return true;
    }

    /// <summary>The shape as Python prints a tuple: <c>()</c>, <c>(5,)</c>, <c>(2, 5)</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape)
    {
        if (shape.Length == 1)
            return string.Create(CultureInfo.InvariantCulture, $"({shape[0]},)");
        var parts = new string[shape.Length];
        for (int k = 0; k < parts.Length; k++)
            parts[k] = shape[k].ToString(CultureInfo.InvariantCulture);
        return "(" + string.Join(", ", parts) + ")";
    }
}
