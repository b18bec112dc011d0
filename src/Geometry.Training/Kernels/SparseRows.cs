using System.Runtime.CompilerServices;
using Geometry.Training.Data;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>The arrays of the kernel of active entries: rows of <c>Stride</c> floats.</summary>
/// <param name="Product">M, one row per feature.</param>
/// <param name="Gradient">D, one row per feature.</param>
/// <param name="X">The values, dense, one row per sample, for the residual.</param>
/// <param name="G">Scratch of the size of X.</param>
/// <param name="Bias">b, one row, like the next two.</param>
/// <param name="Coefficient">c_i.</param>
/// <param name="BiasGradient">∂b.</param>
/// <param name="Stride">Floats from row to row.</param>
internal readonly unsafe record struct SparseMatrices(
    nint Product,
    nint Gradient,
    nint X,
    nint G,
    nint Bias,
    nint Coefficient,
    nint BiasGradient,
    int Stride
)
{
    /// <summary>The same arrays from output j on.</summary>
    internal SparseMatrices From(int j)
    {
        nint bytes = j * sizeof(float);
        return new(
            Product + bytes,
            Gradient + bytes,
            X + bytes,
            G + bytes,
            Bias + bytes,
            Coefficient + bytes,
            BiasGradient + bytes,
            Stride
        );
    }
}

/// <summary>
/// Forward and backward pass for listed entries, one panel of outputs at a time: z = b + Σ_a x_a M[i_a, ·], g = ∂L/∂z, D[i_a, ·] += x_a g,
/// ∂b += g.
/// </summary>
/// <remarks>
/// Panels have the width W, and the remaining outputs the width N, a divisor of 16. Where a panel of M and one of D fit into the
/// first-level cache together, each sample goes forward and backward at once; otherwise all samples go forward first and then all backward,
/// so that each of the two panels stays there. Cost: 2·stride multiply-adds per entry, and about 6·stride operations per sample.
/// </remarks>
internal static unsafe class SparseRows<W, N>
    where W : struct, IPanel<W>
    where N : struct, IPanel<N>
{
    /// <summary>Floats of a panel of M that leave room for one of D in the first-level cache.</summary>
    private const int CachedFloats = 3072;

    /// <summary>Processes all samples of a block for the first <paramref name="width"/> outputs, a multiple of 16.</summary>
    internal static void Run<TAct>(SparseBlock block, SparseMatrices at, int features, int width, float gamma)
        where TAct : struct, IActivation
    {
        fixed (
            int* starts = block.Starts,
                feature = block.Feature
        )
        fixed (float* values = block.Value)
        {
            int j = 0;
            for (; j + W.Samples <= width; j += W.Samples)
            {
                if (features * W.Samples <= CachedFloats)
                {
                    Both<W, TAct>(starts, feature, values, block.Samples, at.From(j), gamma);
                    continue;
                }
                Forward<W, TAct>(starts, feature, values, block.Samples, at.From(j), gamma);
                Backward<W>(starts, feature, values, block.Samples, at.From(j));
            }
            for (; j < width; j += N.Samples)
                Both<N, TAct>(starts, feature, values, block.Samples, at.From(j), gamma);
        }
    }

    /// <summary>Forward and backward at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Both<P, TAct>(int* starts, int* features, float* values, int samples, SparseMatrices at, float gamma)
        where P : struct, IPanel<P>
        where TAct : struct, IActivation
    {
        P sum = default;
        nint stride = at.Stride;
        float* x = (float*)at.X;
        for (int s = 0; s < samples; s++)
        {
            int first = starts[s],
                end = starts[s + 1];
            P z = P.Load((float*)at.Bias);
            for (int e = first; e < end; e++)
                z.AddScaled(values[e], P.Load((float*)at.Product + features[e] * stride));
            z = z.Backward<TAct>(P.Load(x), P.Load((float*)at.Coefficient), gamma);
            x += stride;
            sum.Add(z);
            for (int e = first; e < end; e++)
            {
                float* row = (float*)at.Gradient + features[e] * stride;
                P total = P.Load(row);
                total.AddScaled(values[e], z);
                total.Store(row);
            }
        }
        P bias = P.Load((float*)at.BiasGradient);
        bias.Add(sum);
        bias.Store((float*)at.BiasGradient);
    }

    /// <summary>Forward: computes g and stores it in its rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<P, TAct>(int* starts, int* features, float* values, int samples, SparseMatrices at, float gamma)
        where P : struct, IPanel<P>
        where TAct : struct, IActivation
    {
        P sum = default;
        nint stride = at.Stride;
        float* x = (float*)at.X,
            g = (float*)at.G;
        for (int s = 0; s < samples; s++)
        {
            int end = starts[s + 1];
            P z = P.Load((float*)at.Bias);
            for (int e = starts[s]; e < end; e++)
                z.AddScaled(values[e], P.Load((float*)at.Product + features[e] * stride));
            z = z.Backward<TAct>(P.Load(x), P.Load((float*)at.Coefficient), gamma);
            z.Store(g);
            sum.Add(z);
            x += stride;
            g += stride;
        }
        P bias = P.Load((float*)at.BiasGradient);
        bias.Add(sum);
        bias.Store((float*)at.BiasGradient);
    }

    /// <summary>Backward: computes D from g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<P>(int* starts, int* features, float* values, int samples, SparseMatrices at)
        where P : struct, IPanel<P>
    {
        nint stride = at.Stride;
        float* g = (float*)at.G;
        for (int s = 0; s < samples; s++)
        {
            int end = starts[s + 1];
            P z = P.Load(g);
            for (int e = starts[s]; e < end; e++)
            {
                float* row = (float*)at.Gradient + features[e] * stride;
                P total = P.Load(row);
                total.AddScaled(values[e], z);
                total.Store(row);
            }
            g += stride;
        }
    }
}
