using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>
/// Sums over the sixteen lanes of a vector, always in the same tree: lane l with l + 8, then l + 4, then l + 2, then l + 1. One vector or four at a time give
/// the same bits.
/// </summary>
internal static unsafe class LaneSums
{
    /// <summary>sum[0] += Σ a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add1(float* sum, Vector512<float> a)
    {
        Vector128<float> q = Quarter(a);
        q += Vector128.Shuffle(q, Vector128.Create(2, 3, 0, 1));
        sum[0] += q.ToScalar() + q.GetElement(1);
    }

    /// <summary>sum[0 … 3] += Σ a, Σ b, Σ c, Σ d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add4(float* sum, Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector128<float> qa = Quarter(a), qb = Quarter(b), qc = Quarter(c), qd = Quarter(d);
        Vector128<float> ab0 = Low(qa, qb), ab1 = High(qa, qb), cd0 = Low(qc, qd), cd1 = High(qc, qd);
        // ab0 = a0 b0 a1 b1, ab1 = a2 b2 a3 b3: their sum holds lanes 0+2 and 1+3 of both.
        Vector128<float> ab = ab0 + ab1, cd = cd0 + cd1;
        Vector128<float> even = Vector128.Create(ab.GetLower(), cd.GetLower()), odd = Vector128.Create(ab.GetUpper(), cd.GetUpper());
        (Vector128.Load(sum) + (even + odd)).Store(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> a)
    {
        Vector256<float> half = a.GetLower() + a.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(a, b)
        : Vector128.Create(a.GetElement(0), b.GetElement(0), a.GetElement(1), b.GetElement(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(a, b)
        : Vector128.Create(a.GetElement(2), b.GetElement(2), a.GetElement(3), b.GetElement(3));
}
