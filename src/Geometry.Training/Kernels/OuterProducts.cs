using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// S += P Qᵀ (+ P₂ Q₂ᵀ) over a block of samples: s_ki += Σ_s p_k(s) q_i(s) + Σ_s p₂_k(s) q₂_i(s). The gradient of a tied model is both
/// products at once, H Gᵀ + E Xᵀ.
/// </summary>
/// <remarks>
/// Memory layout: p_k(s) at p[k·stride + s], the others likewise; s_ki at sum[k·sumStride + i]. Register blocking: 5 rows by a panel P of
/// columns, then 2, then 1 by four registers; the remaining columns one by one. Sixteen lanes are always summed separately: a smaller
/// register passes over the samples 2 or 4 times, for 8 or 4 of the lanes each time. At the end the lanes are added in a fixed tree. Cost:
/// rows·columns·samples/16 multiply-adds of sixteen numbers per product.
/// </remarks>
internal static unsafe class OuterProducts<V, L, P>
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    /// <summary>Adds the products over <paramref name="length"/> samples, a multiple of 16.</summary>
    /// <remarks>
    /// p2: the left factor of the second product, or null without one.
    /// </remarks>
    internal static void Add(
        float* p,
        float* q,
        float* p2,
        float* q2,
        int rows,
        int columns,
        int stride,
        int length,
        float* sum,
        int sumStride
    )
    {
        int five = rows - rows % 5;
        Columns<P>(p, q, p2, q2, 0, five, columns, stride, length, sum, sumStride);
        Columns<Panel4<V, L>>(p, q, p2, q2, five, rows, columns, stride, length, sum, sumStride);
    }

    private static void Columns<T>(
        float* p,
        float* q,
        float* p2,
        float* q2,
        int first,
        int end,
        int columns,
        int stride,
        int length,
        float* sum,
        int sumStride
    )
        where T : struct, IPanel<T>
    {
        int i = 0;
        for (; first < end && i + T.Count <= columns; i += T.Count)
            Rows<T>(p, q, p2, q2, first, end, i, stride, length, sum, sumStride);
        for (; first < end && i < columns; i++)
            Rows<Panel1<V, L>>(p, q, p2, q2, first, end, i, stride, length, sum, sumStride);
    }

    private static void Rows<T>(
        float* p,
        float* q,
        float* p2,
        float* q2,
        int first,
        int end,
        int column,
        int stride,
        int length,
        float* sum,
        int sumStride
    )
        where T : struct, IPanel<T>
    {
        float* qi = q + (nint)column * stride,
            qi2 = p2 == null ? null : q2 + (nint)column * stride;
        for (int k = first; k < end; )
        {
            float* pk = p + (nint)k * stride,
                pk2 = p2 == null ? null : p2 + (nint)k * stride,
                target = sum + (nint)k * sumStride + column;
            int left = end - k;
            if (left >= 5)
                Tile5<T>(pk, qi, pk2, qi2, stride, length, target, sumStride);
            else if (left >= 2)
                Tile2<T>(pk, qi, pk2, qi2, stride, length, target, sumStride);
            else
                Tile1<T>(pk, qi, pk2, qi2, stride, length, target);
            k +=
                left >= 5 ? 5
                : left >= 2 ? 2
                : 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Tile5<T>(float* p, float* q, float* p2, float* q2, nint stride, int length, float* sum, nint sumStride)
        where T : struct, IPanel<T>
    {
        float* lanes = stackalloc float[5 * 4 * LaneSums.Lanes];
        for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
        {
            T c0 = default,
                c1 = default,
                c2 = default,
                c3 = default,
                c4 = default;
            float* pl = p + lane,
                ql = q + lane;
            while (true)
            {
                for (nint s = 0; s < length; s += LaneSums.Lanes)
                {
                    T column = T.LoadRows(ql + s, stride);
                    c0.AddProduct(pl + s, column);
                    c1.AddProduct(pl + s + stride, column);
                    c2.AddProduct(pl + s + 2 * stride, column);
                    c3.AddProduct(pl + s + 3 * stride, column);
                    c4.AddProduct(pl + s + 4 * stride, column);
                }
                if (p2 == null || pl == p2 + lane)
                    break;
                pl = p2 + lane;
                ql = q2 + lane;
            }
            if (L.Width == LaneSums.Lanes)
            {
                c0.AddSums(sum);
                c1.AddSums(sum + sumStride);
                c2.AddSums(sum + 2 * sumStride);
                c3.AddSums(sum + 3 * sumStride);
                c4.AddSums(sum + 4 * sumStride);
                return;
            }
            c0.Spill(lanes + lane);
            c1.Spill(lanes + 64 + lane);
            c2.Spill(lanes + 128 + lane);
            c3.Spill(lanes + 192 + lane);
            c4.Spill(lanes + 256 + lane);
        }
        for (int r = 0; r < 5; r++)
            T.AddSums(lanes + r * 64, sum + r * sumStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Tile2<T>(float* p, float* q, float* p2, float* q2, nint stride, int length, float* sum, nint sumStride)
        where T : struct, IPanel<T>
    {
        float* lanes = stackalloc float[2 * 4 * LaneSums.Lanes];
        for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
        {
            T c0 = default,
                c1 = default;
            float* pl = p + lane,
                ql = q + lane;
            while (true)
            {
                for (nint s = 0; s < length; s += LaneSums.Lanes)
                {
                    T column = T.LoadRows(ql + s, stride);
                    c0.AddProduct(pl + s, column);
                    c1.AddProduct(pl + s + stride, column);
                }
                if (p2 == null || pl == p2 + lane)
                    break;
                pl = p2 + lane;
                ql = q2 + lane;
            }
            if (L.Width == LaneSums.Lanes)
            {
                c0.AddSums(sum);
                c1.AddSums(sum + sumStride);
                return;
            }
            c0.Spill(lanes + lane);
            c1.Spill(lanes + 64 + lane);
        }
        T.AddSums(lanes, sum);
        T.AddSums(lanes + 64, sum + sumStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Tile1<T>(float* p, float* q, float* p2, float* q2, nint stride, int length, float* sum)
        where T : struct, IPanel<T>
    {
        float* lanes = stackalloc float[4 * LaneSums.Lanes];
        for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
        {
            T c0 = default;
            float* pl = p + lane,
                ql = q + lane;
            while (true)
            {
                for (nint s = 0; s < length; s += LaneSums.Lanes)
                    c0.AddProduct(pl + s, T.LoadRows(ql + s, stride));
                if (p2 == null || pl == p2 + lane)
                    break;
                pl = p2 + lane;
                ql = q2 + lane;
            }
            if (L.Width == LaneSums.Lanes)
            {
                c0.AddSums(sum);
                return;
            }
            c0.Spill(lanes + lane);
        }
        T.AddSums(lanes, sum);
    }
}
