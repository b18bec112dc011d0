using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Grassmannian.Planes;

/// <summary>The inner kernel of the flat filter: is there a j with |row_j − h_c·h_j| ≥ w_c·w_j?</summary>
/// <remarks>
/// Four rows are scanned in one pass, so that h and w are loaded once for four rows: two multiply-adds, an absolute value and a maximum per
/// row and eight features. Memory layout: all spans have one length, a multiple of eight; w is infinite where j must not count. No
/// allocation. The caller decides each hit again.
/// </remarks>
internal static class FlatScan
{
    /// <summary>Bit i of the result is set when row c_i has such a j; w_c = √diagonal_c.</summary>
    internal static int Four(double[] matrix, ReadOnlySpan<int> c, int stride, double[] h, double[] diagonal, double[] w) =>
        Vector512.IsHardwareAccelerated ? Four<Vector512<double>, Doubles512>(matrix, c, stride, h, diagonal, w)
        : Vector256.IsHardwareAccelerated ? Four<Vector256<double>, Doubles256>(matrix, c, stride, h, diagonal, w)
        : Four<Vector128<double>, Doubles128>(matrix, c, stride, h, diagonal, w);

    /// <summary>
    /// The same with registers of a given size. Twelve of them hold what four rows need, so that sixteen of 256 bits are enough; an
    /// emulated Vector512 would need 24 and fetch most of them from memory each time. Maxima and comparisons do not depend on the size.
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

/// <summary>
/// The operations of the flat scan on a register of <see cref="Width"/> doubles, with one implementation per vector size.
/// </summary>
internal interface IDoubles<V>
    where V : struct
{
    /// <summary>Number of doubles in a register: 8, 4 or 2.</summary>
    static abstract int Width { get; }

    static abstract V Load(ref double from, nuint offset);

    static abstract V All(double value);

    /// <summary>ab + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V Abs(V a);

    /// <summary>The larger of two numbers that are not NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>True when some number is at least 0.</summary>
    static abstract bool AnyNotNegative(V a);
}

/// <summary>Eight doubles, for AVX-512.</summary>
internal readonly struct Doubles512 : IDoubles<Vector512<double>>
{
    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(ref double from, nuint offset) => Vector512.LoadUnsafe(ref from, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> All(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) => Vector512.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNotNegative(Vector512<double> a) => Vector512.GreaterThanOrEqualAny(a, Vector512<double>.Zero);
}

/// <summary>Four doubles, for AVX2.</summary>
internal readonly struct Doubles256 : IDoubles<Vector256<double>>
{
    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(ref double from, nuint offset) => Vector256.LoadUnsafe(ref from, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> All(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNotNegative(Vector256<double> a) => Vector256.GreaterThanOrEqualAny(a, Vector256<double>.Zero);
}

/// <summary>Two doubles, for NEON and processors without wider vectors.</summary>
internal readonly struct Doubles128 : IDoubles<Vector128<double>>
{
    public static int Width => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(ref double from, nuint offset) => Vector128.LoadUnsafe(ref from, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> All(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Abs(Vector128<double> a) => Vector128.Abs(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyNotNegative(Vector128<double> a) => Vector128.GreaterThanOrEqualAny(a, Vector128<double>.Zero);
}
