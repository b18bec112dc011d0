using Geometry.Training.Engine;
using Xunit;

namespace Geometry.Training.Tests.Networks;

public class NetworkTrainingTests
{
    [Fact]
    public void TheBytesDoNotDependOnTheThreads()
    {
        TrainingRun[] runs =
        [
            .. MadeNetworks.All.Values.Select(
                (m, i) => new TrainingRun(i, 3, m, Models.Uniform(m.Features, 0.2), Models.Plan(batch: 512, steps: 40, checkpoints: 3))
            ),
        ];
        TrainedRun[] one = Train(runs, 1),
            three = Train(runs, 3);
        for (int r = 0; r < runs.Length; r++)
        {
            Assert.Equal(one[r].Loss, three[r].Loss);
            Assert.Equal(one[r].Final.Arrays, three[r].Final.Arrays);
            Assert.Equal(runs[r].Model.Blocks.Select(b => b.Length), one[r].Final.Arrays.Select(a => a.Length));
            Assert.Equal(3, one[r].Checkpoints.Count);
            Assert.Equal(one[r].Final.Arrays, one[r].Checkpoints[^1].Arrays);
        }
    }

    /// <summary>The evaluation loss agrees with its definition, exactly where samples differ only in their values.</summary>
    [Fact]
    public void TheLossIsTheMeanOfTheDefinition()
    {
        ModelShape model = MadeNetworks.All["deep with a head"];
        var run = new TrainingRun(0, 1, model, Models.Uniform(5, 0.5), Models.Plan(steps: 0));
        TrainedRun trained = Train([run], 1)[0];
        var random = new Random(3);
        double[][] samples =
        [
            .. Enumerable
                .Range(0, 40_000)
                .Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextDouble() < 0.5 ? random.NextDouble() : 0).ToArray()),
        ];
        double[] theta = [.. trained.Final.Arrays.SelectMany(a => a).Select(v => (double)v)];
        Assert.Equal(1, trained.Loss / ReferenceNetwork.Loss(run, theta, samples), 0.01);
        NetworkScores scores = Evaluation.Scores(model, run.Data, trained.Final);
        Assert.Equal(trained.Loss, scores.Loss(model.Head), 1e-12);
    }

    [Fact]
    public void AHeadLearnsWhetherAnyFeatureIsActive()
    {
        ModelShape model = new(4, 4, Activation.Relu, 1, true, true) { Head = MadeNetworks.Head(4, weight: 1) };
        var run = new TrainingRun(0, 1, model, Models.Uniform(4, 0.2), Models.Plan(batch: 1024, steps: 1500, rate: 1e-2));
        NetworkScores start = Evaluation.Scores(
            model,
            run.Data,
            Train([new TrainingRun(0, 1, model, run.Data, Models.Plan(steps: 0))], 1)[0].Final
        );
        NetworkScores end = Evaluation.Scores(model, run.Data, Train([run], 2)[0].Final);
        Assert.InRange(end.Accuracy, 0.9, 1);
        Assert.True(end.CrossEntropy < 0.5 * start.CrossEntropy);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() =>
            new ModelShape(5, 3, Activation.Relu, 1, true, true)
            {
                Layers = [new DenseLayer(5, 3, Activation.Relu), new DenseLayer(3, 5, Activation.Relu)],
            }
        );
        Assert.Throws<ArgumentException>(() =>
            new ModelShape(5, 3, Activation.Relu, 1, false, true)
            {
                Layers = [new DenseLayer(5, 3, Activation.Relu), new DenseLayer(4, 5, Activation.Relu)],
            }
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseLayer(1 << 20, 1 << 20, Activation.Relu));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassHead(1, ClassTarget.Any, [0], 1, false));
        Assert.Throws<ArgumentException>(() => new ClassHead(2, ClassTarget.Any, [], 1, false));
        Assert.Throws<ArgumentException>(() => new ClassHead(2, ClassTarget.Any, [1, 1], 1, false));
        ModelShape model = new(3, 2, Activation.Relu, 1, true, true) { Head = MadeNetworks.Head(4) };
        Assert.Throws<ArgumentException>(() => new TrainingRun(0, 0, model, Models.Uniform(3, 1), Models.Plan()));
    }

    [Theory]
    [InlineData(ClassTarget.Any, 2, 5, "0 1 1 1 1 1")]
    [InlineData(ClassTarget.Any, 4, 5, "0 1 2 3 3 3")]
    [InlineData(ClassTarget.Xor, 2, 4, "0 1 0 1 0")]
    [InlineData(ClassTarget.Xor, 3, 4, "0 1 2 0 1")]
    [InlineData(ClassTarget.Majority, 2, 5, "0 0 0 1 1 1")]
    [InlineData(ClassTarget.Majority, 2, 4, "0 0 0 1 1")]
    public void ClassesFollowTheNumberOfActiveFeatures(ClassTarget target, int classes, int features, string expected)
    {
        ClassHead head = MadeNetworks.Head(features, classes, target);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, features + 1).Select(head.ClassOf)));
    }

    private static TrainedRun[] Train(TrainingRun[] runs, int threads)
    {
        var done = new List<TrainedRun>();
        new CpuTrainer(threads).Train(runs, done.Add, _ => { }, CancellationToken.None);
        return [.. done.OrderBy(d => d.Run.Index)];
    }
}
