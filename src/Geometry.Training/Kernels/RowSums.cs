using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>Sums of the rows of a block, the bias's gradient: sum_i += Σ_s g_i(s), g_i(s) at g[i·stride + s].</summary>
internal static unsafe class RowSums
{
    /// <summary>Adds <paramref name="rows"/> sums over <paramref name="length"/> samples, a multiple of 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(float* g, int rows, int stride, int length, float* sum)
    {
        for (int i = 0; i < rows; i++)
        {
            float* row = g + (nint)i * stride;
            Vector512<float> a = default, b = default, c = default, d = default;
            for (nint s = 0; s < length; s += 64)
            {
                a += Vector512.Load(row + s);
                b += Vector512.Load(row + s + 16);
                c += Vector512.Load(row + s + 32);
                d += Vector512.Load(row + s + 48);
            }
            LaneSums.Add1(sum + i, (a + b) + (c + d));
        }
    }

    /// <summary>Adds <paramref name="rows"/> sums of squares over <paramref name="length"/> samples, a multiple of 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddSquares(float* g, int rows, int stride, int length, float* sum)
    {
        for (int i = 0; i < rows; i++)
        {
            float* row = g + (nint)i * stride;
            Vector512<float> a = default, b = default;
            for (nint s = 0; s < length; s += 32)
            {
                Vector512<float> u = Vector512.Load(row + s), v = Vector512.Load(row + s + 16);
                a = Vector512.FusedMultiplyAdd(u, u, a);
                b = Vector512.FusedMultiplyAdd(v, v, b);
            }
            LaneSums.Add1(sum + i, a + b);
        }
    }
}
