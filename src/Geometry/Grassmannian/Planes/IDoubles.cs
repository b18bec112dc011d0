using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Grassmannian.Planes;

/// <summary>The operations of the flat scan on a register of <see cref="Width"/> doubles, one implementation a vector size.</summary>
internal interface IDoubles<V>
    where V : struct
{
    /// <summary>Doubles a register: 8, 4 or 2.</summary>
    static abstract int Width { get; }

    static abstract V Load(ref double from, nuint offset);

    static abstract V All(double value);

    /// <summary>ab + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract V Abs(V a);

    /// <summary>The larger one of two that are not NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>True when some number is 0 or more.</summary>
    static abstract bool AnyNotNegative(V a);
}

/// <summary>Eight doubles: AVX-512.</summary>
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

/// <summary>Four doubles: AVX2.</summary>
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

/// <summary>Two doubles: NEON, and processors without wider vectors.</summary>
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
