using System.Runtime.Intrinsics;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>
/// Samples without an active feature: h = 0 and z = b, so the weights get no gradient, and the bias gets c_i act(b_i) act'(b_i) for each of
/// them.
/// </summary>
internal static unsafe class EmptySamples
{
    /// <summary>Adds count times the bias's gradient of one empty sample.</summary>
    internal static void Add<TAct>(float* bias, float* coefficient, int features, float gamma, int count, float* gradient)
        where TAct : struct, IActivation
    {
        for (int i = 0; i < features; i++)
        {
            Vector128<float> z = Vector128.Create(bias[i]),
                c = Vector128.Create(coefficient[i]);
            gradient[i] += count * TAct.Backward<Vector128<float>, Lanes128>(z, default, c, gamma).ToScalar();
        }
    }
}
