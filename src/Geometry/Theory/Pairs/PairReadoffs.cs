using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Theory.Pairs;

/// <summary>A readoff of one pair of features.</summary>
internal interface IPairReadoff
{
    /// <summary>The value.</summary>
    /// <param name="activity">a, in the layout of <see cref="NeuronLayer.Activate"/>.</param>
    /// <param name="ones">Number of active features of the pair.</param>
    double Read(ReadOnlySpan<float> activity, int ones);
}

/// <summary>The readoff of <see cref="GaussianNeurons"/>, O(d) per value.</summary>
internal sealed class SignReadoff(NeuronLayer layer, PairTask task, int first, int second, int active) : IPairReadoff
{
    private readonly double _and = 1 / (layer.Neurons * GaussianNeurons.Gain(active)),
        _single = Math.Sqrt(2 * Math.PI) / layer.Neurons;

    /// <inheritdoc/>
    public double Read(ReadOnlySpan<float> activity, int ones)
    {
        ref float a = ref MemoryMarshal.GetReference(activity);
        ref float u = ref MemoryMarshal.GetReference(layer.Column(first));
        ref float v = ref MemoryMarshal.GetReference(layer.Column(second));
        Vector512<float> sign = Vector512.Create(-0f),
            both = default,
            single = default;
        for (nuint k = 0; k < (nuint)layer.Stride; k += 16)
        {
            Vector512<float> value = Vector512.LoadUnsafe(ref a, k),
                s = Vector512.LoadUnsafe(ref u, k) & sign,
                t = Vector512.LoadUnsafe(ref v, k) & sign;
            both += value ^ s ^ t;
            single += (value ^ s) + (value ^ t);
        }
        double and = _and * Vector512.Sum(both);
        return task == PairTask.And ? and : (_single * Vector512.Sum(single)) - (2 * and);
    }
}

/// <summary>The readoff of <see cref="BernoulliNeurons"/>, O(d) per value.</summary>
internal sealed class MeanReadoff : IPairReadoff
{
    private readonly int[] _seeing;

    public MeanReadoff(NeuronLayer layer, int first, int second)
    {
        ReadOnlySpan<float> u = layer.Column(first),
            v = layer.Column(second);
        var seeing = new List<int>();
        for (int k = 0; k < layer.Neurons; k++)
        {
            if (u[k] * v[k] != 0)
                seeing.Add(k);
        }
        _seeing = [.. seeing];
    }

    /// <inheritdoc/>
    public double Read(ReadOnlySpan<float> activity, int ones)
    {
        double sum = 0;
        foreach (int k in _seeing)
            sum += activity[k];
        return _seeing.Length == 0 ? 0 : sum / _seeing.Length;
    }
}

/// <summary>
/// The affine function of x_i and x_j with the smallest largest error: (x_i + x_j)/2 − ¼ for AND, ½ for XOR. The errors ¼ and ½ are
/// optimal, because f(0,0) − f(1,0) − f(0,1) + f(1,1) is 0 for every affine f, and 1 and −2 for the tasks.
/// </summary>
internal sealed class AffineReadoff(PairTask task) : IPairReadoff
{
    /// <inheritdoc/>
    public double Read(ReadOnlySpan<float> activity, int ones) => task == PairTask.And ? (0.5 * ones) - 0.25 : 0.5;
}
