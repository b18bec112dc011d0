using Geometry.Training;

namespace Geometry.Storage.Tests.Training;

/// <summary>Makes weights from seed and index at once; can diverge in some runs, stop after some, and finish in any order.</summary>
internal sealed class FakeTrainer : ITrainer
{
    /// <summary>Runs that diverge, at the step of their index.</summary>
    public int[] Diverging { get; init; } = [];

    /// <summary>Number of finished runs after which it is cancelled.</summary>
    public int StopAfter { get; init; } = int.MaxValue;

    /// <summary>Whether the last run finishes first.</summary>
    public bool Backwards { get; init; }

    /// <summary>The runs that it was asked to train, in order.</summary>
    public List<int> Asked { get; } = [];

    public void Train(IReadOnlyList<TrainingRun> runs, Action<TrainedRun> finished, Action<long> stepsDone, CancellationToken cancellation)
    {
        Asked.AddRange(runs.Select(r => r.Index));
        int done = 0;
        foreach (TrainingRun run in Backwards ? runs.Reverse() : runs)
        {
            if (done++ == StopAfter)
                throw new OperationCanceledException();
            cancellation.ThrowIfCancellationRequested();
            finished(Train(run));
            stepsDone(run.Plan.Steps);
        }
    }

    private TrainedRun Train(TrainingRun run)
    {
        var random = new Random((1_000_003 * run.Seed) + run.Index);
        Checkpoint[] checkpoints =
        [
            .. Enumerable.Range(1, run.Plan.Checkpoints).Select(k => State(k * run.Plan.Steps / run.Plan.Checkpoints, run.Model, random)),
        ];
        bool failed = Diverging.Contains(run.Index);
        return new TrainedRun(
            run,
            State(run.Plan.Steps, run.Model, random),
            failed ? checkpoints[..(checkpoints.Length / 2)] : checkpoints,
            random.NextDouble(),
            failed ? run.Index : null
        );
    }

    private static Checkpoint State(int step, ModelShape shape, Random random) =>
        Checkpoint.Of(shape, step, [.. shape.Blocks.Select(b => Floats(b.Length, random))]);

    private static float[] Floats(int count, Random random)
    {
        var values = new float[count];
        for (int k = 0; k < count; k++)
            values[k] = (float)((random.NextDouble() * 2) - 1);
        return values;
    }
}
