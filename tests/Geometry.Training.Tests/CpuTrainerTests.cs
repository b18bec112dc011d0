using Xunit;

namespace Geometry.Training.Tests;

public class CpuTrainerTests
{
    [Fact]
    public void WeightsAreTheSameBitsWhateverTheThreadsAndTheOtherRuns()
    {
        TrainingRun[] runs =
        [
            new(0, 7, Models.Tied(5, 2), Models.Uniform(5, 0.1), Models.Plan(steps: 200)),
            new(1, 7, Models.Untied(6, 3, Activation.Swish), Models.Uniform(6, 0.3, Models.Pairs(GroupKind.Correlated, 6)), Models.Plan()),
            new(2, 7, Models.Tied(20, 5), Models.Uniform(20, 0.02), Models.Plan()),
            new(3, 7, Models.Tied(120, 20), Models.Uniform(120, 0.5), Models.Plan(batch: 1024, steps: 8)),
            new(4, 7, Models.Tied(120, 20), Models.Uniform(120, 0.02), Models.Plan(batch: 1024, steps: 8)),
            new(
                5,
                7,
                Models.Untied(90, 10),
                Models.Uniform(90, 0.03, Models.Pairs(GroupKind.Anticorrelated, 90)),
                Models.Plan(batch: 1024, steps: 8)
            ),
        ];
        TrainedRun[] alone = [.. runs.SelectMany(r => Train([r], 1))];
        foreach (int threads in new[] { 2, 3, 16 })
            SameBits(alone, Train(runs, threads));
        SameBits([alone[3]], Train([runs[3]], 3));
    }

    [Fact]
    public void RunsOfOneSeedDifferAndSoDoSeedsOfOneRun()
    {
        var first = new TrainingRun(0, 0, Models.Tied(5, 2), Models.Uniform(5, 0.2), Models.Plan(steps: 1));
        TrainedRun[] done = Train(
            [first, new(1, 0, first.Model, first.Data, first.Plan), new(0, 1, first.Model, first.Data, first.Plan)],
            1
        );
        Assert.NotEqual(done[0].Final.Weights, done[1].Final.Weights);
        Assert.NotEqual(done[0].Final.Weights, done[2].Final.Weights);
    }

    [Fact]
    public void TheStartIsXavierNormal()
    {
        TrainedRun done = Train([new(0, 3, Models.Untied(300, 100), Models.Uniform(300, 0.5), Models.Plan(steps: 0))], 1)[0];
        double expected = Math.Sqrt(2.0 / 400);
        foreach (float[] matrix in new[] { done.Final.Weights, done.Final.Decoder! })
        {
            Assert.InRange(matrix.Average(), -5 * expected / 173, 5 * expected / 173);
            Assert.InRange(Math.Sqrt(matrix.Average(w => (double)w * w)), expected * 0.98, expected * 1.02);
        }
        Assert.All(done.Final.Bias!, b => Assert.Equal(0, b));
        Assert.InRange(
            Math.Abs(done.Final.Weights.Zip(done.Final.Decoder!, (a, b) => (double)a * b).Average()),
            0,
            5 * expected * expected / 173
        );
    }

    [Fact]
    public void ARunThatDivergesIsRecordedAndTheOthersGoOn()
    {
        var wild = new TrainingPlan(OptimizerKind.Sgd, 1e6, 0, 0.9, Schedule.Constant, 64, 500, 3);
        TrainingRun good = new(1, 0, Models.Tied(5, 2), Models.Uniform(5, 0.5), Models.Plan());
        TrainedRun[] done = Train([new(0, 0, Models.Tied(5, 2, Activation.Linear), Models.Uniform(5, 0.5), wild), good], 2);
        Assert.InRange(done[0].FailedAtStep!.Value, 1, 50);
        Assert.Equal(done[0].FailedAtStep, done[0].Final.Step);
        Assert.True(double.IsNaN(done[0].Loss));
        Assert.Null(done[1].FailedAtStep);
        Assert.True(double.IsFinite(done[1].Loss));
    }

