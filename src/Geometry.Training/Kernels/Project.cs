using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// Y = A X over a block of samples: y_r(s) = start_r + Σ_i a_ri x_i(s), passed to an epilogue while it is still in registers.
/// </summary>
/// <remarks>
/// Memory layout: entry a_ri at a[r·rowStride + i·sumStride], so a matrix and its transpose are read alike; x_i(s) at x[i·stride + s];
/// samples in groups of 64. Register blocking: 5 rows by one panel P, then 2 rows, then 1, by four registers. Rows pass over only so many
/// panels at a time that the part of X that they read stays in the first-level cache. Sums run over i in order with one accumulator per
/// entry: the result depends neither on the blocking nor on the vector size. Cost: rows·count·samples/16 multiply-adds of sixteen numbers.
/// </remarks>
internal static unsafe class Project<V, L, P>
    where V : struct
    where L : struct, ILanes<V>
    where P : struct, IPanel<P>
{
    /// <summary>Floats of X that stay in the first-level cache while all rows pass over them.</summary>
    private const int CachedFloats = 4096;

    /// <summary>Multiplies all rows for <paramref name="length"/> samples, a multiple of 64.</summary>
    internal static void Run<T>(float* a, nint rowStride, nint sumStride, int rows, int count, float* x, int stride, int length, T epilogue)
        where T : struct, IEpilogue
    {
        int least = Panel4<V, L>.Samples,
            group = Math.Max(CachedFloats / count / least, 1) * least;
        for (int first = 0; first < length; first += group)
        {
            int end = Math.Min(length, first + group),
                row = 0;
            for (; row + 5 <= rows; row += 5)
                Rows5(a + row * rowStride, rowStride, sumStride, count, x, stride, row, first, end, epilogue);
            for (; row + 2 <= rows; row += 2)
                Rows2(a + row * rowStride, rowStride, sumStride, count, x, stride, row, first, end, epilogue);
            if (row < rows)
                Rows1(a + row * rowStride, sumStride, count, x, stride, row, first, end, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows5<T>(
        float* a,
        nint rowStride,
        nint sumStride,
        int count,
        float* x,
        nint stride,
        int row,
        nint first,
        nint end,
        T epilogue
    )
        where T : struct, IEpilogue
    {
        for (nint s = first; s < end; s += P.Samples)
        {
            P c0 = P.All(epilogue.Start(row)),
                c1 = P.All(epilogue.Start(row + 1)),
                c2 = P.All(epilogue.Start(row + 2));
            P c3 = P.All(epilogue.Start(row + 3)),
                c4 = P.All(epilogue.Start(row + 4));
            float* at = a,
                from = x + s;
            for (int i = 0; i < count; i++)
            {
                P column = P.Load(from);
                c0.AddScaled(at[0], column);
                c1.AddScaled(at[rowStride], column);
                c2.AddScaled(at[2 * rowStride], column);
                c3.AddScaled(at[3 * rowStride], column);
                c4.AddScaled(at[4 * rowStride], column);
                from += stride;
                at += sumStride;
            }
            nint offset = s + row * stride;
            c0.Finish(epilogue, row, offset);
            c1.Finish(epilogue, row + 1, offset + stride);
            c2.Finish(epilogue, row + 2, offset + 2 * stride);
            c3.Finish(epilogue, row + 3, offset + 3 * stride);
            c4.Finish(epilogue, row + 4, offset + 4 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows2<T>(
        float* a,
        nint rowStride,
        nint sumStride,
        int count,
        float* x,
        nint stride,
        int row,
        nint first,
        nint end,
        T epilogue
    )
        where T : struct, IEpilogue
    {
        for (nint s = first; s < end; s += Panel4<V, L>.Samples)
        {
            Panel4<V, L> c0 = Panel4<V, L>.All(epilogue.Start(row)),
                c1 = Panel4<V, L>.All(epilogue.Start(row + 1));
            float* at = a,
                from = x + s;
            for (int i = 0; i < count; i++)
            {
                Panel4<V, L> column = Panel4<V, L>.Load(from);
                c0.AddScaled(at[0], column);
                c1.AddScaled(at[rowStride], column);
                from += stride;
                at += sumStride;
            }
            nint offset = s + row * stride;
            c0.Finish(epilogue, row, offset);
            c1.Finish(epilogue, row + 1, offset + stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Rows1<T>(float* a, nint sumStride, int count, float* x, nint stride, int row, nint first, nint end, T epilogue)
        where T : struct, IEpilogue
    {
        for (nint s = first; s < end; s += Panel4<V, L>.Samples)
        {
            Panel4<V, L> c0 = Panel4<V, L>.All(epilogue.Start(row));
            float* at = a,
                from = x + s;
            for (int i = 0; i < count; i++)
            {
                c0.AddScaled(at[0], Panel4<V, L>.Load(from));
                from += stride;
                at += sumStride;
            }
            c0.Finish(epilogue, row, s + row * stride);
        }
    }
}
