using Geometry.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>A block of runs during training: parameters, optimizer, samples, checkpoints, and which runs diverged.</summary>
internal sealed class TrainedBlock : IDisposable
{
    private readonly Device _device;
    private readonly IBlockModel _model;
    private readonly BlockOptimizer _optimizer;
    private readonly BlockSampler _sampler;
    private readonly Tensor _failedAt;
    private readonly List<(int Step, float[][] Values)> _kept = [];

    public TrainedBlock(TrainingRun[] runs, Device device)
    {
        (Runs, _device) = (runs, device);
        _model = runs[0].Model.IsNetwork ? new BlockNetwork(runs, device) : new BlockModel(runs, device);
        _optimizer = new BlockOptimizer(runs, _model.Parameters, device);
        _sampler = new BlockSampler(runs, device);
        _failedAt = full([runs.Length], -1L, ScalarType.Int64, device);
    }

    /// <summary>The runs, in the order of the tensors.</summary>
    public TrainingRun[] Runs { get; }

    /// <summary>Finished steps.</summary>
    public int Step { get; private set; }

    /// <summary>The checkpoints so far.</summary>
    public IReadOnlyList<(int Step, float[][] Values)> Kept => _kept;

    /// <summary>The parameters among the values of a state.</summary>
    public float[][] Parameters(float[][] values) => values[.._model.Parameters.Count];

    /// <summary>Stores the current parameters as a checkpoint.</summary>
    public void Keep() => _kept.Add((Step, HostArrays.Floats(_model.Parameters)));

    /// <summary>Waits for the device.</summary>
    public void Wait() => HostArrays.Integers(_failedAt);

    /// <summary>Makes one step of every run.</summary>
    public void MakeStep()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.Step(_model.Gradients(_sampler.Next()), Step, LearningRate.Share(Runs[0].Plan, Step));
        Step++;
        NoteFailures();
    }

    /// <summary>The state from which training can continue.</summary>
    public BlockState State() =>
        new(
            _device.ToString(),
            [.. Runs.Select(r => r.Index)],
            Step,
            [.. HostArrays.Floats(_model.Parameters), .. HostArrays.Floats(_optimizer.Moments)],
            _sampler.State,
            HostArrays.Integers(_failedAt),
            [.. _kept]
        );

    /// <summary>Continues from a state of these runs.</summary>
    public void Restore(BlockState state)
    {
        HostArrays.Fill([.. _model.Parameters, .. _optimizer.Moments], state.Values);
        _sampler.State = state.Generator;
        using (Tensor failedAt = tensor(state.FailedAt))
            _failedAt.copy_(failedAt);
        Step = state.Step;
        _kept.Clear();
        _kept.AddRange(state.Kept);
    }

    public void Dispose()
    {
        _failedAt.Dispose();
        _sampler.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    /// <summary>Stores the step for runs whose parameters are not finite for the first time.</summary>
    private void NoteFailures()
    {
        Tensor sum = _model.Parameters[0].sum([1L, 2L]);
        foreach (Tensor parameter in _model.Parameters.Skip(1))
            sum = sum.add(parameter.sum([1L, 2L]));
        Tensor first = sum.isfinite().logical_not().logical_and(_failedAt.lt(0));
        _failedAt.add_(first.to_type(ScalarType.Int64).mul(Step + 1));
    }
}
