using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Data;

namespace Geometry.Training.Kernels;

/// <summary>
/// Forward and backward for listed entries, sixteen outputs a vector: z = b + Σ_a x_a M[i_a, ·], g = ∂L/∂z, D[i_a, ·] += x_a g, ∂b += g.
/// </summary>
/// <remarks>
/// Memory layout: M and D have a row of <c>stride</c> floats a feature; x one of <c>stride</c> floats a sample, dense, for the residual; bias, coefficients and
/// the bias's gradient are <c>stride</c> floats. Panels of 64 outputs keep z, g, b, c and ∂b in registers; the rest goes 16 at a time.
/// Cost: 2·stride multiply-adds an entry and about 6·stride operations a sample.
/// </remarks>
internal static unsafe class SparseRows
{
    /// <summary>Works all samples of a block.</summary>
    internal static void Run<TAct>(
        SparseBlock block, float* product, float* gradient, float* x, int width, int stride, float* bias, float* coefficient, float* biasGradient, float gamma)
        where TAct : struct, IActivation
    {
        fixed (int* starts = block.Starts, features = block.Feature)
        fixed (float* values = block.Value)
        {
            int j = 0;
            for (; j + 64 <= width; j += 64)
                Panel4<TAct>(starts, features, values, block.Samples, product + j, gradient + j, x + j, stride, bias + j, coefficient + j, biasGradient + j, gamma);
            for (; j < width; j += 16)
                Panel1<TAct>(starts, features, values, block.Samples, product + j, gradient + j, x + j, stride, bias + j, coefficient + j, biasGradient + j, gamma);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panel4<TAct>(
        int* starts, int* features, float* values, int samples, float* product, float* gradient, float* x, nint stride,
        float* bias, float* coefficient, float* biasGradient, float gamma)
        where TAct : struct, IActivation
    {
        Vector512<float> b0 = Vector512.Load(bias), b1 = Vector512.Load(bias + 16), b2 = Vector512.Load(bias + 32), b3 = Vector512.Load(bias + 48);
        Vector512<float> c0 = Vector512.Load(coefficient), c1 = Vector512.Load(coefficient + 16);
        Vector512<float> c2 = Vector512.Load(coefficient + 32), c3 = Vector512.Load(coefficient + 48);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int s = 0; s < samples; s++)
        {
            int first = starts[s], end = starts[s + 1];
            Vector512<float> z0 = b0, z1 = b1, z2 = b2, z3 = b3;
            for (int e = first; e < end; e++)
            {
                float* row = product + features[e] * stride;
                Vector512<float> value = Vector512.Create(values[e]);
                z0 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row), z0);
                z1 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row + 16), z1);
                z2 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row + 32), z2);
                z3 = Vector512.FusedMultiplyAdd(value, Vector512.Load(row + 48), z3);
            }
            z0 = TAct.Backward(z0, Vector512.Load(x), c0, gamma);
            z1 = TAct.Backward(z1, Vector512.Load(x + 16), c1, gamma);
            z2 = TAct.Backward(z2, Vector512.Load(x + 32), c2, gamma);
            z3 = TAct.Backward(z3, Vector512.Load(x + 48), c3, gamma);
            x += stride;
            s0 += z0;
            s1 += z1;
            s2 += z2;
            s3 += z3;
            for (int e = first; e < end; e++)
            {
                float* row = gradient + features[e] * stride;
                Vector512<float> value = Vector512.Create(values[e]);
                Vector512.FusedMultiplyAdd(value, z0, Vector512.Load(row)).Store(row);
                Vector512.FusedMultiplyAdd(value, z1, Vector512.Load(row + 16)).Store(row + 16);
                Vector512.FusedMultiplyAdd(value, z2, Vector512.Load(row + 32)).Store(row + 32);
                Vector512.FusedMultiplyAdd(value, z3, Vector512.Load(row + 48)).Store(row + 48);
            }
        }
        (Vector512.Load(biasGradient) + s0).Store(biasGradient);
        (Vector512.Load(biasGradient + 16) + s1).Store(biasGradient + 16);
        (Vector512.Load(biasGradient + 32) + s2).Store(biasGradient + 32);
        (Vector512.Load(biasGradient + 48) + s3).Store(biasGradient + 48);
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
