using FsCheck;
using FsCheck.Fluent;
using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Specs;

public class SweepSpecTests
{
    private const string Smallest = "model: { features: 6, hidden: 2 }\ndata: { density: 0.5 }\n";

    [Fact]
    public void WhatIsLeftOutHasTheDocumentedDefaults()
    {
        TrainingRun run = new SweepGrid(SweepSpec.Parse(Smallest)).Run(0);
        Assert.Equal(new ModelShape(6, 2, Activation.Relu, 30, Tied: true, Bias: true), run.Model);
        Assert.Equal(new TrainingPlan(OptimizerKind.AdamW, 1e-3, 0.01, 0, Schedule.Constant, 1024, 10_000, 0), run.Plan);
        Assert.Equal([1, 1, 1, 1, 1, 1], run.Data.Importance);
        Assert.Equal(GroupKind.None, run.Data.Groups.Kind);
        Assert.Equal((0, 0), (run.Index, run.Seed));
    }

    [Fact]
    public void TheSpecWithEveryDefaultIsWrittenInTheOrderOfTheSchema() =>
        Assert.Equal(
            """
            name: sweep
            model:
              features: 6
              hidden: 2
              activation: relu
              tied: true
              bias: true
            data:
              density: 0.5
              importance: 1
              groups: none
            train:
              optimizer: adamw
              learning_rate: 0.001
              weight_decay: 0.01
              schedule: constant
              batch: 1024
              steps: 10000
              checkpoints: 0
            seeds: 1

            """.ReplaceLineEndings("\n"),
            SweepSpec.Parse(Smallest).ToYaml()
        );

    [Fact]
    public void TheFixtureWithEveryKeyHasTheRunsThatItsCommentsSay()
    {
        SweepGrid grid = Grid("every-key.yaml");
        Assert.Equal(2 * 2 * 3 * 2 * 2 * 2 * 2, grid.Count);
        TrainingRun first = grid.Run(0),
            last = grid.Run(grid.Count - 1);
        Assert.Equal(new ModelShape(6, 2, Activation.Swish, 1, Tied: false, Bias: false), first.Model);
        Assert.Equal(new ModelShape(6, 3, Activation.Swish, 30, Tied: false, Bias: false), last.Model);
        Assert.Equal(new TrainingPlan(OptimizerKind.Sgd, 1e-3, 0, 0.9, Schedule.Linear, 256, 100, 3), first.Plan);
        Assert.Equal((4, 7, 1.0, 0.01), (first.Seed, last.Seed, first.Data.Density[0], last.Data.Density[5]));
        Assert.Equal((0.25, 1.0), (first.Data.Importance[2], last.Data.Importance[2]));
        Assert.Equal((3, 2), (first.Data.Groups.Groups.Count, last.Data.Groups.Groups.Count));
    }

    [Fact]
    public void TheReplicationHasAFiniteDataSetAGivenStartAndEvenCheckpoints()
    {
        SweepGrid grid = Grid("polygon-plateaus.yaml");
        TrainingRun run = grid.Run(29);
        Assert.Equal((30, 1, 29), (grid.Count, grid.Cells, run.Seed));
        Assert.Equal(
            new TrainingPlan(OptimizerKind.Sgd, 0.03, 0, 0, Schedule.Constant, 20, 225_000, 151)
            {
                Spacing = CheckpointSpacing.Even,
                Samples = 1000,
            },
            run.Plan
        );
        Assert.Equal([1, 0, -1, 0, 0, 0, 0, 1, 0, -1, 0, 0], run.Start!.Weights);
        Assert.Equal((null, 0.01), (run.Start.Bias, run.Start.Noise));
        Assert.Equal(6, Assert.Single(run.Data.Groups.Groups).Count);
    }

    [Fact]
    public void SamplesNoiseAndEpochsAreAxes()
    {
        const string Text =
            Smallest
            + "train: { epochs: [1, 3], batch: 30, start: { weights: [[1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]], noise: [0, 0.1] } }\n";
        var grid = new SweepGrid(
            SweepSpec.Parse(Text.Replace("density: 0.5", "density: 0.5, samples: [100, 200]", StringComparison.Ordinal))
        );
        Assert.Equal(["density", "importance", "samples", "start_noise", "epochs"], grid.Parameters.Select(p => p.Name));
        Assert.Equal(
            [(100, 0.0, 4), (100, 0.0, 10), (100, 0.1, 4)],
            Enumerable.Range(0, 3).Select(i => (grid.Run(i).Plan.Samples, grid.Run(i).Start!.Noise, grid.Run(i).Plan.Steps))
        );
        Assert.Equal((200, 0.1, 20), (grid.Run(7).Plan.Samples, grid.Run(7).Start!.Noise, grid.Run(7).Plan.Steps));
        string written = grid.Spec.ToYaml();
        Assert.Contains(
            "  start: { weights: [[1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]], noise: [0, 0.1] }\n",
            written,
            StringComparison.Ordinal
        );
        Assert.Equal(written, SweepSpec.Parse(written).ToYaml());
    }

