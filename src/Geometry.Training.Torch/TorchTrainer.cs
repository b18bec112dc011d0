using Geometry.Training.Engine;
using Geometry.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>The Torch engine: all runs of one shape and schedule in one set of tensors, on the processor or a GPU.</summary>
/// <remarks>
/// Starts, update rules, checkpoints and evaluation loss are those of the CPU engine; the training samples are not, so that the two agree in distribution and
/// not run by run. A block draws its samples from one generator: the same set of runs on the same device and version of torch gives the same weights, but a
/// run trained in other company (another shard, or after --resume) sees other samples. Everything made is disposed.
/// </remarks>
public sealed class TorchTrainer : ITrainer
{
    private const int StepsPerReport = 100;
    private readonly Device _device;
    private readonly int _threads;

    /// <summary>An engine on a device.</summary>
    /// <param name="device">As PyTorch calls it: cpu, cuda, cuda:1.</param>
    /// <param name="threads">Threads of the processor, ≥ 1.</param>
    /// <exception cref="InvalidOperationException">Torch was built without CUDA, or finds no such device.</exception>
    public TorchTrainer(string device, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (device.StartsWith("cuda", StringComparison.Ordinal) && !cuda.is_available())
            throw new InvalidOperationException($"Torch finds no CUDA device for {device}; build with -p:Torch=cuda-linux on a machine that has one.");
        set_num_threads(threads);
        (_device, _threads) = (torch.device(device), threads);
        // A device that is not there, and a native library that cannot be loaded, show only when they are used.
        zeros([1], ScalarType.Float32, _device).Dispose();
    }

    /// <inheritdoc/>
    public void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(stepsDone);
        foreach (TrainingRun[] block in RunBlock.Split(runs, _device.type != DeviceType.CPU)) TrainBlock(block, finished, stepsDone, cancellation);
    }

    private void TrainBlock(TrainingRun[] runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // What a constructor drops on its way belongs to this scope; what is kept is disposed by its owner or by the scope, whichever is first.
        using DisposeScope scope = NewDisposeScope();
        using IBlockModel model = runs[0].Model.IsNetwork ? new BlockNetwork(runs, _device) : new BlockModel(runs, _device);
        using var optimizer = new BlockOptimizer(runs, model.Parameters, _device);
        using var sampler = new BlockSampler(runs, _device);
        using Tensor failedAt = full([runs.Length], -1L, ScalarType.Int64, _device);
        TrainingPlan plan = runs[0].Plan;
        IReadOnlyList<int> kept = CheckpointSteps.Of(plan);
        var checkpoints = new List<Checkpoint[]>();
        int reported = 0;
        for (int step = 0; ; step++)
        {
            if (checkpoints.Count < kept.Count && kept[checkpoints.Count] == step) checkpoints.Add(model.Read(step, runs.Length));
            if (step - reported == StepsPerReport || step == plan.Steps)
            {
                // Reading a value waits for the device, so that progress and interruption are those of work done, not of work queued.
                Host(failedAt);
                stepsDone((long)(step - reported) * runs.Length);
                reported = step;
            }
            if (step == plan.Steps) break;
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope step_ = NewDisposeScope();
            optimizer.Step(model.Gradients(sampler.Next()), step, LearningRate.Share(plan, step));
            NoteFailures(model, failedAt, step + 1);
        }
        Finish(runs, model.Read(plan.Steps, runs.Length), checkpoints, Host(failedAt), finished, cancellation);
    }

    /// <summary>Marks the runs whose parameters are not finite for the first time.</summary>
    private static void NoteFailures(IBlockModel model, Tensor failedAt, int step)
    {
        Tensor sum = model.Parameters[0].sum([1L, 2L]);
        foreach (Tensor parameter in model.Parameters.Skip(1)) sum = sum.add(parameter.sum([1L, 2L]));
        Tensor first = sum.isfinite().logical_not().logical_and(failedAt.lt(0));
        failedAt.add_(first.to_type(ScalarType.Int64).mul(step + 1));
    }

    /// <summary>Evaluates the runs side by side and hands them over one by one, each as soon as it is known.</summary>
    private void Finish(TrainingRun[] runs, Checkpoint[] finals, List<Checkpoint[]> checkpoints, long[] failedAt, Action<TrainedRun> finished, CancellationToken cancellation)
    {
        var gate = new Lock();
        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation }, r =>
        {
            double loss = failedAt[r] < 0 ? Evaluation.Loss(runs[r].Model, runs[r].Data, finals[r], cancellation) : double.NaN;
            int? failed = failedAt[r] >= 0 ? (int)failedAt[r] : double.IsFinite(loss) ? null : runs[r].Plan.Steps;
            Checkpoint[] own = [.. checkpoints.Select(c => c[r]).Where(c => failed is null || c.Step < failed)];
            lock (gate) finished(new TrainedRun(runs[r], finals[r], own, failed is null ? loss : double.NaN, failed));
        });
    }

    private static long[] Host(Tensor tensor)
    {
        using Tensor host = tensor.cpu();
        return host.data<long>().ToArray();
    }
}
