using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Kernels;

namespace Geometry.Training.Optimisation;

/// <summary>
/// AdamW, Adam and SGD with momentum, with PyTorch's semantics, sixteen parameters at a time, in float32.
/// </summary>
/// <remarks>
/// AdamW: θ ← θ(1 − lr·λ). Adam and SGD: g ← g + λθ. Adam's: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
/// θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), with β = (0.9, 0.999) and ε = 1e-8 outside the root. SGD: u ← μu + g (u = g at the first step), θ ← θ − lr·u.
/// Entries beyond the trained ones have gradient 0 and value 0 and stay 0. Cost: one pass over the parameters.
/// </remarks>
internal sealed unsafe class Optimizer
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private readonly TrainingPlan _plan;
    private readonly AlignedBuffer _first, _second;
    private double _power1 = 1, _power2 = 1;

    /// <summary>An optimiser for <paramref name="length"/> parameters, a multiple of 16.</summary>
    internal Optimizer(TrainingPlan plan, int length)
    {
        _plan = plan;
        _first = new AlignedBuffer(length);
        _second = new AlignedBuffer(plan.Optimizer == OptimizerKind.Sgd ? 0 : length);
    }

    /// <summary>Makes one step.</summary>
    /// <remarks>
    /// rate: The learning rate of this step.
    /// </remarks>
    /// <returns>False when a parameter is no longer finite.</returns>
    internal bool Step(float* theta, float* gradient, double rate)
    {
        if (_plan.Optimizer == OptimizerKind.Sgd) return Sgd(theta, gradient, (float)rate, (float)_plan.WeightDecay, (float)_plan.Momentum);
        _power1 *= Beta1;
        _power2 *= Beta2;
        bool decoupled = _plan.Optimizer == OptimizerKind.AdamW;
        return Adam(
            theta, gradient,
            shrink: decoupled ? (float)(1 - rate * _plan.WeightDecay) : 1,
            penalty: decoupled ? 0 : (float)_plan.WeightDecay,
            scale: (float)(-rate / (1 - _power1)),
            root: (float)Math.Sqrt(1 - _power2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Adam(float* theta, float* gradient, float shrink, float penalty, float scale, float root)
    {
        float* first = _first.Pointer, second = _second.Pointer;
        Vector512<float> beta1 = Vector512.Create((float)Beta1), rest1 = Vector512.Create((float)(1 - Beta1));
        Vector512<float> beta2 = Vector512.Create((float)Beta2), rest2 = Vector512.Create((float)(1 - Beta2));
        Vector512<float> epsilon = Vector512.Create((float)Epsilon), vroot = Vector512.Create(root), vscale = Vector512.Create(scale);
        Vector512<float> vshrink = Vector512.Create(shrink), vpenalty = Vector512.Create(penalty), check = default;
        for (nint i = 0; i < _first.Length; i += 16)
        {
            Vector512<float> w = Vector512.Load(theta + i) * vshrink, g = Vector512.Load(gradient + i);
            g = Vector512.FusedMultiplyAdd(vpenalty, w, g);
            Vector512<float> m = Vector512.FusedMultiplyAdd(rest1, g, beta1 * Vector512.Load(first + i));
            Vector512<float> v = Vector512.FusedMultiplyAdd(rest2 * g, g, beta2 * Vector512.Load(second + i));
            w = Vector512.FusedMultiplyAdd(vscale, m / (Vector512.Sqrt(v) / vroot + epsilon), w);
            m.Store(first + i);
            v.Store(second + i);
            w.Store(theta + i);
            check = Vector512.FusedMultiplyAdd(w, Vector512<float>.Zero, check);
        }
        return Vector512.EqualsAll(check, Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Sgd(float* theta, float* gradient, float rate, float penalty, float momentum)
    {
        float* velocity = _first.Pointer;
        Vector512<float> vrate = Vector512.Create(-rate), vpenalty = Vector512.Create(penalty), vmomentum = Vector512.Create(momentum);
        Vector512<float> check = default;
        for (nint i = 0; i < _first.Length; i += 16)
        {
            Vector512<float> w = Vector512.Load(theta + i);
            Vector512<float> g = Vector512.FusedMultiplyAdd(vpenalty, w, Vector512.Load(gradient + i));
            // The velocity starts at 0, so that the first one is g itself.
            Vector512<float> u = Vector512.FusedMultiplyAdd(vmomentum, Vector512.Load(velocity + i), g);
            w = Vector512.FusedMultiplyAdd(vrate, u, w);
            u.Store(velocity + i);
            w.Store(theta + i);
            check = Vector512.FusedMultiplyAdd(w, Vector512<float>.Zero, check);
        }
        return Vector512.EqualsAll(check, Vector512<float>.Zero);
    }
}
