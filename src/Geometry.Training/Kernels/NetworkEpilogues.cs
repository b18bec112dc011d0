using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

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
