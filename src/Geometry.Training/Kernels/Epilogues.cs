using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>What a product starts from and what becomes of it; a struct, so that it is compiled into the product's inner loop.</summary>
internal interface IEpilogue
{
    /// <summary>The start of every entry of a row.</summary>
    Vector512<float> Start(int row);

    /// <summary>Takes sixteen finished entries of a row, those that start <paramref name="offset"/> floats into the block.</summary>
    void Finish(Vector512<float> value, int row, nint offset);
}

/// <summary>Stores the product as it is.</summary>
internal readonly unsafe struct StoreEpilogue(float* destination) : IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int row) => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(Vector512<float> value, int row, nint offset) => value.Store(destination + offset);
}

/// <summary>From z = b + Aᵀh to dL/dz = c_i (act(z) − x) act'(z), with c_i = 2 I_i / (N n).</summary>
internal readonly unsafe struct GradientEpilogue<TAct>(float* bias, float* x, float* coefficient, float* destination, float gamma) : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int row) => Vector512.Create(bias[row]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(Vector512<float> value, int row, nint offset) =>
        TAct.Backward(value, Vector512.Load(x + offset), Vector512.Create(coefficient[row]), gamma).Store(destination + offset);
}

/// <summary>From z = b + Aᵀh to the residual act(z) − x.</summary>
internal readonly unsafe struct ResidualEpilogue<TAct>(float* bias, float* x, float* destination, float gamma) : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Start(int row) => Vector512.Create(bias[row]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(Vector512<float> value, int row, nint offset) =>
        (TAct.Value(value, gamma) - Vector512.Load(x + offset)).Store(destination + offset);
}
