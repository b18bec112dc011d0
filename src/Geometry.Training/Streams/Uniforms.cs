using System.Runtime.CompilerServices;
using Geometry.RandomNumbers;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Streams;

/// <summary>
/// Uniform numbers of a <see cref="RandomStream"/>, four registers at a time: the words of <see cref="Philox"/> for as many counters as a
/// register has lanes.
/// </summary>
/// <remarks>
/// A tile is 64 samples: sample 16w + l uses word w of counter 16·tile + l, whatever the width of a register. Even and odd counters are
/// computed in words of 64 bits, so that the halves of a product are where the next round needs them. All counters of a call share three of
/// four words, so half of the first two rounds is computed once for all. The round keys are read from memory, one register each: a load is
/// free, a broadcast is not. Cost: 24 multiplications for 4·<see cref="ILanes{V}.Width"/> numbers.
/// </remarks>
internal static unsafe class Uniforms<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    /// <summary>Number of floats of the round keys.</summary>
    internal const int KeyFloats = 2 * Philox.Rounds * 16;

    private const uint M0 = 0xD2511F53,
        M1 = 0xCD9E8D57,
        W0 = 0x9E3779B9,
        W1 = 0xBB67AE85;

    /// <summary>Writes the round keys of a stream: two registers per round.</summary>
    internal static void Keys(RandomStream stream, float* keys)
    {
        for (uint r = 0; r < Philox.Rounds; r++)
        {
            L.Store(L.Words(stream.Seed + r * W0), keys + 2 * r * L.Width);
            L.Store(L.Words(stream.Run + r * W1), keys + (2 * r + 1) * L.Width);
        }
    }

    /// <summary>
    /// Numbers u·2^24, u uniform on [0, 1), of one slot: lane l of the w-th register belongs to sample 16w + l from
    /// <paramref name="counter"/> on.
    /// </summary>
    /// <remarks>
    /// counter: 16·tile + the first lane.
    /// slot: index of the number within the sample.
    /// keys: From <see cref="Keys"/>.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Next(RandomStream stream, float* keys, uint counter, uint slot, out V a, out V b, out V c, out V d)
    {
        V m0 = L.Words(M0),
            m1 = L.Words(M1);
        // In round 1, counter word 2, the step, is the same for all; in round 2, word 0 is.
        ulong step = (ulong)M1 * stream.Step;
        uint first = (uint)(step >> 32) ^ slot ^ stream.Seed;
        V even = L.AddWords(L.EvenWords, L.Words(counter)),
            p = L.Product(even, m0),
            q = L.Product(L.AddWords(even, L.Words(1)), m0);
        ulong word = (ulong)M0 * first;
        V purpose = L.Words((uint)stream.Purpose ^ stream.Run),
            other = L.Words((uint)step ^ (stream.Seed + W0));
        V same = L.Words((uint)(word >> 32) ^ (stream.Run + W1));
        V a2 = L.Xor(p, same),
            b2 = L.Xor(q, same),
            a3 = L.Words((uint)word),
            b3 = a3;
        p = L.Product(L.Xor(L.HighHalves(p), purpose), m1);
        q = L.Product(L.Xor(L.HighHalves(q), purpose), m1);
        V a0 = L.Xor(L.HighHalves(p), other),
            b0 = L.Xor(L.HighHalves(q), other),
            a1 = p,
            b1 = q;
        float* key = keys + 4 * L.Width;
        for (int r = 2; r < Philox.Rounds; r++)
        {
            V key0 = L.Load(key),
                key1 = L.Load(key + L.Width);
            V pa = L.Product(a0, m0),
                ra = L.Product(a2, m1);
            a0 = L.Xor(L.Xor(L.HighHalves(ra), a1), key0);
            a1 = ra;
            a2 = L.Xor(L.Xor(L.HighHalves(pa), a3), key1);
            a3 = pa;
            V pb = L.Product(b0, m0),
                rb = L.Product(b2, m1);
            b0 = L.Xor(L.Xor(L.HighHalves(rb), b1), key0);
            b1 = rb;
            b2 = L.Xor(L.Xor(L.HighHalves(pb), b3), key1);
            b3 = pb;
            key += 2 * L.Width;
        }
        a = Number(a0, b0);
        b = Number(a1, b1);
        c = Number(a2, b2);
        d = Number(a3, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Number(V even, V odd) => L.FromInteger(L.ShiftRight(L.Interleave(even, odd), 8));
}
