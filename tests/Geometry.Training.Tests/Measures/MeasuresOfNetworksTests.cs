using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Llc;
using Geometry.Training.Engine;
using Geometry.Training.Measures;
using Geometry.Training.Tests.Networks;
using Xunit;

namespace Geometry.Training.Tests.Measures;

/// <summary>Measures of models with layers or a head, which take the trained loss.</summary>
public class MeasuresOfNetworksTests
{
    public static TheoryData<string> Networks => [.. MadeNetworks.All.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void TheLossIsTheDefinitionTimesTheOutputs(string name)
    {
        const int Samples = 150;
        ModelShape model = MadeNetworks.All[name];
        var random = new Random(5);
        double[][] x =
        [
            .. Enumerable
                .Range(0, Samples)
                .Select(_ =>
                    Enumerable.Range(0, model.Features).Select(_ => random.Next(3) == 0 ? (double)(float)random.NextDouble() : 0).ToArray()
                ),
        ];
        var run = new TrainingRun(0, 0, model, Models.Uniform(model.Features, 0.3), Models.Plan(batch: Samples));
        IChainLoss loss = new DataSample(model, run.Data.Importance, Samples, null)
        {
            Given = [.. x.SelectMany(s => s).Select(v => (float)v)],
        }.Loss();
        double[] theta = [.. Enumerable.Range(0, loss.Length).Select(_ => (double)(float)(random.NextDouble() - 0.5))],
            losses = new double[8],
            gradients = new double[8 * theta.Length];
        loss.Evaluate([.. theta.SelectMany(t => Enumerable.Repeat(t, 8))], IChainLoss.Whole, losses, gradients);
        double outputs = model.Pairs?.Pairs.Count ?? model.Features,
            expected = outputs * ReferenceNetwork.Loss(run, theta, x);
        double[] gradient = ReferenceNetwork.Gradient(run, theta, x);
        double scale = outputs * gradient.Max(Math.Abs);
        Assert.All(losses, l => Assert.Equal(expected, l, 1e-5 * expected));
        for (int i = 0; i < theta.Length; i++)
            Assert.Equal(outputs * gradient[i], gradients[(8 * i) + 3], 2e-5 * scale);
    }

    [Fact]
    public void BatchesAverageToTheWholeAndFrozenLayersHaveNoGradient()
    {
        ModelShape model = MadeNetworks.Neurons(6, [9], MadeNetworks.All["and of all pairs"].Pairs!, LayerStart.Gaussian, frozen: true);
        IChainLoss loss = new DataSample(model, [.. Enumerable.Repeat(1.0, 6)], 5000, 256)
        {
            Law = Models.Uniform(6, 0.1),
            Seed = 3,
        }.Loss();
        var random = new Random(2);
        double[] points = [.. Enumerable.Range(0, 8 * loss.Length).Select(_ => random.NextDouble() - 0.5)],
            whole = new double[8],
            one = new double[8],
            gradients = new double[points.Length];
        loss.Evaluate(points, IChainLoss.Whole, whole, gradients);
        Assert.All(gradients[..(8 * 9 * 7)], g => Assert.Equal(0, g));
        Assert.Contains(gradients[(8 * 9 * 7)..], g => g != 0);
        double mean = 0;
        for (uint batch = 0; batch < 400; batch++)
        {
            loss.Evaluate(points, batch, one, gradients);
            mean += one[0] / 400;
        }
        Assert.InRange(mean, whole[0] * 0.98, whole[0] * 1.02);
    }

    [Fact]
    public void AHeadIsMeasuredBesideTheMostFrequentClass()
    {
        ModelShape model = new(4, 4, Activation.Relu, 1, true, true) { Head = MadeNetworks.Head(4, weight: 1) };
        TrainedRun trained = Train(new TrainingRun(0, 1, model, Models.Uniform(4, 0.2), Models.Plan(batch: 1024, steps: 1500, rate: 1e-2)));
        MeasureCell[] row = new HeadMeasure()
            .Of(Measured(4, 4), new RunOrigin(trained.Run, []) { Final = trained.Final }, CancellationToken.None)
            .Rows.Single();
        double none = Math.Pow(0.8, 4);
        Assert.InRange(row[0].Number, 0.9, 1);
        Assert.Equal(1 - none, row[1].Number, 1e-12);
        Assert.InRange(row[2].Number, 0, row[3].Number);
        Assert.Equal(-(none * Math.Log(none)) - ((1 - none) * Math.Log(1 - none)), row[3].Number, 1e-12);
        Assert.Equal(trained.Loss, row[4].Number + row[2].Number, 1e-9);
        UnsupportedRunException refused = Assert.Throws<UnsupportedRunException>(() =>
            new HeadMeasure().Of(Measured(4, 4), null, CancellationToken.None)
        );
        Assert.Equal("no head; expected a run with model.head, labelled where it was trained", refused.Message);
    }

    /// <summary>The exact shares of the classes agree with those of drawn samples.</summary>
    [Theory]
    [InlineData(GroupKind.None)]
    [InlineData(GroupKind.Correlated)]
    [InlineData(GroupKind.Anticorrelated)]
    public void SharesOfClassesAreThoseOfTheSamples(GroupKind kind)
    {
        SparseData data = Models.Uniform(6, 0.3, kind == GroupKind.None ? null : Models.Pairs(kind, 6));
        var head = new ClassHead(3, ClassTarget.Xor, [0, 1, 2, 4, 5], 1, false);
        double[] shares = ClassShares.Of(head, data);
        Assert.Equal(1, shares.Sum(), 1e-12);
        const int Samples = 1 << 17;
        double occupied = 1 - Math.Pow(0.7, kind == GroupKind.None ? 6 : 3);
        double[] drawn = new double[3];
        foreach (double[] x in SampledInputs.Of(data, Samples, 1))
            drawn[head.ClassOf(head.Features.Count(f => x[f] > 0))] += occupied / Samples;
        drawn[0] += 1 - occupied;
        for (int c = 0; c < 3; c++)
            Assert.Equal(shares[c], drawn[c], 0.006);
    }

    [Fact]
    public void OfWhatIsNotTheSparseLimitsTheLossIsThatOfTheData()
    {
        ModelShape deep = MadeNetworks.All["deep with a head"];
        TrainedRun trained = Train(new TrainingRun(0, 1, deep, Models.Uniform(5, 0.1), Models.Plan(steps: 200)));
        MeasureCell[] row = new LossMeasure()
            .Of(Measured(6, 5), new RunOrigin(trained.Run, []) { Final = trained.Final }, CancellationToken.None)
            .Rows.Single();
        Assert.Equal((trained.Loss, "data"), (row[0].Number, row[10].Text));
        Assert.InRange(row[1].Number, 1e-4, 1);
        Assert.All(row[2..10], cell => Assert.True(double.IsNaN(cell.Number)));

        var linear = new TrainingRun(0, 0, Models.Tied(3, 3, Activation.Linear), Models.Uniform(3, 0.4), Models.Plan());
        var identity = new FeatureConfiguration(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
        row = new LossMeasure()
            .Of(Measured(3, 3) with { Weights = identity, Bias = new double[3] }, new RunOrigin(linear, []), CancellationToken.None)
            .Rows.Single();
        Assert.Equal((0, 0, "data"), (row[0].Number, row[1].Number, row[10].Text));
    }

    /// <summary>Each matrix has its own labels along the checkpoints; features that are outputs are rows.</summary>
    [Fact]
    public void DynamicsAreThoseOfTheLabelledMatrix()
    {
        ModelShape model = MadeNetworks.Deep(4, [2], [Activation.Linear, Activation.Relu]);
        var run = new TrainingRun(0, 0, model, Models.Uniform(4, 0.1), Models.Plan());
        // W1 (2×4) has two antipodes in its columns, W2 (4×2) two dedicated features in its rows.
        Checkpoint at = Checkpoint.Of(
            model,
            10,
            [
                [1, -1, 0, 0, 0, 0, 1, -1],
                [0, 0],
                [1, 0, 0, 1, 0, 0, 0, 0],
                [0, 0, 0, 0],
            ]
        );
        RunOrigin origin = new RunOrigin(run, [at]) { Final = at };
        var dynamics = new DynamicsMeasure(
            new LlcOptions
            {
                BurnIn = 50,
                Draws = 100,
                Samples = 500,
            }
        );
        MeasureCell[] first = dynamics.Of(Measured(2, 4), origin with { Matrix = "W1" }, CancellationToken.None).Rows.Single();
        MeasureCell[] second = dynamics.Of(Measured(2, 4), origin with { Matrix = "W2" }, CancellationToken.None).Rows.Single();
        Assert.Equal(("2 antipode", "2 dedicated"), (first[3].Text, second[3].Text));
        Assert.Equal(Evaluation.Loss(model, run.Data, at), first[1].Number);
        Assert.Equal((first[1].Number, first[9].Number), (second[1].Number, second[9].Number));
        Assert.NotNull(first[11].Text);
        UnsupportedRunException refused = Assert.Throws<UnsupportedRunException>(() =>
            dynamics.Of(Measured(2, 4), origin, CancellationToken.None)
        );
        Assert.Equal("the labels do not say of which matrix of the model they are; label its folder with --weights all", refused.Message);
    }

    /// <summary>A network that computes the same function as a component has the same coefficient.</summary>
    [Fact]
    public void TheCoefficientOfAnUntiedComponentIsThatOfTheTwoLayersItIs()
    {
        ModelShape untied = new(3, 3, Activation.Linear, 1, false, false),
            deep = MadeNetworks.Deep(3, [3], [Activation.Linear, Activation.Linear], bias: false);
        var identity = new FeatureConfiguration(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
        SparseData data = new([0.5, 0.5, 0.5], [1, 1, 1], FeatureGroups.None);
        float[] one = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var llc = new LlcMeasure(
            new LlcOptions
            {
                BurnIn = 500,
                Draws = 2000,
                Samples = 1000,
            }
        );
        double component = llc.Of(
                Measured(3, 3) with
                {
                    Weights = identity,
                    Decoder = identity,
                    Bias = null,
                },
                new RunOrigin(new TrainingRun(0, 0, untied, data, Models.Plan()), []),
                CancellationToken.None
            )
            .Rows.Single()[0]
            .Number;
        MeasureCell[] network = llc.Of(
                Measured(3, 3) with
                {
                    Weights = identity,
                },
                new RunOrigin(new TrainingRun(0, 0, deep, data, Models.Plan()), []) { Final = Checkpoint.Of(deep, 0, [one, one]) },
                CancellationToken.None
            )
            .Rows.Single();
        Assert.InRange(network[0].Number, component - 0.4, component + 0.4);
        Assert.True(double.IsNaN(network[11].Number));
        Assert.Equal("data", network[14].Text);
    }

    private static MeasuredRun Measured(int hidden, int features) =>
        new() { Weights = new FeatureConfiguration(hidden, features, new double[hidden * features]), Summands = [] };

    private static TrainedRun Train(TrainingRun run)
    {
        TrainedRun? done = null;
        new CpuTrainer(2).Train([run], d => done = d, _ => { }, CancellationToken.None);
        return done!;
    }
}
