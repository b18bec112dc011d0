using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>
/// S += P Qᵀ (+ P₂ Q₂ᵀ) over a block of samples: s_ki += Σ_s p_k(s) q_i(s) + Σ_s p₂_k(s) q₂_i(s). A tied model's gradient is both products at once, H Gᵀ + E Xᵀ.
/// </summary>
/// <remarks>
/// Memory layout: p_k(s) at p[k·stride + s], likewise the others; s_ki at sum[k·sumStride + i]. Register blocking: 5 by 4 entries, with the remainders
/// 2, 1 by 4, 1. Sixteen lanes are summed apart and added in a fixed tree at the end. Cost: rows·columns·samples/16 vector multiply-adds a product.
/// </remarks>
internal static unsafe class OuterProducts
{
    /// <summary>Adds the products over <paramref name="length"/> samples, a multiple of 16.</summary>
    /// <remarks>
    /// p2: The second product's left factor, or null when there is none.
    /// </remarks>
    internal static void Add(
        float* p, float* q, float* p2, float* q2, int rows, int columns, int stride, int length, float* sum, int sumStride)
    {
        for (int i = 0; i < columns;)
        {
            bool wide = i + 4 <= columns;
            for (int k = 0; k < rows;)
            {
                float* pk = p + (nint)k * stride, pk2 = p2 == null ? null : p2 + (nint)k * stride, qi = q + (nint)i * stride;
                float* qi2 = p2 == null ? null : q2 + (nint)i * stride, target = sum + (nint)k * sumStride + i;
                if (k + 5 <= rows)
                {
                    if (wide) Tile5x4(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    else Tile5x1(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    k += 5;
                }
                else if (k + 2 <= rows)
                {
                    if (wide) Tile2x4(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    else Tile2x1(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    k += 2;
                }
                else
                {
                    if (wide) Tile1x4(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    else Tile1x1(pk, qi, pk2, qi2, stride, length, target, sumStride);
                    k++;
                }
            }
            i += wide ? 4 : 1;
        }
    }

    /// <summary>5×4 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile5x4(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<float> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<float> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<float> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<float> c40 = default, c41 = default, c42 = default, c43 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> q_1 = Vector512.Load(q + s + stride);
                Vector512<float> q_2 = Vector512.Load(q + s + 2 * stride);
                Vector512<float> q_3 = Vector512.Load(q + s + 3 * stride);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
                c01 = Vector512.FusedMultiplyAdd(p_0, q_1, c01);
                c02 = Vector512.FusedMultiplyAdd(p_0, q_2, c02);
                c03 = Vector512.FusedMultiplyAdd(p_0, q_3, c03);
                Vector512<float> p_1 = Vector512.Load(p + s + stride);
                c10 = Vector512.FusedMultiplyAdd(p_1, q_0, c10);
                c11 = Vector512.FusedMultiplyAdd(p_1, q_1, c11);
                c12 = Vector512.FusedMultiplyAdd(p_1, q_2, c12);
                c13 = Vector512.FusedMultiplyAdd(p_1, q_3, c13);
                Vector512<float> p_2 = Vector512.Load(p + s + 2 * stride);
                c20 = Vector512.FusedMultiplyAdd(p_2, q_0, c20);
                c21 = Vector512.FusedMultiplyAdd(p_2, q_1, c21);
                c22 = Vector512.FusedMultiplyAdd(p_2, q_2, c22);
                c23 = Vector512.FusedMultiplyAdd(p_2, q_3, c23);
                Vector512<float> p_3 = Vector512.Load(p + s + 3 * stride);
                c30 = Vector512.FusedMultiplyAdd(p_3, q_0, c30);
                c31 = Vector512.FusedMultiplyAdd(p_3, q_1, c31);
                c32 = Vector512.FusedMultiplyAdd(p_3, q_2, c32);
                c33 = Vector512.FusedMultiplyAdd(p_3, q_3, c33);
                Vector512<float> p_4 = Vector512.Load(p + s + 4 * stride);
                c40 = Vector512.FusedMultiplyAdd(p_4, q_0, c40);
                c41 = Vector512.FusedMultiplyAdd(p_4, q_1, c41);
                c42 = Vector512.FusedMultiplyAdd(p_4, q_2, c42);
                c43 = Vector512.FusedMultiplyAdd(p_4, q_3, c43);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add4(sum, c00, c01, c02, c03);
        LaneSums.Add4(sum + sumStride, c10, c11, c12, c13);
        LaneSums.Add4(sum + 2 * sumStride, c20, c21, c22, c23);
        LaneSums.Add4(sum + 3 * sumStride, c30, c31, c32, c33);
        LaneSums.Add4(sum + 4 * sumStride, c40, c41, c42, c43);
    }

    /// <summary>5×1 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile5x1(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default;
        Vector512<float> c10 = default;
        Vector512<float> c20 = default;
        Vector512<float> c30 = default;
        Vector512<float> c40 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
                Vector512<float> p_1 = Vector512.Load(p + s + stride);
                c10 = Vector512.FusedMultiplyAdd(p_1, q_0, c10);
                Vector512<float> p_2 = Vector512.Load(p + s + 2 * stride);
                c20 = Vector512.FusedMultiplyAdd(p_2, q_0, c20);
                Vector512<float> p_3 = Vector512.Load(p + s + 3 * stride);
                c30 = Vector512.FusedMultiplyAdd(p_3, q_0, c30);
                Vector512<float> p_4 = Vector512.Load(p + s + 4 * stride);
                c40 = Vector512.FusedMultiplyAdd(p_4, q_0, c40);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add1(sum, c00);
        LaneSums.Add1(sum + sumStride, c10);
        LaneSums.Add1(sum + 2 * sumStride, c20);
        LaneSums.Add1(sum + 3 * sumStride, c30);
        LaneSums.Add1(sum + 4 * sumStride, c40);
    }

    /// <summary>2×4 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x4(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<float> c10 = default, c11 = default, c12 = default, c13 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> q_1 = Vector512.Load(q + s + stride);
                Vector512<float> q_2 = Vector512.Load(q + s + 2 * stride);
                Vector512<float> q_3 = Vector512.Load(q + s + 3 * stride);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
                c01 = Vector512.FusedMultiplyAdd(p_0, q_1, c01);
                c02 = Vector512.FusedMultiplyAdd(p_0, q_2, c02);
                c03 = Vector512.FusedMultiplyAdd(p_0, q_3, c03);
                Vector512<float> p_1 = Vector512.Load(p + s + stride);
                c10 = Vector512.FusedMultiplyAdd(p_1, q_0, c10);
                c11 = Vector512.FusedMultiplyAdd(p_1, q_1, c11);
                c12 = Vector512.FusedMultiplyAdd(p_1, q_2, c12);
                c13 = Vector512.FusedMultiplyAdd(p_1, q_3, c13);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add4(sum, c00, c01, c02, c03);
        LaneSums.Add4(sum + sumStride, c10, c11, c12, c13);
    }

    /// <summary>2×1 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile2x1(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default;
        Vector512<float> c10 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
                Vector512<float> p_1 = Vector512.Load(p + s + stride);
                c10 = Vector512.FusedMultiplyAdd(p_1, q_0, c10);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add1(sum, c00);
        LaneSums.Add1(sum + sumStride, c10);
    }

    /// <summary>1×4 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x4(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default, c01 = default, c02 = default, c03 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> q_1 = Vector512.Load(q + s + stride);
                Vector512<float> q_2 = Vector512.Load(q + s + 2 * stride);
                Vector512<float> q_3 = Vector512.Load(q + s + 3 * stride);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
                c01 = Vector512.FusedMultiplyAdd(p_0, q_1, c01);
                c02 = Vector512.FusedMultiplyAdd(p_0, q_2, c02);
                c03 = Vector512.FusedMultiplyAdd(p_0, q_3, c03);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add4(sum, c00, c01, c02, c03);
    }

    /// <summary>1×1 entries in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1x1(float* p, float* q, float* p2, float* q2, int stride, int length, float* sum, int sumStride)
    {
        Vector512<float> c00 = default;
        while (true)
        {
            for (nint s = 0; s < length; s += 16)
            {
                Vector512<float> q_0 = Vector512.Load(q + s);
                Vector512<float> p_0 = Vector512.Load(p + s);
                c00 = Vector512.FusedMultiplyAdd(p_0, q_0, c00);
            }
            if (p2 == null) break;
            p = p2;
            q = q2;
            p2 = null;
        }
        LaneSums.Add1(sum, c00);
    }
}
