using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Geometry.Dictionaries;

/// <summary>
/// ab + c rounded once, on processors without such an instruction. It gives the same bits as <see cref="MathF.FusedMultiplyAdd"/>, in a
/// fraction of the time.
/// </summary>
/// <remarks>
/// In double precision ab is exact, and ab + c is rounded. To round that again to single precision is right unless it lies exactly between
/// two floats, which shows in its last 29 bits, a 1 followed by zeros (as in musl's fmaf). Such numbers, one in 2²⁹, subnormal numbers and
/// those that are not finite are left to <see cref="MathF.FusedMultiplyAdd"/>.
/// </remarks>
internal static class SoftwareMultiplyAdd
{
    private const long Below = (1L << 29) - 1,
        Halfway = 1L << 28;

    /// <summary>The smallest normal float, and the largest one.</summary>
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

    /// <summary>A mask with all bits set where the second rounding may be wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Doubtful(Vector128<double> x)
    {
        Vector128<double> size = Vector128.Abs(x);
        Vector128<long> isHalfway = Vector128.Equals(x.AsInt64() & Vector128.Create(Below), Vector128.Create(Halfway));
        // A zero is exact; NaN is not within the range.
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
