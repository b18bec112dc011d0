using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Geometry.Dictionaries;

/// <summary>
/// ab + c rounded once, on processors without such an instruction: the same bits, at a fraction of what a call for each number costs.
/// </summary>
/// <remarks>
/// In double precision ab is exact and ab + c rounded; rounding that once more to single precision is right unless it ends exactly between
/// two floats, its last 29 bits being 1 and zeros (as in musl's fmaf). These, one in 2²⁹, and what is below the normal numbers or not
/// finite, are left to <see cref="MathF.FusedMultiplyAdd"/>.
/// </remarks>
internal static class SoftwareMultiplyAdd
{
    private const long Below = (1L << 29) - 1,
        Halfway = 1L << 28;

    /// <summary>The least normal float, and the largest one.</summary>
    private const double LeastNormal = 1.1754943508222875e-38,
        Largest = float.MaxValue;

    /// <summary>Whether the processor lacks the instruction.</summary>
    internal static bool IsNeeded => !Fma.IsSupported && !AdvSimd.IsSupported;

    /// <summary>ab + c, each number rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        (Vector128<double> a0, Vector128<double> a1) = Vector128.Widen(a);
        (Vector128<double> b0, Vector128<double> b1) = Vector128.Widen(b);
        (Vector128<double> c0, Vector128<double> c1) = Vector128.Widen(c);
        Vector128<double> low = (a0 * b0) + c0,
            high = (a1 * b1) + c1;
        return (Doubtful(low) | Doubtful(high)) == Vector128<long>.Zero ? Vector128.Narrow(low, high) : OneByOne(a, b, c);
    }

    /// <summary>All bits of a number whose second rounding may be wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Doubtful(Vector128<double> x)
    {
        Vector128<double> size = Vector128.Abs(x);
        Vector128<long> isHalfway = Vector128.Equals(x.AsInt64() & Vector128.Create(Below), Vector128.Create(Halfway));
        // A zero is exact; what is not a number is not within the range.
        Vector128<double> isUsual =
            Vector128.Equals(x, Vector128<double>.Zero)
            | (
                Vector128.GreaterThanOrEqual(size, Vector128.Create(LeastNormal))
                & Vector128.LessThanOrEqual(size, Vector128.Create(Largest))
            );
        return isHalfway | ~isUsual.AsInt64();
    }

    private static Vector128<float> OneByOne(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        Vector128<float> sum = default;
        for (int i = 0; i < Vector128<float>.Count; i++)
            sum = sum.WithElement(i, MathF.FusedMultiplyAdd(a[i], b[i], c[i]));
        return sum;
    }
}
