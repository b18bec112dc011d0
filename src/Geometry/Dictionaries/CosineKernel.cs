using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Dictionaries;

/// <summary>The inner loops of <see cref="CosineTile"/>: twelve sums in registers keep both multiply-add units of a core busy.</summary>
/// <remarks>
/// A processor with 16 registers takes six rows and two registers of columns; one with registers of sixteen floats takes twelve rows and
/// one register. In both an entry is the same chain of fused multiply-adds, so its bits do not depend on the kernel. Memory layout: see
/// <see cref="CosineTile"/>.
/// </remarks>
/// <typeparam name="V">A vector type, which the compiler keeps in a register.</typeparam>
/// <typeparam name="T">Its operations.</typeparam>
internal static class CosineKernel<V, T>
    where V : struct
    where T : IFloats<V>
{
    /// <summary>Six rows with 2·<see cref="IFloats{V}.Width"/> columns.</summary>
    /// <param name="x">Six vectors of length m.</param>
    /// <param name="y">The first of these columns in its panel.</param>
    /// <param name="m">Length, ≥ 1.</param>
    /// <param name="t">Where the first of their products goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SixByTwo(ref float x, ref float y, int m, ref float t)
    {
        ref float x1 = ref Unsafe.Add(ref x, m),
            x2 = ref Unsafe.Add(ref x, 2 * m),
            x3 = ref Unsafe.Add(ref x, 3 * m);
        ref float x4 = ref Unsafe.Add(ref x, 4 * m),
            x5 = ref Unsafe.Add(ref x, 5 * m);
        V p0 = default,
            p1 = default,
            p2 = default,
            p3 = default,
            p4 = default,
            p5 = default;
        V q0 = default,
            q1 = default,
            q2 = default,
            q3 = default,
            q4 = default,
            q5 = default;
        for (nint d = 0; d < m; d++)
        {
            V a = T.Load(ref y, 0),
                b = T.Load(ref y, T.Width),
                v = T.All(Unsafe.Add(ref x, d));
            y = ref Unsafe.Add(ref y, CosineTile.Columns);
            p0 = T.MultiplyAdd(a, v, p0);
            q0 = T.MultiplyAdd(b, v, q0);
            v = T.All(Unsafe.Add(ref x1, d));
            p1 = T.MultiplyAdd(a, v, p1);
            q1 = T.MultiplyAdd(b, v, q1);
            v = T.All(Unsafe.Add(ref x2, d));
            p2 = T.MultiplyAdd(a, v, p2);
            q2 = T.MultiplyAdd(b, v, q2);
            v = T.All(Unsafe.Add(ref x3, d));
            p3 = T.MultiplyAdd(a, v, p3);
            q3 = T.MultiplyAdd(b, v, q3);
            v = T.All(Unsafe.Add(ref x4, d));
            p4 = T.MultiplyAdd(a, v, p4);
            q4 = T.MultiplyAdd(b, v, q4);
            v = T.All(Unsafe.Add(ref x5, d));
            p5 = T.MultiplyAdd(a, v, p5);
            q5 = T.MultiplyAdd(b, v, q5);
        }
        Two(p0, q0, ref t, 0);
        Two(p1, q1, ref t, 1);
        Two(p2, q2, ref t, 2);
        Two(p3, q3, ref t, 3);
        Two(p4, q4, ref t, 4);
        Two(p5, q5, ref t, 5);
    }

    /// <summary>Twelve rows with <see cref="IFloats{V}.Width"/> columns.</summary>
    /// <param name="x">Twelve vectors of length m.</param>
    /// <param name="y">The first of these columns in its panel.</param>
    /// <param name="m">Length, ≥ 1.</param>
    /// <param name="t">Where the first of their products goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TwelveByOne(ref float x, ref float y, int m, ref float t)
    {
        ref float x3 = ref Unsafe.Add(ref x, 3 * (nint)m),
            x6 = ref Unsafe.Add(ref x, 6 * (nint)m),
            x9 = ref Unsafe.Add(ref x, 9 * (nint)m);
        V p0 = default,
            p1 = default,
            p2 = default,
            p3 = default,
            p4 = default,
            p5 = default;
        V p6 = default,
            p7 = default,
            p8 = default,
            p9 = default,
            p10 = default,
            p11 = default;
        nint one = m,
            two = 2 * (nint)m;
        for (nint d = 0; d < m; d++)
        {
            V a = T.Load(ref y, 0);
            y = ref Unsafe.Add(ref y, CosineTile.Columns);
            p0 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x, d)), p0);
            p1 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x, d + one)), p1);
            p2 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x, d + two)), p2);
            p3 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x3, d)), p3);
            p4 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x3, d + one)), p4);
            p5 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x3, d + two)), p5);
            p6 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x6, d)), p6);
            p7 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x6, d + one)), p7);
            p8 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x6, d + two)), p8);
            p9 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x9, d)), p9);
            p10 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x9, d + one)), p10);
            p11 = T.MultiplyAdd(a, T.All(Unsafe.Add(ref x9, d + two)), p11);
        }
        T.Store(p0, ref t, 0);
        T.Store(p1, ref t, CosineTile.Columns);
        T.Store(p2, ref t, 2 * CosineTile.Columns);
        T.Store(p3, ref t, 3 * CosineTile.Columns);
        T.Store(p4, ref t, 4 * CosineTile.Columns);
        T.Store(p5, ref t, 5 * CosineTile.Columns);
        T.Store(p6, ref t, 6 * CosineTile.Columns);
        T.Store(p7, ref t, 7 * CosineTile.Columns);
        T.Store(p8, ref t, 8 * CosineTile.Columns);
        T.Store(p9, ref t, 9 * CosineTile.Columns);
        T.Store(p10, ref t, 10 * CosineTile.Columns);
        T.Store(p11, ref t, 11 * CosineTile.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(V p, V q, ref float t, int row)
    {
        T.Store(p, ref t, row * CosineTile.Columns);
        T.Store(q, ref t, (row * CosineTile.Columns) + T.Width);
    }
}

/// <summary>The operations of <see cref="CosineTile"/> on a register of floats, with one implementation per vector size.</summary>
internal interface IFloats<V>
    where V : struct
{
    /// <summary>Number of floats in a register: 16, 8 or 4.</summary>
    static abstract int Width { get; }

    static abstract V Load(ref float from, nint offset);

    static abstract V All(float value);

    /// <summary>ab + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract void Store(V value, ref float to, nint offset);
}

/// <summary>Registers of sixteen floats, as in AVX-512 with its 32 registers.</summary>
internal readonly struct Floats512 : IFloats<Vector512<float>>
{
    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float from, nint offset) => Vector512.LoadUnsafe(ref from, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> All(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float to, nint offset) => value.StoreUnsafe(ref to, (nuint)offset);
}

/// <summary>Registers of eight floats, as in AVX2 with its 16 registers.</summary>
internal readonly struct Floats256 : IFloats<Vector256<float>>
{
    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref float from, nint offset) => Vector256.LoadUnsafe(ref from, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> All(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float to, nint offset) => value.StoreUnsafe(ref to, (nuint)offset);
}

/// <summary>Registers of four floats, for NEON and processors without wider vectors.</summary>
internal readonly struct Floats128 : IFloats<Vector128<float>>
{
    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref float from, nint offset) => Vector128.LoadUnsafe(ref from, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> All(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        SoftwareMultiplyAdd.IsNeeded ? SoftwareMultiplyAdd.Of(a, b, c) : Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, ref float to, nint offset) => value.StoreUnsafe(ref to, (nuint)offset);
}
