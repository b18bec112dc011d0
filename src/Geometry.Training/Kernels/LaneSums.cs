using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Geometry.Training.Kernels;

/// <summary>
/// Sums over sixteen lanes, always in the same tree: lane l with l + 8, then l + 4, then l + 2, then l + 1. The arguments are the quarter
/// that the first two additions leave; one, two or four sums at a time give the same bits.
/// </summary>
internal static unsafe class LaneSums
{
    /// <summary>Number of lanes over which every sum of the kernels is split, whatever the width of a register.</summary>
    internal const int Lanes = 16;

    /// <summary>sum[0] += Σ a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(float* sum, Vector128<float> a)
    {
        a += Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        sum[0] += a.ToScalar() + a.GetElement(1);
    }

    /// <summary>sum[0, 1] += Σ a, Σ b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(float* sum, Vector128<float> a, Vector128<float> b)
    {
        // a0+a2, b0+b2, a1+a3, b1+b3.
        Vector128<float> ab = Low(a, b) + High(a, b);
        ab += Vector128.Shuffle(ab, Vector128.Create(2, 3, 0, 1));
        sum[0] += ab.ToScalar();
        sum[1] += ab.GetElement(1);
    }

    /// <summary>sum[0 … 3] += Σ a, Σ b, Σ c, Σ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(float* sum, Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> ab = Low(a, b) + High(a, b),
            cd = Low(c, d) + High(c, d);
        Vector128<float> even = Vector128.Create(ab.GetLower(), cd.GetLower()),
            odd = Vector128.Create(ab.GetUpper(), cd.GetUpper());
        (Vector128.Load(sum) + (even + odd)).Store(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
}
