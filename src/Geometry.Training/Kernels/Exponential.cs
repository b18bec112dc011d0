using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// exp for numbers in [−87, 88] with relative error below 2e-7: 2^k·exp(r) with r = x − k ln 2, |r| ≤ ½ ln 2, and the Taylor polynomial of
/// degree 7 (remainder below 6e-9). ln 2 is split in two, so that the reduction is exact to float32. The bits are the same on every
/// processor.
/// </summary>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Of<V, L>(V x)
        where V : struct
        where L : struct, ILanes<V>
    {
        V k = L.Floor(L.MultiplyAdd(x, L.All(1.44269504f), L.All(0.5f))),
            one = L.All(1);
        V r = L.MultiplyAdd(k, L.All(-0.693359375f), x);
        r = L.MultiplyAdd(k, L.All(2.12194440e-4f), r);
        V sum = L.MultiplyAdd(L.All(1f / 5040), r, L.All(1f / 720));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 120));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 24));
        sum = L.MultiplyAdd(sum, r, L.All(1f / 6));
        sum = L.MultiplyAdd(sum, r, L.All(0.5f));
        sum = L.MultiplyAdd(sum, r, one);
        sum = L.MultiplyAdd(sum, r, one);
        return L.Multiply(sum, L.ShiftLeft(L.AddBits(L.ToInteger(k), L.Bits(127)), 23));
    }
}
