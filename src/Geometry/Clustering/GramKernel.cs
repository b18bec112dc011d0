using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Clustering;

/// <summary>
/// Decides for 32 × 8 pairs of points, in single precision, whether they are within 1 of each other: surely, surely not, or in doubt.
/// </summary>
/// <remarks>
/// <para>‖x−y‖² = ‖x‖² + ‖y‖² − 2x·y, one multiply-add per coordinate, with the sums in sixteen registers. Partial sums of squares only
/// grow, so after every <see cref="Chunk"/> coordinates the whole tile is given up once every pair is too far apart.</para>
/// <para>Memory layout: coordinate d of point i of a leaf is at <c>[d·32 + i]</c>; half the squared norm over the first (c+1)·Chunk
/// coordinates is at <c>[c·32 + i]</c>, +∞ in the padding, which is then far from everything.</para>
/// </remarks>
internal static class GramKernel
{
    /// <summary>Points in a leaf, and bits in a row of the answer.</summary>
    internal const int Side = PointTree.LeafSize;

    /// <summary>How many points of the second leaf are handled at once.</summary>
    internal const int Group = 8;

    /// <summary>Number of coordinates between two attempts to give a tile up.</summary>
    internal const int Chunk = 16;

    private const int Lanes = 16;

    /// <summary>Bit i of near[j] and of doubt[j] stands for point i of the first leaf and point j of the group.</summary>
    /// <param name="first">Coordinates of the first leaf, 32·dim.</param>
    /// <param name="second">Coordinates of the second leaf from the group's first point on.</param>
    /// <param name="firstHalves">Half squared norms of the first leaf, by chunk.</param>
    /// <param name="secondHalves">Those of the second leaf from the group's first point on.</param>
    /// <param name="dim">Number of coordinates, ≥ 1.</param>
    /// <param name="margin">Bound on the error of a computed squared distance, in [0, 1).</param>
    /// <param name="near">Receives eight rows: the squared distance is below 1 − margin.</param>
    /// <param name="doubt">Receives eight rows: the squared distance is within 1 ± margin.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Compare(
        ref float first,
        ref float second,
        ref float firstHalves,
        ref float secondHalves,
        int dim,
        float margin,
        Span<uint> near,
        Span<uint> doubt
    )
    {
        Debug.Assert(dim >= 1 && margin is >= 0 and < 1 && near.Length >= Group && doubt.Length >= Group);
        Vector512<float> p0 = default,
            p1 = default,
            p2 = default,
            p3 = default,
            p4 = default,
            p5 = default,
            p6 = default,
            p7 = default;
        Vector512<float> q0 = default,
            q1 = default,
            q2 = default,
            q3 = default,
            q4 = default,
            q5 = default,
            q6 = default,
            q7 = default;
        near[..Group].Clear();
        doubt[..Group].Clear();
        float outer = (1 + margin) / 2,
            inner = (1 - margin) / 2;
        for (int start = 0; ; start += Chunk)
        {
            int end = Math.Min(dim, start + Chunk);
            for (int d = start; d < end; d++)
            {
                ref float y = ref Unsafe.Add(ref second, d * Side);
                Vector512<float> a = Vector512.LoadUnsafe(ref first, (nuint)(d * Side)),
                    b = Vector512.LoadUnsafe(ref first, (nuint)((d * Side) + Lanes));
                Vector512<float> v = Vector512.Create(y);
                p0 = Vector512.FusedMultiplyAdd(a, v, p0);
                q0 = Vector512.FusedMultiplyAdd(b, v, q0);
                v = Vector512.Create(Unsafe.Add(ref y, 1));
                p1 = Vector512.FusedMultiplyAdd(a, v, p1);
                q1 = Vector512.FusedMultiplyAdd(b, v, q1);
                v = Vector512.Create(Unsafe.Add(ref y, 2));
                p2 = Vector512.FusedMultiplyAdd(a, v, p2);
                q2 = Vector512.FusedMultiplyAdd(b, v, q2);
                v = Vector512.Create(Unsafe.Add(ref y, 3));
                p3 = Vector512.FusedMultiplyAdd(a, v, p3);
                q3 = Vector512.FusedMultiplyAdd(b, v, q3);
                v = Vector512.Create(Unsafe.Add(ref y, 4));
                p4 = Vector512.FusedMultiplyAdd(a, v, p4);
                q4 = Vector512.FusedMultiplyAdd(b, v, q4);
                v = Vector512.Create(Unsafe.Add(ref y, 5));
                p5 = Vector512.FusedMultiplyAdd(a, v, p5);
                q5 = Vector512.FusedMultiplyAdd(b, v, q5);
                v = Vector512.Create(Unsafe.Add(ref y, 6));
                p6 = Vector512.FusedMultiplyAdd(a, v, p6);
                q6 = Vector512.FusedMultiplyAdd(b, v, q6);
                v = Vector512.Create(Unsafe.Add(ref y, 7));
                p7 = Vector512.FusedMultiplyAdd(a, v, p7);
                q7 = Vector512.FusedMultiplyAdd(b, v, q7);
            }
            // far: x·y − (‖y‖² − 1 − margin)/2 < ‖x‖²/2 for every pair.
            ref float h = ref Unsafe.Add(ref secondHalves, start / Chunk * Side);
            Vector512<float> ha = Vector512.LoadUnsafe(ref firstHalves, (nuint)(start / Chunk * Side));
            Vector512<float> hb = Vector512.LoadUnsafe(ref firstHalves, (nuint)((start / Chunk * Side) + Lanes));
            Vector512<float> t0 = Far(ref h, 0, outer),
                t1 = Far(ref h, 1, outer),
                t2 = Far(ref h, 2, outer),
                t3 = Far(ref h, 3, outer);
            Vector512<float> t4 = Far(ref h, 4, outer),
                t5 = Far(ref h, 5, outer),
                t6 = Far(ref h, 6, outer),
                t7 = Far(ref h, 7, outer);
            Vector512<float> most = Vector512.Max(
                Vector512.Max(Vector512.Max(p0 - t0, p1 - t1), Vector512.Max(p2 - t2, p3 - t3)),
                Vector512.Max(Vector512.Max(p4 - t4, p5 - t5), Vector512.Max(p6 - t6, p7 - t7))
            );
            Vector512<float> also = Vector512.Max(
                Vector512.Max(Vector512.Max(q0 - t0, q1 - t1), Vector512.Max(q2 - t2, q3 - t3)),
                Vector512.Max(Vector512.Max(q4 - t4, q5 - t5), Vector512.Max(q6 - t6, q7 - t7))
            );
            if (Vector512.LessThanAll(most, ha) && Vector512.LessThanAll(also, hb))
                return;
            if (end < dim)
                continue;
            Decide(p0, q0, Unsafe.Add(ref h, 0), ha, hb, outer, inner, ref near[0], ref doubt[0]);
            Decide(p1, q1, Unsafe.Add(ref h, 1), ha, hb, outer, inner, ref near[1], ref doubt[1]);
            Decide(p2, q2, Unsafe.Add(ref h, 2), ha, hb, outer, inner, ref near[2], ref doubt[2]);
            Decide(p3, q3, Unsafe.Add(ref h, 3), ha, hb, outer, inner, ref near[3], ref doubt[3]);
            Decide(p4, q4, Unsafe.Add(ref h, 4), ha, hb, outer, inner, ref near[4], ref doubt[4]);
            Decide(p5, q5, Unsafe.Add(ref h, 5), ha, hb, outer, inner, ref near[5], ref doubt[5]);
            Decide(p6, q6, Unsafe.Add(ref h, 6), ha, hb, outer, inner, ref near[6], ref doubt[6]);
            Decide(p7, q7, Unsafe.Add(ref h, 7), ha, hb, outer, inner, ref near[7], ref doubt[7]);
            return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Far(ref float halves, int point, float outer) =>
        Vector512.Create(Unsafe.Add(ref halves, point) - outer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Decide(
        Vector512<float> p,
        Vector512<float> q,
        float half,
        Vector512<float> ha,
        Vector512<float> hb,
        float outer,
        float inner,
        ref uint near,
        ref uint doubt
    )
    {
        Vector512<float> far = Vector512.Create(half - outer),
            close = Vector512.Create(half - inner);
        uint surely =
            (uint)Vector512.GreaterThan(p - close, ha).ExtractMostSignificantBits()
            | ((uint)Vector512.GreaterThan(q - close, hb).ExtractMostSignificantBits() << Lanes);
        uint notFar =
            (uint)Vector512.GreaterThanOrEqual(p - far, ha).ExtractMostSignificantBits()
            | ((uint)Vector512.GreaterThanOrEqual(q - far, hb).ExtractMostSignificantBits() << Lanes);
        near = surely;
        doubt = notFar & ~surely;
    }
}
