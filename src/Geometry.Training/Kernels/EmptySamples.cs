using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>
/// Samples without an active feature: h = 0 and z = b, so that the weights get no gradient and the bias gets, for each of them, c_i act(b_i) act'(b_i).
/// </summary>
internal static unsafe class EmptySamples
{
    /// <summary>Adds count times the bias's gradient of one empty sample.</summary>
    internal static void Add<TAct>(float* bias, float* coefficient, int features, float gamma, int count, float* gradient)
        where TAct : struct, IActivation
    {
        for (int i = 0; i < features; i++)
        {
            Vector512<float> g = TAct.Backward(Vector512.Create(bias[i]), default, Vector512.Create(coefficient[i]), gamma);
            gradient[i] += count * g.ToScalar();
        }
    }
}
