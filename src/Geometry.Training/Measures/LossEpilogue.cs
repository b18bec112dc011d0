using System.Runtime.CompilerServices;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Measures;

/// <summary>
/// From z = b + Aᵀh to dL/dz, like <see cref="GradientEpilogue{TAct}"/>, and also the squares of the residuals, in sixteen lanes per
/// feature.
/// </summary>
internal readonly unsafe struct LossEpilogue<TAct>(
    float* bias,
    float* x,
    float* coefficient,
    float* destination,
    float* squares,
    float gamma
) : IEpilogue
    where TAct : struct, IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Start(int row) => bias[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<V, L>(V value, int row, nint offset)
        where V : struct
        where L : struct, ILanes<V>
    {
        // A sample has the same lane whatever the width of a register.
        float* sum = squares + (row * LaneSums.Lanes) + (offset % LaneSums.Lanes);
        V input = L.Load(x + offset),
            residual = L.Subtract(TAct.Value<V, L>(value, gamma), input);
        L.Store(L.MultiplyAdd(residual, residual, L.Load(sum)), sum);
        L.Store(TAct.Backward<V, L>(value, input, L.All(coefficient[row]), gamma), destination + offset);
    }
}
