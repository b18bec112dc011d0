using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Data;

/// <summary>A finite data set is drawn from the law, is the same in every epoch, and comes in another order.</summary>
public class FiniteDataTests
{
    private const int Features = 6;

    [Fact]
    public void EachSampleHasOneActiveFeatureWhereTheLawSaysSo()
    {
        FiniteData data = Program(Samples(5000)).Data!;
        int[] counts = new int[Features];
        double sum = 0;
        for (int s = 0; s < data.Samples; s++)
        {
            int[] active = [.. Enumerable.Range(0, Features).Where(i => data[s][i] != 0)];
            Assert.InRange(active.Length, 0, 1);
            if (active.Length == 0)
                continue;
            counts[active[0]]++;
            sum += data[s][active[0]];
        }
        Assert.All(counts, c => Assert.InRange(c, (5000 / 6.0) - 130, (5000 / 6.0) + 130));
        Assert.InRange(sum / 5000, 0.48, 0.52);
    }

    [Fact]
    public void AnOrderIsAPermutationAndEpochsDiffer()
    {
        FiniteData data = Program(Samples(100)).Data!;
        int[] first = new int[100],
            second = new int[100],
            again = new int[100];
        data.Order(0, first);
        data.Order(1, second);
        data.Order(0, again);
        Assert.Equal(Enumerable.Range(0, 100), first.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, again);
    }

    [Fact]
    public void SeedsHaveOtherSamples() =>
        Assert.NotEqual(Program(Samples(50)).Data![0].ToArray(), Program(Samples(50), seed: 1).Data![0].ToArray());

    /// <summary>
    /// Ten batches of 30 are three epochs of 100: their gradients at fixed weights add up to that of the whole set three times.
    /// </summary>
    [Theory]
    [InlineData(30, 10)]
    [InlineData(100, 3)]
    [InlineData(300, 1)]
    public unsafe void BatchesGoThroughEverySampleEquallyOften(int batch, int steps)
    {
        TrainingPlan plan = Samples(100);
        RunProgram whole = Program(plan),
            parts = Program(new TrainingPlan(OptimizerKind.Sgd, 0.1, 0, 0, Schedule.Constant, batch, steps, 0) { Samples = 100 });
        var theta = new AlignedBuffer(whole.Layout.Length);
        Start.Fill(whole.Run, theta.Span);
        AlignedBuffer expected = new(whole.Layout.Length),
            found = new(whole.Layout.Length);
        float[] all = new float[100 * Features];
        for (int s = 0; s < 100; s++)
        {
            for (int i = 0; i < Features; i++)
                all[(i * 100) + s] = whole.Data![s][i];
        }
        // A coefficient holds 2/(n·batch).
        BatchGradients.For(whole).AddSamples(theta.Pointer, all, 100, expected.Pointer);
        IBatchGradient kernel = BatchGradients.For(parts);
        for (int step = 0; step < steps; step++)
            kernel.Add(theta.Pointer, step, 0, found.Pointer);
        for (int k = 0; k < whole.Layout.Count; k++)
            Assert.Equal(3.0 * expected.Span[k] * plan.Batch / batch, found.Span[k], 1e-5);
        GC.KeepAlive(theta);
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        TrainingRun[] runs = [.. Enumerable.Range(0, 3).Select(i => Run(Samples(70), i))];
        var results = new List<float[][]>();
        foreach (int threads in (int[])[1, 3])
        {
            var weights = new float[3][];
            new CpuTrainer(threads).Train(runs, r => weights[r.Run.Index] = r.Final.Weights, _ => { }, CancellationToken.None);
            results.Add(weights);
        }
        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void AGivenStartIsGivenAndItsNoiseDiffersFromRunToRun()
    {
        var start = new TrainingStart([1, 0, -1, 0, 0, 0, 0, 1, 0, -1, 0, 0], [0, 0, 0, 0, -1, -1], 0.01);
        float[] exact = new float[32],
            first = new float[32],
            second = new float[32];
        Start.Fill(Run(Samples(10), 0) with { Start = start with { Noise = 0 } }, exact);
        Start.Fill(Run(Samples(10), 0) with { Start = start }, first);
        Start.Fill(Run(Samples(10), 1) with { Start = start }, second);
        Assert.Equal([1, 0, -1, 0, 0, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0, -1, -1], exact[..18]);
        Assert.NotEqual(first, second);
        for (int k = 0; k < 18; k++)
            Assert.InRange(first[k] - exact[k], -0.05, 0.05);
        Assert.All(first[..18].Zip(exact), pair => Assert.NotEqual(pair.Second, pair.First));
        Assert.Throws<ArgumentException>(() => Run(Samples(10), 0) with { Start = new TrainingStart([1], null, 0) });
    }

    private static TrainingPlan Samples(int count) =>
        new(OptimizerKind.Sgd, 0.1, 0, 0, Schedule.Constant, 20, 40, 3) { Samples = count, Spacing = CheckpointSpacing.Even };

    private static TrainingRun Run(TrainingPlan plan, int index, int seed = 0) =>
        new(
            index,
            seed,
            Models.Tied(Features, 2),
            new SparseData(
                [.. Enumerable.Repeat(1.0, Features)],
                [.. Enumerable.Repeat(1.0, Features)],
                new FeatureGroups(
                    GroupKind.Anticorrelated,
                    [
                        [.. Enumerable.Range(0, Features)],
                    ]
                )
            ),
            plan
        );

    private static RunProgram Program(TrainingPlan plan, int seed = 0) => new(Run(plan, 0, seed));
}
