using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Geometry.Training.Kernels;

/// <summary>An activation on sixteen numbers; a struct, so that it is compiled into the loops that use it.</summary>
internal interface IActivation
{
    /// <summary>act(z).</summary>
    static abstract Vector512<float> Value(Vector512<float> z, float gamma);

    /// <summary>c (act(z) − x) act'(z).</summary>
    static abstract Vector512<float> Backward(Vector512<float> z, Vector512<float> x, Vector512<float> c, float gamma);
}

/// <summary>max(z, 0), with slope 0 at 0 as in PyTorch.</summary>
internal readonly struct Relu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> z, float gamma) => Vector512.Max(z, Vector512<float>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Backward(Vector512<float> z, Vector512<float> x, Vector512<float> c, float gamma) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), c * (z - x), Vector512<float>.Zero);
}

/// <summary>z.</summary>
internal readonly struct Linear : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> z, float gamma) => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Backward(Vector512<float> z, Vector512<float> x, Vector512<float> c, float gamma) => c * (z - x);
}

/// <summary>zσ with σ = 1/(1 + exp(−γz)); slope σ + γzσ(1 − σ). |γz| is cut at 80, where σ is 0 or 1 to float32.</summary>
internal readonly struct Swish : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> z, float gamma) => z * Sigmoid(z, gamma);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Backward(Vector512<float> z, Vector512<float> x, Vector512<float> c, float gamma)
    {
        Vector512<float> sigma = Sigmoid(z, gamma), value = z * sigma;
        Vector512<float> slope = Vector512.FusedMultiplyAdd(Vector512.Create(gamma) * value, Vector512<float>.One - sigma, sigma);
        return c * (value - x) * slope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sigmoid(Vector512<float> z, float gamma)
    {
        Vector512<float> t = Vector512.Clamp(z * Vector512.Create(-gamma), Vector512.Create(-80f), Vector512.Create(80f));
        return Vector512<float>.One / (Vector512<float>.One + Exponential.Of(t));
    }
}
