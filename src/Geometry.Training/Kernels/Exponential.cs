using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>
/// exp on sixteen numbers in [−87, 88], relative error below 2e-7: 2^k·exp(r) with r = x − k ln 2, |r| ≤ ½ ln 2, the Taylor polynomial of degree 7
/// (whose remainder there is below 6e-9), and ln 2 split in two so that the reduction is exact to float32. The same bits on every processor.
/// </summary>
internal static class Exponential
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Of(Vector512<float> x)
    {
        Vector512<float> k = Vector512.Floor(Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(0.5f)));
        Vector512<float> r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> sum = Vector512.Create(1f / 5040);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1f / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<float>.One);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<float>.One);
        Vector512<int> exponent = (Vector512.ConvertToInt32Native(k) + Vector512.Create(127)) << 23;
        return sum * exponent.AsSingle();
    }
}
