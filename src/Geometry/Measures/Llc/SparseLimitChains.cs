using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.Theory;

namespace Geometry.Measures.Llc;

/// <summary>The mean loss of <see cref="SparseLimitLoss"/>, Σ_i I_i·H_i/(3k), for eight models at a time.</summary>
/// <remarks>
/// The formulas are those of <see cref="SparseLimitLoss"/>. Each lane is a model, and the overlap of a pair of features is computed once
/// for both of its outputs: 2k² terms of about ten vector instructions, and one division per pair. Parameters: the columns w_1 … w_k, then
/// b unless the model has none. O(k²d) time, no workspace.
/// </remarks>
public sealed class SparseLimitChains : IChainLoss
{
    private const int Lanes = IChainLoss.Lanes;
    private readonly int _hidden,
        _features;
    private readonly double[] _weights;
    private readonly bool _bias;

    /// <param name="hidden">d ≥ 1.</param>
    /// <param name="features">k ≥ 1.</param>
    /// <param name="importance">I_i ≥ 0, length k; null for 1.</param>
    /// <param name="bias">Whether b is a parameter; otherwise it is 0.</param>
    public SparseLimitChains(int hidden, int features, IReadOnlyList<double>? importance = null, bool bias = true)
    {
        (_hidden, _features, _bias) = (hidden, features, bias);
        _weights = [.. Enumerable.Range(0, features).Select(i => (importance?[i] ?? 1) / (3.0 * features))];
    }

    /// <inheritdoc/>
    public int Length => (_features * _hidden) + (_bias ? _features : 0);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, uint batch, Span<double> losses, Span<double> gradients)
    {
        gradients.Clear();
        ref double p = ref MemoryMarshal.GetReference(points);
        ref double g = ref MemoryMarshal.GetReference(gradients);
        int d = _hidden * Lanes,
            biases = _features * d;
        Vector512<double> loss = default,
            none = default;
        for (int i = 0; i < _features; i++)
        {
            Vector512<double> weight = Vector512.Create(_weights[i]),
                b = _bias ? At(ref p, biases + (i * Lanes)) : default,
                square = Dot(ref p, i * d, i * d),
                byBias = default;
            bool open = Vector512.GreaterThanAny(b, none);
            Own(square, b, ref loss, out Vector512<double> bySquare, ref byBias, weight);
            AddScaled(ref g, i * d, weight * (bySquare + bySquare), ref p, i * d);
            for (int j = 0; j < i; j++)
            {
                Vector512<double> other = Vector512.Create(_weights[j]),
                    c = _bias ? At(ref p, biases + (j * Lanes)) : default,
                    a = Dot(ref p, i * d, j * d);
                Vector512<double> theirs = default;
                Vector512<double> slope =
                    Term(a, b, weight, ref loss, ref byBias, open)
                    + Term(a, c, other, ref loss, ref theirs, Vector512.GreaterThanAny(c, none));
                AddScaled(ref g, i * d, slope, ref p, j * d);
                AddScaled(ref g, j * d, slope, ref p, i * d);
                if (_bias)
                    (At(ref g, biases + (j * Lanes)) + theirs).StoreUnsafe(ref g, (nuint)(biases + (j * Lanes)));
            }
            if (_bias)
                (At(ref g, biases + (i * Lanes)) + byBias).StoreUnsafe(ref g, (nuint)(biases + (i * Lanes)));
        }
        loss.StoreUnsafe(ref MemoryMarshal.GetReference(losses));
    }

    /// <summary>Adds weight·f(a, b) and weight·f_b, and returns weight·f_a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Term(
        Vector512<double> a,
        Vector512<double> b,
        Vector512<double> weight,
        ref Vector512<double> loss,
        ref Vector512<double> byBias,
        bool open
    )
    {
        Vector512<double> three = Vector512.Create(3.0),
            top = Vector512.Max(a + b, default),
            share = top / Vector512.Max(a, Vector512.Create(1e-300)),
            product = top * share;
        Vector512<double> f = product * top,
            fa = share * share * (a + a - b),
            fb = three * product;
        if (open)
        {
            Vector512<double> positive = Vector512.GreaterThan(b, default),
                turned = Vector512.LessThan(a, -b);
            Vector512<double> t = b / Vector512.ConditionalSelect(turned, a, Vector512<double>.One),
                sum = a + b;
            f = Vector512.ConditionalSelect(positive, Vector512.ConditionalSelect(turned, -(b * b * t), (a * a) + (three * b * sum)), f);
            fa = Vector512.ConditionalSelect(positive, Vector512.ConditionalSelect(turned, t * t * b, a + a + (three * b)), fa);
            fb = Vector512.ConditionalSelect(positive, Vector512.ConditionalSelect(turned, -(three * b * t), three * (sum + b)), fb);
        }
        loss += weight * f;
        byBias += weight * fb;
        return weight * fa;
    }

    /// <summary>Adds the term g(s, b) of a feature's own output, and gives its derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Own(
        Vector512<double> s,
        Vector512<double> b,
        ref Vector512<double> loss,
        out Vector512<double> bySquare,
        ref Vector512<double> byBias,
        Vector512<double> weight
    )
    {
        Vector512<double> one = Vector512<double>.One,
            three = Vector512.Create(3.0),
            rest = one - s,
            open = Vector512.GreaterThan(b, default);
        Vector512<double> live = open | (Vector512.GreaterThan(s, default) & Vector512.GreaterThanOrEqual(s, -b));
        Vector512<double> share = Vector512.ConditionalSelect(open, default, b / Vector512.Max(s, Vector512.Create(1e-300))),
            square = share * share;
        Vector512<double> value = (rest * rest) - (three * b * (rest - b)) + (square * b * (one + s));
        loss += weight * Vector512.ConditionalSelect(live, value, one);
        bySquare = Vector512.ConditionalSelect(live, (three * b) - (rest + rest) - (square * share * (one + one + s)), default);
        byBias += weight * Vector512.ConditionalSelect(live, (three * (b + b - rest)) + (three * square * (one + s)), default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Dot(ref double p, int x, int y)
    {
        Vector512<double> sum = default;
        for (int c = 0; c < _hidden * Lanes; c += Lanes)
            sum += At(ref p, x + c) * At(ref p, y + c);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddScaled(ref double target, int x, Vector512<double> scale, ref double p, int y)
    {
        for (int c = 0; c < _hidden * Lanes; c += Lanes)
            (At(ref target, x + c) + (scale * At(ref p, y + c))).StoreUnsafe(ref target, (nuint)(x + c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ref double from, int index) => Vector512.LoadUnsafe(ref from, (nuint)index);
}
