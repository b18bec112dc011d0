using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// How the entries of a product start and what happens to the finished ones; a struct, so that it is compiled into the product's inner
/// loop.
/// </summary>
internal interface IEpilogue
{
    /// <summary>The start of every entry of a row.</summary>
    float Start(int row);

    /// <summary>Receives a register of finished entries of a row, which lie <paramref name="offset"/> floats into the block.</summary>
    void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V>;
}

/// <summary>Stores the product as it is.</summary>
internal readonly unsafe struct StoreEpilogue(float* destination) : IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V> => L.Store(value, destination + offset);
}

/// <summary>From z = b + Aᵀh to dL/dz = c_i (act(z) − x) act'(z), with c_i = 2 I_i / (N n).</summary>
internal readonly unsafe struct GradientEpilogue<TAct>(float* bias, float* x, float* coefficient, float* destination, float gamma)
    : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => bias[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V> =>
        L.Store(TAct.Backward<V, L>(value, L.Load(x + offset), L.All(coefficient[row]), gamma), destination + offset);
}

/// <summary>From z = b + Aᵀh to the residual act(z) − x.</summary>
internal readonly unsafe struct ResidualEpilogue<TAct>(float* bias, float* x, float* destination, float gamma) : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => bias[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V> => L.Store(L.Subtract(TAct.Value<V, L>(value, gamma), L.Load(x + offset)), destination + offset);
}

/// <summary>From z = b + W a to act(z), and act'(z) for the backward pass.</summary>
internal readonly unsafe struct ActivateEpilogue<TAct>(float* bias, float* value, float* slope, float gamma) : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => bias[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V z, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V>
    {
        L.Store(TAct.Value<V, L>(z, gamma), value + offset);
        L.Store(TAct.Slope<V, L>(z, gamma), slope + offset);
    }
}

/// <summary>A product that starts from a bias.</summary>
internal readonly unsafe struct AffineEpilogue(float* bias, float* destination) : IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => bias[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V> => L.Store(value, destination + offset);
}

/// <summary>A product that is added to the destination.</summary>
internal readonly unsafe struct AddEpilogue(float* destination) : IEpilogue
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V> => L.Store(L.Add(L.Load(destination + offset), value), destination + offset);
}
