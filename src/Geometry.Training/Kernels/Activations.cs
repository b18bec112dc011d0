using System.Runtime.CompilerServices;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>An activation on a register of numbers; a struct, so that it is compiled into the loops that use it.</summary>
internal interface IActivation
{
    /// <summary>act(z).</summary>
    static abstract V Value<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V>;

    /// <summary>act'(z).</summary>
    static abstract V Slope<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V>;

    /// <summary>c (act(z) − x) act'(z).</summary>
    static abstract V Backward<V, L>(V z, V x, V c, float gamma)
        where V : struct
        where L : struct, ILanes<V>;
}

/// <summary>max(z, 0), with slope 0 at 0 as in PyTorch.</summary>
internal readonly struct Relu : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.Max(z, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.And(L.Less(default, z), L.All(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V, L>(V z, V x, V c, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.And(L.Less(default, z), L.Multiply(c, L.Subtract(z, x)));
}

/// <summary>z.</summary>
internal readonly struct Linear : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V> => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.All(1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V, L>(V z, V x, V c, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.Multiply(c, L.Subtract(z, x));
}

/// <summary>zσ with σ = 1/(1 + exp(−γz)); slope σ + γzσ(1 − σ). |γz| is cut at 80, where σ is 0 or 1 to float32.</summary>
internal readonly struct Swish : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V> => L.Multiply(z, Sigmoid<V, L>(z, gamma));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V>
    {
        V sigma = Sigmoid<V, L>(z, gamma),
            value = L.Multiply(z, sigma);
        return L.MultiplyAdd(L.Multiply(L.All(gamma), value), L.Subtract(L.All(1), sigma), sigma);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V, L>(V z, V x, V c, float gamma)
        where V : struct
        where L : struct, ILanes<V>
    {
        V sigma = Sigmoid<V, L>(z, gamma),
            value = L.Multiply(z, sigma);
        V slope = L.MultiplyAdd(L.Multiply(L.All(gamma), value), L.Subtract(L.All(1), sigma), sigma);
        return L.Multiply(L.Multiply(c, L.Subtract(value, x)), slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sigmoid<V, L>(V z, float gamma)
        where V : struct
        where L : struct, ILanes<V>
    {
        V t = L.Min(L.Max(L.Multiply(z, L.All(-gamma)), L.All(-80)), L.All(80)),
            one = L.All(1);
        return L.Divide(one, L.Add(one, Exponential.Of<V, L>(t)));
    }
}
