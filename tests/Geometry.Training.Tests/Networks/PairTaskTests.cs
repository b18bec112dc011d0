using System.Runtime.Intrinsics;
using Geometry.Theory.Pairs;
using Geometry.Training.Data;
using Geometry.Training.Engine;
using Geometry.Training.Kernels;
using Geometry.Training.Kernels.Lanes;
using Geometry.Training.Specs;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Networks;

public unsafe class PairTaskTests
{
    private const string Task = "task: u-and\npairs: all\nmodel: { features: 6, layers: [8] }\ndata: { active: [2, 3] }\n";

    [Fact]
    public void EverySampleHasTheNumberOfActiveFeaturesAndAllSubsetsAreAlike()
    {
        SparseData data = Models.Uniform(6, 0.5) with { Active = 3 };
        var sampler = new NetworkSampler<Vector256<float>, Lanes256>(new SampleLaw(data), packed: false);
        var block = new AlignedBuffer(6 * 6400);
        sampler.Fill(new RandomStream(1, 2, 3, Purpose.Samples), 0, 100, block.Pointer, 6400);
        var counts = new Dictionary<int, int>();
        for (int s = 0; s < 6400; s++)
        {
            int subset = Enumerable.Range(0, 6).Sum(i => block.Span[(i * 6400) + s] == 1 ? 1 << i : 0);
            Assert.Equal(3, System.Numerics.BitOperations.PopCount((uint)subset));
            counts[subset] = counts.GetValueOrDefault(subset) + 1;
        }
        Assert.Equal(20, counts.Count);
        Assert.All(counts.Values, c => Assert.InRange(c, 240, 400));
    }

    [Theory]
    [InlineData(LayerStart.Gaussian)]
    [InlineData(LayerStart.Bernoulli)]
    [InlineData(LayerStart.Orthogonal)]
    public void AFrozenLayerStaysAsItWasMade(LayerStart start)
    {
        ModelShape model = MadeNetworks.Neurons(
            6,
            [400],
            new PairTargets(PairTask.And, PairTargets.All(6), false, 2, 1),
            start,
            frozen: true
        );
        TrainedRun made = Train(model, 0),
            trained = Train(model, 60);
        Assert.Equal(made.Final.Arrays[0], trained.Final.Arrays[0]);
        Assert.Equal(made.Final.Arrays[1], trained.Final.Arrays[1]);
        Assert.NotEqual(made.Final.Arrays[2], trained.Final.Arrays[2]);
        Assert.True(trained.Loss < made.Loss);
        float[] v = trained.Final.Arrays[0];
        double square = v.Average(w => (double)w * w);
        if (start == LayerStart.Bernoulli)
        {
            Assert.Equal(BernoulliNeurons.Probability(6, 400), square, 0.02);
            Assert.All(v, w => Assert.True(w is 0 or 1));
            Assert.All(trained.Final.Arrays[1], c => Assert.Equal(-1, c));
        }
        else
        {
            Assert.Equal(1, square, 0.06);
            Assert.All(trained.Final.Arrays[1], c => Assert.Equal(0, c));
        }
        if (start == LayerStart.Orthogonal)
            Assert.Equal(0, Enumerable.Range(0, 400).Sum(k => (double)v[k * 6] * v[(k * 6) + 1]), 1e-3);
    }

    /// <summary>Without a weight on ones a sparse AND is best read as nearly zero; with one it is read.</summary>
    [Fact]
    public void AWeightOnOnesKeepsASparseAndFromCollapsing()
    {
        double[] read =
        [
            .. new[] { 1.0, 30 }.Select(ones =>
                Read(Train(MadeNetworks.Neurons(12, [6], new PairTargets(PairTask.And, PairTargets.All(12), false, 2, ones)), 800, 12, 2))
            ),
        ];
        Assert.InRange(read[0], -0.2, 0.35);
        Assert.True(read[1] > read[0] + 0.3, $"{read[0]} {read[1]}");
    }

    [Fact]
    public void ATaskIsReadAndWritten()
    {
        SweepSpec spec = SweepSpec.Parse(Task + "train: { loss: { power: 4, ones: 20 } }\n");
        var grid = new SweepGrid(spec);
        Assert.Equal(2, grid.Count);
        TrainingRun run = grid.Run(1);
        Assert.Equal(3, run.Data.Active);
        Assert.Equal((15, 4, 20.0), (run.Model.Pairs!.Pairs.Count, run.Model.Pairs.Power, run.Model.Pairs.OnesWeight));
        Assert.Equal(["6→8 Relu", "8→15 Linear"], run.Model.Layers.Select(l => $"{l.Inputs}→{l.Outputs} {l.Activation}"));
        Assert.Equal(["active"], grid.Parameters.Select(p => p.Name));
        Assert.Equal(spec.ToYaml(), SweepSpec.Parse(spec.ToYaml()).ToYaml());
        SweepSpec other = SweepSpec.Parse(
            "task: u-xor\npairs: [[0, 1], [4, 2]]\nmodel: { features: 6, layers: [8, 5], first_layer: orthogonal, superposition: 4 "
                + "}\ndata: { density: 0.2, normalise: true }\n"
        );
        ModelShape model = new SweepGrid(other).Run(0).Model;
        Assert.Equal(
            ["6→4 Linear Directions True", "4→8 Relu Orthogonal True", "8→5 Relu Xavier False", "5→2 Linear Xavier False"],
            model.Layers.Select(l => $"{l.Inputs}→{l.Outputs} {l.Activation} {l.Start} {l.Frozen}")
        );
        Assert.Equal(other.ToYaml(), SweepSpec.Parse(other.ToYaml()).ToYaml());
    }

