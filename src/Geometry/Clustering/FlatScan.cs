using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Clustering;

/// <summary>
/// The inner kernel of the flat filter: is there a j with |row_j − h_c·h_j| ≥ w_c·w_j?
/// </summary>
/// <remarks>
/// Four rows a pass, so that h and w are loaded once for four: two multiply-adds, an absolute value and a maximum a row and eight features.
/// Memory layout: all spans one length, a multiple of eight; w infinite where j must not count. No allocation. Whoever gets a hit decides it again.
/// </remarks>
internal static class FlatScan
{
    /// <summary>Bit i of the result: row c_i has such a j. w_c = √diagonal_c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Four(double[] matrix, ReadOnlySpan<int> c, int stride, double[] h, double[] diagonal, double[] w)
    {
        int c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
        ref double r0 = ref matrix[c0 * stride], r1 = ref matrix[c1 * stride], r2 = ref matrix[c2 * stride], r3 = ref matrix[c3 * stride];
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h), rw = ref MemoryMarshal.GetArrayDataReference(w);
        Vector512<double> h0 = Vector512.Create(-h[c0]), h1 = Vector512.Create(-h[c1]), h2 = Vector512.Create(-h[c2]), h3 = Vector512.Create(-h[c3]);
        Vector512<double> w0 = Vector512.Create(-Math.Sqrt(diagonal[c0])), w1 = Vector512.Create(-Math.Sqrt(diagonal[c1]));
        Vector512<double> w2 = Vector512.Create(-Math.Sqrt(diagonal[c2])), w3 = Vector512.Create(-Math.Sqrt(diagonal[c3]));
        Vector512<double> m0 = Vector512.Create(double.NegativeInfinity), m1 = m0, m2 = m0, m3 = m0;
        for (nuint j = 0; j < (nuint)stride; j += 8)
        {
            Vector512<double> hj = Vector512.LoadUnsafe(ref rh, j), wj = Vector512.LoadUnsafe(ref rw, j);
            m0 = Vector512.MaxNative(m0, Excess(Vector512.LoadUnsafe(ref r0, j), hj, wj, h0, w0));
            m1 = Vector512.MaxNative(m1, Excess(Vector512.LoadUnsafe(ref r1, j), hj, wj, h1, w1));
            m2 = Vector512.MaxNative(m2, Excess(Vector512.LoadUnsafe(ref r2, j), hj, wj, h2, w2));
            m3 = Vector512.MaxNative(m3, Excess(Vector512.LoadUnsafe(ref r3, j), hj, wj, h3, w3));
        }
        return (Hit(m0) ? 1 : 0) | (Hit(m1) ? 2 : 0) | (Hit(m2) ? 4 : 0) | (Hit(m3) ? 8 : 0);
    }

    /// <summary>The same for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool One(ReadOnlySpan<double> row, double[] h, double hc, double wc, double[] w)
    {
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h), rw = ref MemoryMarshal.GetArrayDataReference(w);
        Vector512<double> h0 = Vector512.Create(-hc), w0 = Vector512.Create(-wc), most = Vector512.Create(double.NegativeInfinity);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
            most = Vector512.MaxNative(most, Excess(Vector512.LoadUnsafe(ref r, j), Vector512.LoadUnsafe(ref rh, j), Vector512.LoadUnsafe(ref rw, j), h0, w0));
        return Hit(most);
    }

    /// <summary>The same for one row and j ≠ <paramref name="self"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool AnyBut(int self, ReadOnlySpan<double> row, double[] h, double hc, double wc, double[] w)
    {
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h), rw = ref MemoryMarshal.GetArrayDataReference(w);
        Vector512<double> h0 = Vector512.Create(-hc), w0 = Vector512.Create(-wc);
        for (int j = 0; j < row.Length; j += 8)
        {
            Vector512<double> excess = Excess(Vector512.LoadUnsafe(ref r, (nuint)j), Vector512.LoadUnsafe(ref rh, (nuint)j), Vector512.LoadUnsafe(ref rw, (nuint)j), h0, w0);
            ulong hits = Vector512.GreaterThanOrEqual(excess, Vector512<double>.Zero).ExtractMostSignificantBits();
            if ((self & ~7) == j) hits &= ~(1UL << (self & 7));
            if (hits != 0) return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Excess(Vector512<double> row, Vector512<double> h, Vector512<double> w, Vector512<double> minusHc, Vector512<double> minusWc) =>
        Vector512.FusedMultiplyAdd(minusWc, w, Vector512.Abs(Vector512.FusedMultiplyAdd(minusHc, h, row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Hit(Vector512<double> excess) => Vector512.GreaterThanOrEqualAny(excess, Vector512<double>.Zero);
}
