using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Dictionaries;

/// <summary>The operations of <see cref="CosineTile"/> on a register of floats, one implementation a vector size.</summary>
internal interface IFloats<V>
    where V : struct
{
    /// <summary>Floats a register: 16, 8 or 4.</summary>
    static abstract int Width { get; }

    static abstract V Load(ref float from, nint offset);

    static abstract V All(float value);

    /// <summary>ab + c, rounded once.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    static abstract void Store(V value, ref float to, nint offset);
}

/// <summary>Sixteen floats: AVX-512, with 32 registers.</summary>
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

/// <summary>Eight floats: AVX2, with 16 registers.</summary>
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

/// <summary>Four floats: NEON, and processors without wider vectors.</summary>
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
