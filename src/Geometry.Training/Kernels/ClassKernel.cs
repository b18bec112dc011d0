using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>The classes of samples and the cross-entropy of a softmax, −ln p_y with p_c = exp(z_c)/Σ exp(z).</summary>
/// <remarks>
/// Memory layout: z_c(s) at Logits[c·stride + s]. The derivative of the loss by it is p_c − [c = y]. Exponentials are of z_c − max z, cut
/// at −87, where they vanish beside the largest. O(classes) per sample.
/// </remarks>
internal sealed unsafe class ClassKernel<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly ClassHead _head;
    private readonly int _stride;
    private readonly float _scale;
    private readonly AlignedBuffer _logits,
        _counts;
    private readonly float[] _classOf;

    internal ClassKernel(ClassHead head, int stride, float scale)
    {
        (_head, _stride, _scale) = (head, stride, scale);
        _logits = new AlignedBuffer(head.Classes * stride);
        _counts = new AlignedBuffer(stride);
        _classOf = [.. Enumerable.Range(0, head.Features.Count + 1).Select(k => (float)head.ClassOf(k))];
    }

    /// <summary>z; after <see cref="Differentiate"/>, the gradient.</summary>
    internal float* Logits => _logits.Pointer;

    /// <summary>Replaces the logits by scale·(p − [c = y]).</summary>
    internal void Differentiate(float* x, int length)
    {
        Classify(x, length);
        int classes = _head.Classes;
        V scale = L.All(_scale);
        for (nint s = 0; s < length; s += L.Width)
        {
            float* z = _logits.Pointer + s;
            V largest = L.Load(z),
                sum = default,
                own = L.Load(_counts.Pointer + s);
            for (int c = 1; c < classes; c++)
                largest = L.Max(largest, L.Load(z + ((nint)c * _stride)));
            for (int c = 0; c < classes; c++)
            {
                V e = Exponential.Of<V, L>(L.Max(L.Subtract(L.Load(z + ((nint)c * _stride)), largest), L.All(-87)));
                sum = L.Add(sum, e);
                L.Store(e, z + ((nint)c * _stride));
            }
            for (int c = 0; c < classes; c++)
            {
                V p = L.Divide(L.Load(z + ((nint)c * _stride)), sum),
                    target = L.And(L.Equal(own, L.All(c)), L.All(1));
                L.Store(L.Multiply(scale, L.Subtract(p, target)), z + ((nint)c * _stride));
            }
        }
    }

    /// <summary>
    /// Over the first samples: the sum of −ln p_y, and the number of samples for which the true class has the largest logit (of equal ones
    /// the first).
    /// </summary>
    internal (double Entropy, int Right) Measure(float* x, int length, int count)
    {
        Classify(x, length);
        double total = 0;
        int right = 0;
        for (int s = 0; s < count; s++)
        {
            int best = 0,
                own = (int)_counts.Span[s];
            for (int c = 1; c < _head.Classes; c++)
            {
                if (Logits[(c * _stride) + s] > Logits[(best * _stride) + s])
                    best = c;
            }
            double largest = Logits[(best * _stride) + s],
                sum = 0;
            for (int c = 0; c < _head.Classes; c++)
                sum += Elementary.Exp(Logits[(c * _stride) + s] - largest);
            total += Elementary.Log(sum) - (Logits[(own * _stride) + s] - largest);
            if (best == own)
                right++;
        }
        return (total, right);
    }

    /// <summary>Computes the class of each sample, as a number.</summary>
    private void Classify(float* x, int length)
    {
        float* counts = _counts.Pointer;
        for (nint s = 0; s < length; s += L.Width)
        {
            V active = default;
            foreach (int feature in _head.Features)
                active = L.Add(active, L.And(L.Less(default, L.Load(x + ((nint)feature * _stride) + s)), L.All(1)));
            L.Store(active, counts + s);
        }
        for (int s = 0; s < length; s++)
            counts[s] = _classOf[(int)counts[s]];
    }
}
