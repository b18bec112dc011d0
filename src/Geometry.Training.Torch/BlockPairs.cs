using Geometry.Theory.Pairs;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>
/// Boolean inputs, the values of pairs of them, and the loss weight·|r|^power, for a block of runs (<see cref="PairTargets"/>).
/// </summary>
internal sealed class BlockPairs : IDisposable
{
    private readonly PairTargets _pairs;
    private readonly double _samples;
    private readonly Tensor _first,
        _second;

    /// <param name="pairs">The targets.</param>
    /// <param name="samples">Number of samples over which the loss is averaged.</param>
    /// <param name="device">The device of the tensors.</param>
    public BlockPairs(PairTargets pairs, double samples, Device device)
    {
        (_pairs, _samples) = (pairs, samples);
        _first = tensor([.. pairs.Pairs.Select(p => (long)p.First)], device: device);
        _second = tensor([.. pairs.Pairs.Select(p => (long)p.Second)], device: device);
    }

    /// <summary>
    /// Samples x (R, batch, n) as the model gets them: 1 where a feature is active, else 0, scaled to unit norm where the targets say so.
    /// </summary>
    public Tensor Inputs(Tensor x)
    {
        Tensor features = Boolean(x);
        return _pairs.Normalised ? features.div(features.sum([2L], keepdim: true).clamp(min: 1).sqrt()) : features;
    }

    /// <summary>The sum over runs of their mean loss.</summary>
    /// <param name="z">The outputs of the model, (R, batch, pairs).</param>
    /// <param name="x">The samples as they were drawn.</param>
    public Tensor Loss(Tensor z, Tensor x)
    {
        Tensor features = Boolean(x),
            a = features.index_select(2, _first),
            b = features.index_select(2, _second),
            both = a.mul(b);
        Tensor y = _pairs.Task == PairTask.And ? both : a.add(b).sub(both.mul(2));
        return z.sub(y).pow(_pairs.Power).mul(y.mul(_pairs.OnesWeight - 1).add(1)).sum().div(_pairs.Pairs.Count * _samples);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private static Tensor Boolean(Tensor x) => x.gt(0).to_type(ScalarType.Float32);
}
