using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>Sums of the rows of a block, the gradient of the bias: sum_i += Σ_s g_i(s), with g_i(s) at g[i·stride + s].</summary>
/// <remarks>Sixteen lanes are summed separately, as many at a time as a register has, and added in a fixed tree at the end.</remarks>
internal static unsafe class RowSums
{
    /// <summary>Adds <paramref name="rows"/> sums over <paramref name="length"/> samples, a multiple of 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Add<V, L>(float* g, int rows, int stride, int length, float* sum)
        where V : struct
        where L : struct, ILanes<V>
    {
        float* lanes = stackalloc float[LaneSums.Lanes];
        for (int i = 0; i < rows; i++)
        {
            for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
            {
                float* row = g + (nint)i * stride + lane;
                V a = default,
                    b = default,
                    c = default,
                    d = default;
                for (nint s = 0; s < length; s += 64)
                {
                    a = L.Add(a, L.Load(row + s));
                    b = L.Add(b, L.Load(row + s + 16));
                    c = L.Add(c, L.Load(row + s + 32));
                    d = L.Add(d, L.Load(row + s + 48));
                }
                L.Store(L.Add(L.Add(a, b), L.Add(c, d)), lanes + lane);
            }
            LaneSums.Add(sum + i, L.Quarter(lanes));
        }
    }

    /// <summary>Adds <paramref name="rows"/> sums of squares over <paramref name="length"/> samples, a multiple of 64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void AddSquares<V, L>(float* g, int rows, int stride, int length, float* sum)
        where V : struct
        where L : struct, ILanes<V>
    {
        float* lanes = stackalloc float[LaneSums.Lanes];
        for (int i = 0; i < rows; i++)
        {
            for (int lane = 0; lane < LaneSums.Lanes; lane += L.Width)
            {
                float* row = g + (nint)i * stride + lane;
                V a = default,
                    b = default;
                for (nint s = 0; s < length; s += 32)
                {
                    V u = L.Load(row + s),
                        v = L.Load(row + s + 16);
                    a = L.MultiplyAdd(u, u, a);
                    b = L.MultiplyAdd(v, v, b);
                }
                L.Store(L.Add(a, b), lanes + lane);
            }
            LaneSums.Add(sum + i, L.Quarter(lanes));
        }
    }
}
