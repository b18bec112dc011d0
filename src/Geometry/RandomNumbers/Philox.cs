using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Geometry.RandomNumbers;

/// <summary>Philox4x32, a counter-based generator of random words.</summary>
/// <remarks>
/// A bijection of the 128-bit counter (c0, c1, c2, c3), keyed by (k0, k1), gives four 32-bit words. Any word of any stream can be computed
/// without those before it, so that random data depend on their counter and key alone and never on the order of the work. Seven rounds are
/// used, the fewest with which Philox4x32 passed all of BigCrush, at 21 vector instructions for 16 words. Source: Salmon, Moraes, Dror and
/// Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11, doi:10.1145/2063384.2063405, table 2.
/// </remarks>
public static class Philox
{
    /// <summary>The number of rounds by default.</summary>
    public const int Rounds = 7;
    private const uint M0 = 0xD2511F53,
        M1 = 0xCD9E8D57,
        W0 = 0x9E3779B9,
        W1 = 0xBB67AE85;

    /// <summary>The four words of one counter.</summary>
    public static (uint X, uint Y, uint Z, uint W) Words(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, int rounds = Rounds)
    {
        for (int r = 0; r < rounds; r++)
        {
            ulong p0 = (ulong)M0 * c0,
                p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The words of the sixteen counters (c0 + lane, c1, c2, c3): lane l of the w-th vector is word w of counter c0 + l.</summary>
    /// <remarks>
    /// Even and odd lanes are computed in 64-bit lanes of their own, where the halves of a product are already in the place in which the
    /// next round needs them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Words16(
        uint c0,
        uint c1,
        uint c2,
        uint c3,
        uint k0,
        uint k1,
        out Vector512<uint> x,
        out Vector512<uint> y,
        out Vector512<uint> z,
        out Vector512<uint> w
    )
    {
        Vector512<ulong> evenLanes = Vector512.Create(0UL, 2, 4, 6, 8, 10, 12, 14);
        Vector512<ulong> a0 = evenLanes + Vector512.Create((ulong)c0),
            a1 = Vector512.Create((ulong)c1);
        Vector512<ulong> a2 = Vector512.Create((ulong)c2),
            a3 = Vector512.Create((ulong)c3);
        Vector512<ulong> b0 = a0 + Vector512<ulong>.One,
            b1 = a1,
            b2 = a2,
            b3 = a3;
        for (int r = 0; r < Rounds; r++)
        {
            Vector512<ulong> key0 = Vector512.Create((ulong)k0),
                key1 = Vector512.Create((ulong)k1);
            Vector512<ulong> p0 = Product(a0, M0),
                p1 = Product(a2, M1),
                q0 = Product(b0, M0),
                q1 = Product(b2, M1);
            a0 = (p1 >>> 32) ^ a1 ^ key0;
            a1 = p1;
            a2 = (p0 >>> 32) ^ a3 ^ key1;
            a3 = p0;
            b0 = (q1 >>> 32) ^ b1 ^ key0;
            b1 = q1;
            b2 = (q0 >>> 32) ^ b3 ^ key1;
            b3 = q0;
            k0 += W0;
            k1 += W1;
        }
        x = Interleave(a0, b0);
        y = Interleave(a1, b1);
        z = Interleave(a2, b2);
        w = Interleave(a3, b3);
    }

    /// <summary>The low 32 bits of each lane times a constant, as 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> value, uint factor)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(value.AsUInt32(), Vector512.Create((ulong)factor).AsUInt32());
        if (Avx2.IsSupported)
        {
            Vector256<uint> f = Vector256.Create((ulong)factor).AsUInt32();
            return Vector512.Create(Avx2.Multiply(value.GetLower().AsUInt32(), f), Avx2.Multiply(value.GetUpper().AsUInt32(), f));
        }
        return (value & Vector512.Create(0xFFFFFFFFUL)) * Vector512.Create((ulong)factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Interleave(Vector512<ulong> even, Vector512<ulong> odd) =>
        ((even & Vector512.Create(0xFFFFFFFFUL)) | (odd << 32)).AsUInt32();
}
