using System.Diagnostics;
using Geometry.Training.Engine;
using Geometry.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Geometry.Training.Torch;

/// <summary>The Torch engine: trains all runs of one shape and schedule in one set of tensors, on the processor or a GPU.</summary>
/// <remarks>
/// Starts, update rules, checkpoints and evaluation loss are those of the CPU engine; the training samples are not, so the two engines
/// agree in distribution but not run by run. A block draws its samples from one generator: the same set of runs on the same device and
/// version of torch gives the same weights, but a run that is trained with other runs (another shard) gets other samples. The state of a
/// block is saved every few seconds and on interruption; training continues from it with the samples that would have come. All tensors are
/// disposed.
/// </remarks>
public sealed class TorchTrainer : IResumableTrainer
{
    private const int StepsPerReport = 100;
    private readonly Device _device;
    private readonly int _threads;

    /// <summary>An engine on a device.</summary>
    /// <param name="device">The device in PyTorch's notation: cpu, cuda, cuda:1.</param>
    /// <param name="threads">Number of processor threads, ≥ 1.</param>
    /// <exception cref="InvalidOperationException">Torch was built without CUDA, or finds no such device.</exception>
    public TorchTrainer(string device, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (device.StartsWith("cuda", StringComparison.Ordinal) && !cuda.is_available())
            throw new InvalidOperationException(
                $"Torch finds no CUDA device for {device}; build with -p:Torch=cuda-linux on a machine that has one."
            );
        set_num_threads(threads);
        (_device, _threads) = (torch.device(device), threads);
        // A missing device, and a native library that cannot be loaded, fail only when they are used.
        zeros([1], ScalarType.Float32, _device).Dispose();
    }

    /// <inheritdoc/>
    public IStateStore? States { get; set; }

    /// <summary>Smallest time between two savings of a block.</summary>
    public TimeSpan BetweenSaves { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(finished);
        ArgumentNullException.ThrowIfNull(stepsDone);
        // An interrupted block comes first, by itself: the other blocks are then the same as before.
        if (BlockState.Read(States?.Load()) is { } begun && begun.Among(runs, _device.ToString()) is { Length: > 0 } own)
        {
            TrainBlock(own, begun.Of(own), finished, stepsDone, cancellation);
            runs = [.. runs.Except(own)];
        }
        foreach (TrainingRun[] block in RunBlock.Split(runs, _device.type != DeviceType.CPU))
            TrainBlock(block, null, finished, stepsDone, cancellation);
    }

    private void TrainBlock(
        TrainingRun[] runs,
        BlockState? begun,
        Action<TrainedRun> finished,
        Action<long> stepsDone,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        // Temporary tensors of a constructor belong to this scope. Tensors that are kept are disposed by their owner or by the scope,
        // whichever comes first.
        using DisposeScope scope = NewDisposeScope();
        using var block = new TrainedBlock(runs, _device);
        if (begun is not null)
            block.Restore(begun);
        TrainingPlan plan = runs[0].Plan;
        IReadOnlyList<int> kept = CheckpointSteps.Of(plan);
        int reported = 0;
        long saved = Stopwatch.GetTimestamp();
        while (true)
        {
            if (block.Kept.Count < kept.Count && kept[block.Kept.Count] == block.Step)
                block.Keep();
            if (block.Step - reported >= StepsPerReport || block.Step == plan.Steps)
            {
                // Reading a value waits for the device, so progress and interruption follow work that is done, not queued.
                block.Wait();
                stepsDone((long)(block.Step - reported) * runs.Length);
                reported = block.Step;
                if (cancellation.IsCancellationRequested || (Stopwatch.GetElapsedTime(saved) >= BetweenSaves && block.Step < plan.Steps))
                {
                    States?.Save(block.State().Write());
                    saved = Stopwatch.GetTimestamp();
                }
            }
            if (block.Step == plan.Steps)
                break;
            if (cancellation.IsCancellationRequested)
            {
                States?.Save(block.State().Write());
                cancellation.ThrowIfCancellationRequested();
            }
            block.MakeStep();
        }
        // Runs are handed over one by one, so that a kill loses as few as possible.
        States?.Save(block.State().Write());
        Finish(block, finished, cancellation);
    }

    /// <summary>Evaluates the runs in parallel and hands each over as soon as its loss is known.</summary>
    private void Finish(TrainedBlock block, Action<TrainedRun> finished, CancellationToken cancellation)
    {
        var gate = new Lock();
        BlockState end = block.State();
        Parallel.For(0, block.Runs.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation }, r =>
        {
            TrainingRun run = block.Runs[r];
            Checkpoint final = HostArrays.Checkpoint(run.Model, end.Step, block.Parameters(end.Values), r);
            double loss = end.FailedAt[r] < 0 ? Evaluation.Loss(run.Model, run.Data, final, cancellation) : double.NaN;
            int? failed =
                end.FailedAt[r] >= 0 ? (int)end.FailedAt[r]
                : double.IsFinite(loss) ? null
                : run.Plan.Steps;
            Checkpoint[] own =
            [
                .. end
                    .Kept.Where(c => failed is null || c.Step < failed)
                    .Select(c => HostArrays.Checkpoint(run.Model, c.Step, c.Values, r)),
            ];
            lock (gate)
                finished(new TrainedRun(run, final, own, failed is null ? loss : double.NaN, failed));
        });
    }
}
