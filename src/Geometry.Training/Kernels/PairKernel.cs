using Geometry.Theory.Pairs;
using Geometry.Training.Kernels.Lanes;

namespace Geometry.Training.Kernels;

/// <summary>Boolean inputs, the values of pairs of them, and the loss weight·|r|^power of errors r.</summary>
/// <remarks>Memory layout: pair k and sample s at [k·stride + s]. O(features + pairs) operations per sample.</remarks>
internal sealed unsafe class PairKernel<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly PairTargets _pairs;
    private readonly int _features,
        _stride;
    private readonly float _scale;
    private readonly AlignedBuffer _targets;

    /// <remarks>samples: number of samples over which the loss is averaged.</remarks>
    internal PairKernel(PairTargets pairs, int features, int stride, double samples)
    {
        (_pairs, _features, _stride) = (pairs, features, stride);
        _scale = (float)(1 / (pairs.Pairs.Count * samples));
        _targets = new AlignedBuffer(pairs.Pairs.Count * stride);
    }

    /// <summary>y.</summary>
    internal float* Targets => _targets.Pointer;

    /// <summary>
    /// Makes the inputs Boolean, computes the values of the pairs, and scales the inputs to unit norm where the targets say so.
    /// </summary>
    internal void Prepare(float* x, int length)
    {
        for (nint s = 0; s < length; s += L.Width)
        {
            V one = L.All(1),
                active = default;
            for (nint i = 0; i < _features; i++)
            {
                V value = L.And(L.Less(default, L.Load(x + (i * _stride) + s)), one);
                active = L.Add(active, value);
                L.Store(value, x + (i * _stride) + s);
            }
            for (int k = 0; k < _pairs.Pairs.Count; k++)
            {
                V a = L.Load(x + ((nint)_pairs.Pairs[k].First * _stride) + s),
                    b = L.Load(x + ((nint)_pairs.Pairs[k].Second * _stride) + s),
                    both = L.Multiply(a, b);
                L.Store(_pairs.Task == PairTask.And ? both : L.Subtract(L.Add(a, b), L.Add(both, both)), Targets + ((nint)k * _stride) + s);
            }
            if (!_pairs.Normalised)
                continue;
            V factor = L.Divide(one, L.Sqrt(L.Max(active, one)));
            for (nint i = 0; i < _features; i++)
                L.Store(L.Multiply(L.Load(x + (i * _stride) + s), factor), x + (i * _stride) + s);
        }
    }

    /// <summary>Replaces errors r by the derivative of the mean loss.</summary>
    internal void Differentiate(float* errors, int length)
    {
        V scale = L.All(_scale * _pairs.Power),
            more = L.All((float)_pairs.OnesWeight - 1),
            one = L.All(1);
        for (int k = 0; k < _pairs.Pairs.Count; k++)
        {
            float* row = errors + ((nint)k * _stride),
                y = Targets + ((nint)k * _stride);
            for (nint s = 0; s < length; s += L.Width)
            {
                V r = L.Load(row + s),
                    square = L.Multiply(r, r),
                    power = L.Multiply(L.Multiply(scale, r), L.MultiplyAdd(more, L.Load(y + s), one));
                for (int p = 2; p < _pairs.Power; p += 2)
                    power = L.Multiply(power, square);
                L.Store(power, row + s);
            }
        }
    }

    /// <summary>The loss, averaged over pairs and summed over the first samples.</summary>
    internal double Loss(float* errors, int count)
    {
        double sum = 0;
        for (int k = 0; k < _pairs.Pairs.Count; k++)
        {
            float* row = errors + ((nint)k * _stride),
                y = Targets + ((nint)k * _stride);
            for (int s = 0; s < count; s++)
            {
                double square = (double)row[s] * row[s],
                    power = 1 + ((_pairs.OnesWeight - 1) * y[s]);
                for (int p = 0; p < _pairs.Power; p += 2)
                    power *= square;
                sum += power;
            }
        }
        return sum / _pairs.Pairs.Count;
    }
}
