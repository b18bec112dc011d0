using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Grassmannian.Planes;

/// <summary>
/// The inner kernel of the flat filter: is there a j with |row_j − h_c·h_j| ≥ w_c·w_j?
/// </summary>
/// <remarks>
/// Four rows a pass, so that h and w are loaded once for four: two multiply-adds, an absolute value and a maximum a row and eight features.
/// Memory layout: all spans one length, a multiple of eight; w infinite where j must not count. No allocation. Whoever gets a hit decides
/// it again.
/// </remarks>
internal static class FlatScan
{
    /// <summary>Bit i of the result: row c_i has such a j. w_c = √diagonal_c.</summary>
    internal static int Four(double[] matrix, ReadOnlySpan<int> c, int stride, double[] h, double[] diagonal, double[] w) =>
        Vector512.IsHardwareAccelerated ? Four<Vector512<double>, Doubles512>(matrix, c, stride, h, diagonal, w)
        : Vector256.IsHardwareAccelerated ? Four<Vector256<double>, Doubles256>(matrix, c, stride, h, diagonal, w)
        : Four<Vector128<double>, Doubles128>(matrix, c, stride, h, diagonal, w);

    /// <summary>
    /// The same with registers of some size. Twelve of them hold what four rows need, so that sixteen of 256 bits are enough; an emulated
    /// Vector512 would need 24 and fetch most of them from memory each time. Maxima and comparisons do not depend on the size.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int Four<V, D>(double[] matrix, ReadOnlySpan<int> c, int stride, double[] h, double[] diagonal, double[] w)
        where V : struct
        where D : struct, IDoubles<V>
    {
        int c0 = c[0],
            c1 = c[1],
            c2 = c[2],
            c3 = c[3];
        ref double r0 = ref matrix[c0 * stride],
            r1 = ref matrix[c1 * stride],
            r2 = ref matrix[c2 * stride],
            r3 = ref matrix[c3 * stride];
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h),
            rw = ref MemoryMarshal.GetArrayDataReference(w);
        V h0 = D.All(-h[c0]),
            h1 = D.All(-h[c1]),
            h2 = D.All(-h[c2]),
            h3 = D.All(-h[c3]);
        V w0 = D.All(-Math.Sqrt(diagonal[c0])),
            w1 = D.All(-Math.Sqrt(diagonal[c1]));
        V w2 = D.All(-Math.Sqrt(diagonal[c2])),
            w3 = D.All(-Math.Sqrt(diagonal[c3]));
        V m0 = D.All(double.NegativeInfinity),
            m1 = m0,
            m2 = m0,
            m3 = m0;
        for (nuint j = 0; j < (nuint)stride; j += (nuint)D.Width)
        {
            V hj = D.Load(ref rh, j),
                wj = D.Load(ref rw, j);
            m0 = D.Max(m0, D.MultiplyAdd(w0, wj, D.Abs(D.MultiplyAdd(h0, hj, D.Load(ref r0, j)))));
            m1 = D.Max(m1, D.MultiplyAdd(w1, wj, D.Abs(D.MultiplyAdd(h1, hj, D.Load(ref r1, j)))));
            m2 = D.Max(m2, D.MultiplyAdd(w2, wj, D.Abs(D.MultiplyAdd(h2, hj, D.Load(ref r2, j)))));
            m3 = D.Max(m3, D.MultiplyAdd(w3, wj, D.Abs(D.MultiplyAdd(h3, hj, D.Load(ref r3, j)))));
        }
        return (D.AnyNotNegative(m0) ? 1 : 0)
            | (D.AnyNotNegative(m1) ? 2 : 0)
            | (D.AnyNotNegative(m2) ? 4 : 0)
            | (D.AnyNotNegative(m3) ? 8 : 0);
    }

    /// <summary>The same for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool One(ReadOnlySpan<double> row, double[] h, double hc, double wc, double[] w)
    {
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h),
            rw = ref MemoryMarshal.GetArrayDataReference(w);
        Vector512<double> h0 = Vector512.Create(-hc),
            w0 = Vector512.Create(-wc),
            most = Vector512.Create(double.NegativeInfinity);
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
            most = Vector512.MaxNative(
                most,
                Excess(Vector512.LoadUnsafe(ref r, j), Vector512.LoadUnsafe(ref rh, j), Vector512.LoadUnsafe(ref rw, j), h0, w0)
            );
        return Hit(most);
    }

    /// <summary>The same for one row and j ≠ <paramref name="self"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool AnyBut(int self, ReadOnlySpan<double> row, double[] h, double hc, double wc, double[] w)
    {
        ref double r = ref MemoryMarshal.GetReference(row);
        ref double rh = ref MemoryMarshal.GetArrayDataReference(h),
            rw = ref MemoryMarshal.GetArrayDataReference(w);
        Vector512<double> h0 = Vector512.Create(-hc),
            w0 = Vector512.Create(-wc);
        for (int j = 0; j < row.Length; j += 8)
        {
            Vector512<double> excess = Excess(
                Vector512.LoadUnsafe(ref r, (nuint)j),
                Vector512.LoadUnsafe(ref rh, (nuint)j),
                Vector512.LoadUnsafe(ref rw, (nuint)j),
                h0,
                w0
            );
            ulong hits = Vector512.GreaterThanOrEqual(excess, Vector512<double>.Zero).ExtractMostSignificantBits();
            if ((self & ~7) == j)
                hits &= ~(1UL << (self & 7));
            if (hits != 0)
                return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Excess(
        Vector512<double> row,
        Vector512<double> h,
        Vector512<double> w,
        Vector512<double> minusHc,
        Vector512<double> minusWc
    ) => Vector512.FusedMultiplyAdd(minusWc, w, Vector512.Abs(Vector512.FusedMultiplyAdd(minusHc, h, row)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Hit(Vector512<double> excess) => Vector512.GreaterThanOrEqualAny(excess, Vector512<double>.Zero);
}
