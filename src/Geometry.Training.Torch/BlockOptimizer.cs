using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>
/// AdamW, Adam and SGD with PyTorch's semantics on stacked parameters, with a learning rate, weight decay and momentum for each run.
/// </summary>
/// <remarks>The sources of the update rules are named at <see cref="OptimizerKind"/>; β = (0.9, 0.999), ε = 1e-8.</remarks>
internal sealed class BlockOptimizer : IDisposable
{
    private const double Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8;

    private readonly OptimizerKind _kind;
    private readonly IReadOnlyList<Tensor> _parameters;
    private readonly Tensor _rate;
    private readonly Tensor _decay;
    private readonly Tensor _momentum;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;

    public BlockOptimizer(TrainingRun[] runs, IReadOnlyList<Tensor> parameters, Device device)
    {
        _kind = runs[0].Plan.Optimizer;
        _parameters = parameters;
        Tensor Each(Func<TrainingPlan, double> value)
        {
            float[] values = [.. runs.Select(r => (float)value(r.Plan))];
            return tensor(values, device: device).reshape(runs.Length, 1, 1);
        }
        _rate = Each(p => p.LearningRate);
        _decay = Each(p => p.WeightDecay);
        _momentum = Each(p => p.Momentum);
        _first = [.. parameters.Select(zeros_like)];
        _second = _kind == OptimizerKind.Sgd ? [] : [.. parameters.Select(zeros_like)];

        static Tensor zeros_like(Tensor parameter) => TorchSharp.torch.zeros_like(parameter);
    }

    /// <summary>The moments of the gradients, which the next step builds on.</summary>
    public IReadOnlyList<Tensor> Moments => [.. _first, .. _second];

    /// <summary>One update, within the caller's dispose scope.</summary>
    /// <param name="gradients">In the order of the parameters; null for frozen ones.</param>
    /// <param name="finished">Number of updates before this one.</param>
    /// <param name="share">The factor that the schedule applies to the learning rate now.</param>
    public void Step(Tensor?[] gradients, int finished, double share)
    {
        Tensor rate = _rate.mul(share);
        for (int k = 0; k < gradients.Length; k++)
        {
            if (gradients[k] is not { } g)
                continue;
            Tensor p = _parameters[k];
            if (_kind == OptimizerKind.AdamW)
                p.mul_(1 - rate.mul(_decay));
            else
                g = g.add(p.mul(_decay));
            if (_kind == OptimizerKind.Sgd)
            {
                _first[k].mul_(_momentum).add_(g);
                p.sub_(_first[k].mul(rate));
                continue;
            }
            _first[k].mul_(Beta1).add_(g.mul(1 - Beta1));
            _second[k].mul_(Beta2).add_(g.mul(g).mul_(1 - Beta2));
            double correction1 = 1 - Math.Pow(Beta1, finished + 1),
                correction2 = 1 - Math.Pow(Beta2, finished + 1);
            Tensor denominator = _second[k].sqrt().div_(Math.Sqrt(correction2)).add_(Epsilon);
            p.sub_(_first[k].mul(rate.div(correction1)).div_(denominator));
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in (IEnumerable<Tensor>)[_rate, _decay, _momentum, .. _first, .. _second])
            tensor.Dispose();
    }
}
