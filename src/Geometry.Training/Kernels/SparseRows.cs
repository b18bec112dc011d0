using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Data;

namespace Geometry.Training.Kernels;

/// <summary>
/// Forward and backward for listed entries, sixteen outputs a vector: z = b + Σ_a x_a M[i_a, ·], g = ∂L/∂z, D[i_a, ·] += x_a g, ∂b += g.
/// </summary>
/// <remarks>
/// Memory layout: M and D have a row of <c>stride</c> floats a feature; x one of <c>stride</c> floats a sample, dense, for the residual; bias, coefficients and
/// the bias's gradient are <c>stride</c> floats; g is scratch like x. Panels of 32 outputs, first all samples forward and then all back, so that a panel of M or
/// of D (128 n bytes) stays in the first cache; the rest goes 16 outputs at a time.
/// Cost: 2·stride multiply-adds an entry and about 6·stride operations a sample.
/// </remarks>
internal static unsafe class SparseRows
{
    /// <summary>Works all samples of a block.</summary>
    internal static void Run<TAct>(
        SparseBlock block, float* product, float* gradient, float* x, float* g, int width, int stride, float* bias, float* coefficient, float* biasGradient, float gamma)
        where TAct : struct, IActivation
    {
        fixed (int* starts = block.Starts, features = block.Feature)
        fixed (float* values = block.Value)
        {
            int j = 0;
            for (; j + 32 <= width; j += 32)
            {
                Forward2<TAct>(starts, features, values, block.Samples, product + j, x + j, g + j, stride, bias + j, coefficient + j, biasGradient + j, gamma);
                Backward2(starts, features, values, block.Samples, gradient + j, g + j, stride);
            }
            for (; j < width; j += 16)
                Panel1<TAct>(starts, features, values, block.Samples, product + j, gradient + j, x + j, stride, bias + j, coefficient + j, biasGradient + j, gamma);
        }
    }

    /// <summary>g for 32 outputs, left in the rows of <paramref name="g"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward2<TAct>(
        int* starts, int* features, float* values, int samples, float* product, float* x, float* g, nint stride,
        float* bias, float* coefficient, float* biasGradient, float gamma)
        where TAct : struct, IActivation
    {
        Vector512<float> b0 = Vector512.Load(bias), b1 = Vector512.Load(bias + 16), s0 = default, s1 = default;
        Vector512<float> c0 = Vector512.Load(coefficient), c1 = Vector512.Load(coefficient + 16);
        for (int s = 0; s < samples; s++)
        {
            int end = starts[s + 1];
            Vector512<float> z0 = b0, z1 = b1;
            for (int e = starts[s]; e < end; e++)
            {
                float* row = product + features[e] * stride;
                Vector512<float> value = Vector512.Create(values[e]);
                z0 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row), z0);
                z1 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row + 16), z1);
            }
            z0 = TAct.Backward(z0, Vector512.Load(x), c0, gamma);
            z1 = TAct.Backward(z1, Vector512.Load(x + 16), c1, gamma);
            z0.Store(g);
            z1.Store(g + 16);
            s0 += z0;
            s1 += z1;
            x += stride;
            g += stride;
        }
        (Vector512.Load(biasGradient) + s0).Store(biasGradient);
        (Vector512.Load(biasGradient + 16) + s1).Store(biasGradient + 16);
    }

    /// <summary>D for 32 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward2(int* starts, int* features, float* values, int samples, float* gradient, float* g, nint stride)
    {
        for (int s = 0; s < samples; s++)
        {
            int end = starts[s + 1];
            Vector512<float> g0 = Vector512.Load(g), g1 = Vector512.Load(g + 16);
            for (int e = starts[s]; e < end; e++)
            {
                float* row = gradient + features[e] * stride;
                Vector512<float> value = Vector512.Create(values[e]);
                Vector512.FusedMultiplyAdd(value, g0, Vector512.Load(row)).Store(row);
                Vector512.FusedMultiplyAdd(value, g1, Vector512.Load(row + 16)).Store(row + 16);
            }
            g += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel1<TAct>(
        int* starts, int* features, float* values, int samples, float* product, float* gradient, float* x, nint stride,
        float* bias, float* coefficient, float* biasGradient, float gamma)
        where TAct : struct, IActivation
    {
        Vector512<float> b = Vector512.Load(bias), c = Vector512.Load(coefficient), sum = default;
        for (int s = 0; s < samples; s++)
        {
            int first = starts[s], end = starts[s + 1];
            Vector512<float> z = b;
            for (int e = first; e < end; e++)
                z = Vector512.FusedMultiplyAdd(Vector512.Create(values[e]), Vector512.Load(product + features[e] * stride), z);
            z = TAct.Backward(z, Vector512.Load(x), c, gamma);
            x += stride;
            sum += z;
            for (int e = first; e < end; e++)
            {
                float* row = gradient + features[e] * stride;
                Vector512.FusedMultiplyAdd(Vector512.Create(values[e]), z, Vector512.Load(row)).Store(row);
            }
        }
        (Vector512.Load(biasGradient) + sum).Store(biasGradient);
    }
}