    [Theory]
    [InlineData(
        "pairs is missing: all, or a list such as [[0, 1], [2, 3]]",
        "task: u-and\nmodel: { features: 6, layers: [8] }\ndata: { active: 2 }\n"
    )]
    [InlineData(
        "task: expected reconstruct, u-and, u-xor, found 'u-nand'; did you mean 'u-and'?",
        "task: u-nand\nmodel: { features: 6, layers: [8] }\ndata: { active: 2 }\n"
    )]
    [InlineData("pairs: there is no feature 6", "task: u-and\npairs: [[0, 6]]\nmodel: { features: 6, layers: [8] }\ndata: { active: 2 }\n")]
    [InlineData(
        "pairs: feature 1 is paired with itself",
        "task: u-and\npairs: [[1, 1]]\nmodel: { features: 6, layers: [8] }\ndata: { active: 2 }\n"
    )]
    [InlineData(
        "pairs: expected two features, such as [0, 1], found '0'",
        "task: u-and\npairs: [0, 1]\nmodel: { features: 6, layers: [8] }\ndata: { active: 2 }\n"
    )]
    [InlineData("pairs is for the tasks u-and and u-xor", "pairs: all\nmodel: { features: 6, layers: [8] }\ndata: { density: 1 }\n")]
    [InlineData("data.active is for the tasks u-and and u-xor", "model: { features: 6, layers: [8] }\ndata: { active: 2 }\n")]
    [InlineData(
        "model.layers is missing: the neurons that pairs are read from, such as [64]",
        "task: u-and\npairs: all\nmodel: { features: 6 }\ndata: { active: 2 }\n"
    )]
    [InlineData(
        "model.hidden is not for the task u-and",
        "task: u-and\npairs: all\nmodel: { features: 6, hidden: 2, layers: [8] }\ndata: { active: 2 }\n"
    )]
    [InlineData(
        "data.active: expected at most the 6 features, found 7",
        "task: u-and\npairs: all\nmodel: { features: 6, layers: [8] }\ndata: { active: 7 }\n"
    )]
    [InlineData("train.loss.power: expected an even number, 2 to 16, found 3", Task + "train: { loss: { power: 3 } }\n")]
    [InlineData("train.loss.ones: expected a number above 0", Task + "train: { loss: { ones: 0 } }\n")]
    [InlineData(
        "model.layers: a layer has 391545000000 weights; expected at most 67108864",
        "task: u-and\npairs: all\nmodel: { features: 100, layers: [79100000] }\ndata: { active: 2 }\n"
    )]
    [InlineData(
        "data.importance is not for the task u-and",
        "task: u-and\npairs: all\nmodel: { features: 6, layers: [8] }\ndata: { active: 2, importance: 1 }\n"
    )]
    public void WhatIsWrongIsOneLine(string expected, string yaml)
    {
        SpecException e = Assert.Throws<SpecException>(() => SweepSpec.Parse(yaml));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    private static TrainedRun Train(ModelShape model, int steps, int features = 6, int active = 2)
    {
        var run = new TrainingRun(
            0,
            1,
            model,
            Models.Uniform(features, active / (double)features) with
            {
                Active = active,
            },
            Models.Plan(batch: 128, steps: steps, rate: 1e-2)
        );
        TrainedRun? done = null;
        new CpuTrainer(1).Train([run], d => done = d, _ => { }, CancellationToken.None);
        return done!;
    }

    /// <summary>The mean value read of pairs that are active.</summary>
    private static double Read(TrainedRun run)
    {
        DenseLayer first = run.Run.Model.Layers[0];
        float[][] p = [.. run.Final.Arrays];
        return run
            .Run.Model.Pairs!.Pairs.Select(
                (pair, k) =>
                    p[3][k]
                    + Enumerable
                        .Range(0, first.Outputs)
                        .Sum(d =>
                            p[2][(k * first.Outputs) + d]
                            * Math.Max(0, p[0][(d * first.Inputs) + pair.First] + p[0][(d * first.Inputs) + pair.Second] + p[1][d])
                        )
            )
            .Average();
    }
}
