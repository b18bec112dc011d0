using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>
/// Y = A X over a block of samples: y_r(s) = start_r + Σ_i a_ri x_i(s), finished by an epilogue while it is still in registers.
/// </summary>
/// <remarks>
/// Memory layout: entry a_ri at a[r·rowStride + i·sumStride], so that a matrix and its transpose read alike; x_i(s) at x[i·stride + s]; samples in groups of
/// 64. Register blocking: 5 rows by 4 vectors (20 accumulators, 4 loads of x and 5 broadcasts for 20 multiply-adds), then 2, then 1 row.
/// Sums run over i in order, one accumulator an entry: the result does not depend on the blocking. Cost: rows·count·samples/16 vector multiply-adds.
/// </remarks>
internal static unsafe class Project
{
    /// <summary>Multiplies all rows for <paramref name="tiles"/> groups of 64 samples.</summary>
    internal static void Run<T>(float* a, nint rowStride, nint sumStride, int rows, int count, float* x, int stride, int tiles, T epilogue)
        where T : struct, IEpilogue
    {
        for (int t = 0; t < tiles; t++)
        {
            nint column = (nint)t * 64;
            int row = 0;
            for (; row + 5 <= rows; row += 5) Rows5(a + row * rowStride, rowStride, sumStride, count, x + column, stride, row, column, epilogue);
            for (; row + 2 <= rows; row += 2) Rows2(a + row * rowStride, rowStride, sumStride, count, x + column, stride, row, column, epilogue);
            if (row < rows) Rows1(a + row * rowStride, rowStride, sumStride, count, x + column, stride, row, column, epilogue);
        }
    }