    [Fact]
    public void CheckpointsFollowTheRun()
    {
        TrainingRun run = new(0, 0, Models.Tied(5, 2), Models.Uniform(5, 0.3), Models.Plan(steps: 100, checkpoints: 4));
        TrainedRun done = Train([run], 1)[0];
        Assert.Equal([0, 1, 10, 100], done.Checkpoints.Select(c => c.Step));
        Assert.Equal(done.Final.Weights, done.Checkpoints[^1].Weights);
        Assert.NotEqual(done.Checkpoints[0].Weights, done.Checkpoints[1].Weights);
        TrainedRun without = Train([new(0, 0, run.Model, run.Data, Models.Plan(steps: 100))], 1)[0];
        Assert.Equal(done.Final.Weights, without.Final.Weights);
        Assert.Empty(without.Checkpoints);
    }

    [Fact]
    public void EveryStepIsReportedOnce()
    {
        TrainingRun[] runs =
        [
            .. Enumerable.Range(0, 5).Select(i => new TrainingRun(i, 0, Models.Tied(5, 2), Models.Uniform(5, 0.3), Models.Plan(steps: 30))),
        ];
        long steps = 0;
        new CpuTrainer(2).Train(runs, _ => { }, s => steps += s, CancellationToken.None);
        Assert.Equal(150, steps);
    }

    [Fact]
    public void CancellationStopsTheWorkAndKeepsWhatIsDone()
    {
        using var cancel = new CancellationTokenSource();
        TrainingRun quick = new(0, 0, Models.Tied(5, 2), Models.Uniform(5, 0.3), Models.Plan(steps: 3));
        TrainingRun[] runs =
        [
            quick,
            .. Enumerable
                .Range(1, 3)
                .Select(i => new TrainingRun(i, 0, Models.Tied(200, 20), Models.Uniform(200, 1), Models.Plan(1024, 1_000_000))),
        ];
        var done = new List<TrainedRun>();
        Assert.Throws<OperationCanceledException>(() =>
            new CpuTrainer(2).Train(
                runs,
                run =>
                {
                    done.Add(run);
                    cancel.Cancel();
                },
                _ => { },
                cancel.Token
            )
        );
        Assert.Same(quick, Assert.Single(done).Run);
    }

    [Fact]
    public void AnErrorOfTheCallerStopsTheWork()
    {
        TrainingRun[] runs =
        [
            .. Enumerable.Range(0, 4).Select(i => new TrainingRun(i, 0, Models.Tied(5, 2), Models.Uniform(5, 0.3), Models.Plan(steps: 3))),
        ];
        Assert.Throws<IOException>(() =>
            new CpuTrainer(2).Train(runs, _ => throw new IOException("disk full"), _ => { }, CancellationToken.None)
        );
    }

    /// <summary>
    /// One dedicated feature and nothing else at density 1; the second feature is worth little and its mean is its best guess.
    /// </summary>
    [Fact]
    public void ADenseModelKeepsTheImportantFeature()
    {
        var data = new SparseData([1, 1], [1, 0.1], FeatureGroups.None);
        TrainedRun done = Train([new(0, 0, Models.Tied(2, 1), data, Models.Plan(batch: 512, steps: 3000, rate: 1e-2))], 1)[0];
        Assert.InRange(done.Loss, 0.1 / 12 / 2 * 0.9, 0.1 / 12 / 2 * 1.1);
        Assert.InRange(Math.Abs(done.Final.Weights[0]), 0.9, 1.1);
    }

    private static TrainedRun[] Train(TrainingRun[] runs, int threads)
    {
        var done = new TrainedRun[runs.Length];
        new CpuTrainer(threads).Train(runs, run => done[Array.IndexOf(runs, run.Run)] = run, _ => { }, CancellationToken.None);
        return done;
    }

    private static void SameBits(TrainedRun[] expected, TrainedRun[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Final.Weights, actual[i].Final.Weights);
            Assert.Equal(expected[i].Final.Decoder, actual[i].Final.Decoder);
            Assert.Equal(expected[i].Final.Bias, actual[i].Final.Bias);
            Assert.Equal(expected[i].Loss, actual[i].Loss);
        }
    }
}