    [Fact]
    public void ThePosterIsASweepOf150Runs() => Assert.Equal((150, 50), (Grid("poster.yaml").Count, Grid("poster.yaml").Cells));

    [Theory]
    [InlineData("adam", 0)]
    [InlineData("sgd", 0)]
    [InlineData("adamw", 0.01)]
    public void WeightDecayHasTheDefaultOfItsOptimizer(string optimizer, double decay) =>
        Assert.Equal([decay], SweepSpec.Parse(Smallest + $"train: {{ optimizer: {optimizer} }}").WeightDecay.Values);

    [Fact]
    public void SparsityIsOneMinusDensityInDecimals()
    {
        var grid = new SweepGrid(SweepSpec.Parse("model: { features: 2, hidden: 1 }\ndata: { sparsity: [0, 0.9, 0.99] }\n"));
        Assert.Equal([1, 0.1, 0.01], Enumerable.Range(0, 3).Select(i => grid.Run(i).Data.Density[1]));
    }

    [Theory]
    [InlineData("{ decay: 0.5 }", "1 0.5 0.25")]
    [InlineData("{ last: 7 }", "1 1 7")]
    [InlineData("3", "3 3 3")]
    [InlineData("[5, 0, 1e-3]", "5 0 0.001")]
    public void ImportancesFollowTheirRule(string rule, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                new SweepGrid(SweepSpec.Parse($"model: {{ features: 3, hidden: 1 }}\ndata: {{ density: 1, importance: {rule} }}\n"))
                    .Run(0)
                    .Data.Importance
            )
        );

    [Theory]
    [InlineData("{ decay: [0.5, 1] }", 2)]
    [InlineData("{ last: { logspace: [0.1, 10, 5] } }", 5)]
    [InlineData("{ linspace: [1, 2, 3] }", 3)]
    [InlineData("[1, 2, 3]", 1)]
    public void AListOfImportancesIsNoAxisButItsRulesMayHaveOne(string rule, int runs) =>
        Assert.Equal(
            runs,
            new SweepGrid(SweepSpec.Parse($"model: {{ features: 3, hidden: 1 }}\ndata: {{ density: 1, importance: {rule} }}\n")).Count
        );

    [Fact]
    public void GroupsAreOfEvenSizeOrListed()
    {
        FeatureGroups even = Groups("{ correlated: 2 }"),
            listed = Groups("{ anticorrelated: [[0, 3], [5]] }");
        Assert.Equal(GroupKind.Correlated, even.Kind);
        Assert.Equal(
            [
                [0, 1],
                [2, 3],
                [4, 5],
            ],
            even.Groups
        );
        Assert.Equal(GroupKind.Anticorrelated, listed.Kind);
        Assert.Equal(
            [
                [0, 3],
                [5],
            ],
            listed.Groups
        );

        static FeatureGroups Groups(string groups) =>
            new SweepGrid(SweepSpec.Parse($"model: {{ features: 6, hidden: 2 }}\ndata: {{ density: 1, groups: {groups} }}\n"))
                .Run(0)
                .Data.Groups;
    }

    [Fact]
    public void SwishTakesItsGammaEitherWay()
    {
        Assert.Equal((Activation.Swish, 30.0), Swish("activation: swish"));
        Assert.Equal((Activation.Swish, 5.0), Swish("activation: swish, gamma: 5"));
        Assert.Equal((Activation.Swish, 5.0), Swish("activation: { swish: 5 }"));

        static (Activation, double) Swish(string keys)
        {
            ModelShape shape = new SweepGrid(SweepSpec.Parse($"model: {{ features: 6, hidden: 2, {keys} }}\ndata: {{ density: 1 }}\n"))
                .Run(0)
                .Model;
            return (shape.Activation, shape.Gamma);
        }
    }

    [Fact]
    public void SeedsAreCountedListedAndShifted()
    {
        Assert.Equal([0, 1, 2], SweepSpec.Parse(Smallest + "seeds: 3").Seeds.Values);
        Assert.Equal([7, 3], SweepSpec.Parse(Smallest + "seeds: [7, 3]").Seeds.Values);
        SweepSpec shifted = SweepSpec.Parse(Smallest + "seeds: 3").WithSeedsFrom(10);
        Assert.Equal([10, 11, 12], SweepSpec.Parse(shifted.ToYaml()).Seeds.Values);
        Assert.Equal([10.0], SweepSpec.Parse(SweepSpec.Parse(Smallest).WithSeedsFrom(10).ToYaml()).Seeds.Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => shifted.WithSeedsFrom(int.MaxValue));
    }

    [Fact]
    public void WhatIsWrittenReadsBackToTheSameRunsAndTheSameText() =>
        Prop.ForAll(Specs().ToArbitrary(), yaml =>
            {
                SweepSpec spec = SweepSpec.Parse(yaml);
                string written = spec.ToYaml();
                SweepSpec back = SweepSpec.Parse(written);
                Assert.Equal(written, back.ToYaml());
                var (first, second) = (new SweepGrid(spec), new SweepGrid(back));
                Assert.Equal(first.Count, second.Count);
                Assert.Equal(first.Parameters, second.Parameters);
                for (int i = 0; i < first.Count; i++)
                    Assert.Equal(Text(first.Run(i)), Text(second.Run(i)));
            })
            .Check(Config.QuickThrowOnFailure.WithReplay(20, 3).WithMaxTest(200));

    private static SweepGrid Grid(string fixture)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Geometry.sln")))
            folder = folder.Parent!;
        return new SweepGrid(SweepSpec.Parse(File.ReadAllText(Path.Combine(folder.FullName, "fixtures", "specs", fixture))));
    }

    private static string Text(TrainingRun run) =>
        string.Join(
            ' ',
            run.Index,
            run.Seed,
            run.Model,
            run.Plan,
            string.Join(',', run.Data.Density.Select(BitConverter.DoubleToInt64Bits)),
            string.Join(',', run.Data.Importance.Select(BitConverter.DoubleToInt64Bits)),
            run.Data.Groups.Kind,
            string.Join(';', run.Data.Groups.Groups.Select(g => string.Join(',', g)))
        );

    /// <summary>Specs that use every form of every key somewhere.</summary>
    private static Gen<string> Specs() =>
        from features in Gen.Elements("6", "[6, 12]", "{ linspace: [6, 6, 1] }")
        from activation in Gen.Elements("relu", "linear", "swish", "{ swish: [1, 30] }")
        from tied in Gen.Elements("true", "false")
        from density in Gen.Elements(
            "density: 0.1",
            "sparsity: [0, 0.3]",
            "density: { logspace: [1, 0.003, 4] }",
            "sparsity: { linspace: [0.1, 0.7, 3] }",
            "density: { logspace: [0.7, 0.1, 1] }"
        )
        from importance in Gen.Elements(
            "1",
            "{ decay: 0.9 }",
            "{ decay: { linspace: [0.7, 0.9, 3] } }",
            "{ last: [0.1, 10] }",
            "{ logspace: [0.1, 10, 3] }",
            "{ linspace: [2, 3, 1] }"
        )
        from groups in Gen.Elements("none", "{ correlated: 2 }", "{ anticorrelated: [2, 3] }", "{ correlated: [[0, 4], [1]] }")
        from optimizer in Gen.Elements("adamw", "adam", "sgd, momentum: [0, 0.9]")
        from rate in Gen.Elements("1e-3", "{ logspace: [1e-4, 0.1, 4] }", "[0.1]")
        from seeds in Gen.Elements("1", "3", "[5, 2]", "{ linspace: [10, 12, 3] }")
        from name in Gen.Elements("a", "\"with: colon\"", "'it''s \\ \"so\"'", "\"007\"", "true", "ünï")
        select $"""
            name: {name}
            model: {"{"} features: {features}, hidden: [2, 3], activation: {activation}, tied: {tied} {"}"}
            data:
              {density}
              importance: {importance}
              groups: {groups}
            train: {"{"} optimizer: {optimizer}, learning_rate: {rate}, steps: [0, 5] {"}"}
            seeds: {seeds}
            """;
}