    /// <summary>5 rows by 64 samples in 20 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows5<T>(float* a, nint rowStride, nint sumStride, int count, float* x, int stride, int row, nint column, T epilogue)
        where T : struct, IEpilogue
    {
        Vector512<float> c00 = epilogue.Start(row), c01 = c00, c02 = c00, c03 = c00;
        Vector512<float> c10 = epilogue.Start(row + 1), c11 = c10, c12 = c10, c13 = c10;
        Vector512<float> c20 = epilogue.Start(row + 2), c21 = c20, c22 = c20, c23 = c20;
        Vector512<float> c30 = epilogue.Start(row + 3), c31 = c30, c32 = c30, c33 = c30;
        Vector512<float> c40 = epilogue.Start(row + 4), c41 = c40, c42 = c40, c43 = c40;
        for (int i = 0; i < count; i++)
        {
            Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + 16), x2 = Vector512.Load(x + 32), x3 = Vector512.Load(x + 48);
            Vector512<float> a00 = Vector512.Create(*(a));
            c00 = Vector512.FusedMultiplyAdd(a00, x0, c00);
            c01 = Vector512.FusedMultiplyAdd(a00, x1, c01);
            c02 = Vector512.FusedMultiplyAdd(a00, x2, c02);
            c03 = Vector512.FusedMultiplyAdd(a00, x3, c03);
            Vector512<float> a10 = Vector512.Create(*(a + rowStride));
            c10 = Vector512.FusedMultiplyAdd(a10, x0, c10);
            c11 = Vector512.FusedMultiplyAdd(a10, x1, c11);
            c12 = Vector512.FusedMultiplyAdd(a10, x2, c12);
            c13 = Vector512.FusedMultiplyAdd(a10, x3, c13);
            Vector512<float> a20 = Vector512.Create(*(a + 2 * rowStride));
            c20 = Vector512.FusedMultiplyAdd(a20, x0, c20);
            c21 = Vector512.FusedMultiplyAdd(a20, x1, c21);
            c22 = Vector512.FusedMultiplyAdd(a20, x2, c22);
            c23 = Vector512.FusedMultiplyAdd(a20, x3, c23);
            Vector512<float> a30 = Vector512.Create(*(a + 3 * rowStride));
            c30 = Vector512.FusedMultiplyAdd(a30, x0, c30);
            c31 = Vector512.FusedMultiplyAdd(a30, x1, c31);
            c32 = Vector512.FusedMultiplyAdd(a30, x2, c32);
            c33 = Vector512.FusedMultiplyAdd(a30, x3, c33);
            Vector512<float> a40 = Vector512.Create(*(a + 4 * rowStride));
            c40 = Vector512.FusedMultiplyAdd(a40, x0, c40);
            c41 = Vector512.FusedMultiplyAdd(a40, x1, c41);
            c42 = Vector512.FusedMultiplyAdd(a40, x2, c42);
            c43 = Vector512.FusedMultiplyAdd(a40, x3, c43);
            x += stride;
            a += sumStride;
        }
        nint at = column + (nint)row * stride;
        epilogue.Finish(c00, row, at);
        epilogue.Finish(c01, row, at + 16);
        epilogue.Finish(c02, row, at + 32);
        epilogue.Finish(c03, row, at + 48);
        at += stride;
        epilogue.Finish(c10, row + 1, at);
        epilogue.Finish(c11, row + 1, at + 16);
        epilogue.Finish(c12, row + 1, at + 32);
        epilogue.Finish(c13, row + 1, at + 48);
        at += stride;
        epilogue.Finish(c20, row + 2, at);
        epilogue.Finish(c21, row + 2, at + 16);
        epilogue.Finish(c22, row + 2, at + 32);
        epilogue.Finish(c23, row + 2, at + 48);
        at += stride;
        epilogue.Finish(c30, row + 3, at);
        epilogue.Finish(c31, row + 3, at + 16);
        epilogue.Finish(c32, row + 3, at + 32);
        epilogue.Finish(c33, row + 3, at + 48);
        at += stride;
        epilogue.Finish(c40, row + 4, at);
        epilogue.Finish(c41, row + 4, at + 16);
        epilogue.Finish(c42, row + 4, at + 32);
        epilogue.Finish(c43, row + 4, at + 48);
    }

    /// <summary>2 rows by 64 samples in 8 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows2<T>(float* a, nint rowStride, nint sumStride, int count, float* x, int stride, int row, nint column, T epilogue)
        where T : struct, IEpilogue
    {
        Vector512<float> c00 = epilogue.Start(row), c01 = c00, c02 = c00, c03 = c00;
        Vector512<float> c10 = epilogue.Start(row + 1), c11 = c10, c12 = c10, c13 = c10;
        for (int i = 0; i < count; i++)
        {
            Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + 16), x2 = Vector512.Load(x + 32), x3 = Vector512.Load(x + 48);
            Vector512<float> a00 = Vector512.Create(*(a));
            c00 = Vector512.FusedMultiplyAdd(a00, x0, c00);
            c01 = Vector512.FusedMultiplyAdd(a00, x1, c01);
            c02 = Vector512.FusedMultiplyAdd(a00, x2, c02);
            c03 = Vector512.FusedMultiplyAdd(a00, x3, c03);
            Vector512<float> a10 = Vector512.Create(*(a + rowStride));
            c10 = Vector512.FusedMultiplyAdd(a10, x0, c10);
            c11 = Vector512.FusedMultiplyAdd(a10, x1, c11);
            c12 = Vector512.FusedMultiplyAdd(a10, x2, c12);
            c13 = Vector512.FusedMultiplyAdd(a10, x3, c13);
            x += stride;
            a += sumStride;
        }
        nint at = column + (nint)row * stride;
        epilogue.Finish(c00, row, at);
        epilogue.Finish(c01, row, at + 16);
        epilogue.Finish(c02, row, at + 32);
        epilogue.Finish(c03, row, at + 48);
        at += stride;
        epilogue.Finish(c10, row + 1, at);
        epilogue.Finish(c11, row + 1, at + 16);
        epilogue.Finish(c12, row + 1, at + 32);
        epilogue.Finish(c13, row + 1, at + 48);
    }

    /// <summary>1 row by 64 samples in 4 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows1<T>(float* a, nint rowStride, nint sumStride, int count, float* x, int stride, int row, nint column, T epilogue)
        where T : struct, IEpilogue
    {
        Vector512<float> c00 = epilogue.Start(row), c01 = c00, c02 = c00, c03 = c00;
        for (int i = 0; i < count; i++)
        {
            Vector512<float> x0 = Vector512.Load(x), x1 = Vector512.Load(x + 16), x2 = Vector512.Load(x + 32), x3 = Vector512.Load(x + 48);
            Vector512<float> a00 = Vector512.Create(*(a));
            c00 = Vector512.FusedMultiplyAdd(a00, x0, c00);
            c01 = Vector512.FusedMultiplyAdd(a00, x1, c01);
            c02 = Vector512.FusedMultiplyAdd(a00, x2, c02);
            c03 = Vector512.FusedMultiplyAdd(a00, x3, c03);
            x += stride;
            a += sumStride;
        }
        nint at = column + (nint)row * stride;
        epilogue.Finish(c00, row, at);
        epilogue.Finish(c01, row, at + 16);
        epilogue.Finish(c02, row, at + 32);
        epilogue.Finish(c03, row, at + 48);
    }
}
