using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Optimisation;

/// <summary>
/// AdamW, Adam and SGD with momentum, with PyTorch's semantics, a register of parameters at a time, in float32.
/// </summary>
/// <remarks>
/// AdamW: θ ← θ(1 − lr·λ). Adam and SGD: g ← g + λθ. Adam's: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², θ ← θ − lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) +
/// ε), with β = (0.9, 0.999) and ε = 1e-8 outside the root. SGD: u ← μu + g (u = g at the first step), θ ← θ − lr·u. Entries beyond the
/// trained ones have gradient 0 and value 0 and stay 0. Cost: one pass over the parameters.
/// </remarks>
internal sealed unsafe class Optimizer
{
    private const double Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8;
    private readonly TrainingPlan _plan;
    private readonly AlignedBuffer _first,
        _second;
    private double _power1 = 1,
        _power2 = 1;

    /// <summary>An optimizer for <paramref name="length"/> parameters, a multiple of 16.</summary>
    internal Optimizer(TrainingPlan plan, int length)
    {
        _plan = plan;
        _first = new AlignedBuffer(length);
        _second = new AlignedBuffer(plan.Optimizer == OptimizerKind.Sgd ? 0 : length);
    }

    /// <summary>Makes one step.</summary>
    /// <remarks>
    /// rate: the learning rate of this step.
    /// </remarks>
    /// <returns>False when a parameter is no longer finite.</returns>
    internal bool Step(float* theta, float* gradient, double rate)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        if (Vector512.IsHardwareAccelerated)
            return Step<Vector512<float>, Lanes512>(theta, gradient, rate);
        if (Vector256.IsHardwareAccelerated)
            return Step<Vector256<float>, Lanes256>(theta, gradient, rate);
        return Step<Vector128<float>, Lanes128>(theta, gradient, rate);
    }

    private bool Step<V, L>(float* theta, float* gradient, double rate)
        where V : struct
        where L : struct, ILanes<V>
    {
        if (_plan.Optimizer == OptimizerKind.Sgd)
            return Sgd<V, L>(theta, gradient, (float)rate, (float)_plan.WeightDecay, (float)_plan.Momentum);
        bool decoupled = _plan.Optimizer == OptimizerKind.AdamW;
        return Adam<V, L>(
            theta,
            gradient,
            shrink: decoupled ? (float)(1 - rate * _plan.WeightDecay) : 1,
            penalty: decoupled ? 0 : (float)_plan.WeightDecay,
            scale: (float)(-rate / (1 - _power1)),
            root: (float)Math.Sqrt(1 - _power2)
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Adam<V, L>(float* theta, float* gradient, float shrink, float penalty, float scale, float root)
        where V : struct
        where L : struct, ILanes<V>
    {
        float* first = _first.Pointer,
            second = _second.Pointer;
        V beta1 = L.All((float)Beta1),
            rest1 = L.All((float)(1 - Beta1)),
            beta2 = L.All((float)Beta2),
            rest2 = L.All((float)(1 - Beta2));
        V epsilon = L.All((float)Epsilon),
            vroot = L.All(root),
            vscale = L.All(scale),
            vshrink = L.All(shrink),
            vpenalty = L.All(penalty),
            check = default;
        for (nint i = 0; i < _first.Length; i += L.Width)
        {
            V w = L.Multiply(L.Load(theta + i), vshrink),
                g = L.MultiplyAdd(vpenalty, w, L.Load(gradient + i));
            V m = L.MultiplyAdd(rest1, g, L.Multiply(beta1, L.Load(first + i)));
            V v = L.MultiplyAdd(L.Multiply(rest2, g), g, L.Multiply(beta2, L.Load(second + i)));
            w = L.MultiplyAdd(vscale, L.Divide(m, L.Add(L.Divide(L.Sqrt(v), vroot), epsilon)), w);
            L.Store(m, first + i);
            L.Store(v, second + i);
            L.Store(w, theta + i);
            check = L.MultiplyAdd(w, default, check);
        }
        return L.AllZero(check);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Sgd<V, L>(float* theta, float* gradient, float rate, float penalty, float momentum)
        where V : struct
        where L : struct, ILanes<V>
    {
        float* velocity = _first.Pointer;
        V vrate = L.All(-rate),
            vpenalty = L.All(penalty),
            vmomentum = L.All(momentum),
            check = default;
        for (nint i = 0; i < _first.Length; i += L.Width)
        {
            V w = L.Load(theta + i),
                g = L.MultiplyAdd(vpenalty, w, L.Load(gradient + i));
            // The velocity starts at 0, so the first one is g.
            V u = L.MultiplyAdd(vmomentum, L.Load(velocity + i), g);
            w = L.MultiplyAdd(vrate, u, w);
            L.Store(u, velocity + i);
            L.Store(w, theta + i);
            check = L.MultiplyAdd(w, default, check);
        }
        return L.AllZero(check);
    }
}

/// <summary>The learning rate of each step.</summary>
internal static class LearningRate
{
    /// <summary>The rate of the step after <paramref name="finished"/> steps: lr, lr·½(1 + cos(πt/T)) or lr·(1 − t/T).</summary>
    internal static double At(TrainingPlan plan, int finished) => At(plan.Schedule, plan.LearningRate, (double)finished / plan.Steps);

    /// <summary>The factor that the schedule applies to any rate, 0 … 1.</summary>
    internal static double Share(TrainingPlan plan, int finished) => At(plan.Schedule, 1, (double)finished / plan.Steps);

    private static double At(Schedule schedule, double rate, double share) =>
        schedule switch
        {
            Schedule.Cosine => rate * 0.5 * (1 + Elementary.Cos(Math.PI * share)),
            Schedule.Linear => rate * (1 - share),
            _ => rate,
        };
}
