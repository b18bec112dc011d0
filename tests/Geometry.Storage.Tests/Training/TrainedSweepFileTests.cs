using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Training;
using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Storage.Tests.Training;

/// <summary>What label reads of files that train wrote.</summary>
public sealed class TrainedSweepFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("geometry-trained-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void WeightsBiasAndEverySweptParameterComeBack()
    {
        SweepFolder.Train(_root, new FakeTrainer());
        var runs = new List<TrainedRun>();
        var grid = new SweepGrid(SweepSpec.Parse(SweepFolder.Spec));
        new FakeTrainer().Train([.. Enumerable.Range(0, 12).Select(grid.Run)], runs.Add, _ => { }, CancellationToken.None);
        using SweepFile file = SweepFile.Open(At("weights/n5_m2_000000.npz"), new SweepFileOptions());
        Assert.Equal((12, 2, 5, "W", "b"), (file.Instances, file.Hidden, file.Features, file.WeightsKey, file.BiasKey));
        Assert.Equal(["sparsity", "importance", "loss", "seed", "learning_rate"], file.ParameterNames);
        for (int i = 0; i < 12; i++)
        {
            Checkpoint state = runs[i].Final;
            ReadOnlySpan<double> columns = file.ReadConfiguration(i).Columns;
            for (int k = 0; k < 10; k++)
                Assert.Equal(state.Weights[(k % 2 * 5) + (k / 2)], columns[k]);
            Assert.Equal(state.Bias!.Select(b => (double)b), file.ReadBias(i));
            TrainingRun run = runs[i].Run;
            Assert.Equal(
                [1 - run.Data.Density[0], 0.9, runs[i].Loss, run.Seed, run.Plan.LearningRate],
                file.ParameterNames.Select(name => file.Parameter(name, i)!.Value)
            );
        }
    }

    [Fact]
    public void TheDecoderIsReadWhenItIsNamed()
    {
        SweepFolder.Train(_root, new FakeTrainer());
        using SweepFile encoder = SweepFile.Open(At("weights/n5_m3_000012.npz"), new SweepFileOptions());
        using SweepFile decoder = SweepFile.Open(At("weights/n5_m3_000012.npz"), new SweepFileOptions { Weights = "decoder" });
        Assert.Equal((5, 3), (decoder.Features, decoder.Hidden));
        Assert.NotEqual(encoder.ReadConfiguration(0).Columns.ToArray(), decoder.ReadConfiguration(0).Columns.ToArray());
    }

    [Fact]
    public void ASquareModelWithoutBiasNeedsNoLayout()
    {
        SweepFolder.Train(_root, new FakeTrainer(), "model: { features: 3, hidden: 3, bias: false }\ndata: { density: 1 }\n");
        using SweepFile file = SweepFile.Open(At("weights/n3_m3_000000.npz"), new SweepFileOptions());
        Assert.Equal(WeightLayout.HiddenFirst, file.Layout);
        Assert.Equal([0, 0, 0], file.ReadBias(0)!);
    }

    [Fact]
    public void AnImportanceARunIsNotTakenForOneAFeature()
    {
        // As many runs as features: elsewhere an importance of that length is per feature.
        SweepFolder.Train(
            _root,
            new FakeTrainer(),
            "model: { features: 3, hidden: 2 }\ndata: { density: 1, importance: { last: [0.5, 1, 2] } }\n"
        );
        using SweepFile file = SweepFile.Open(At("weights/n3_m2_000000.npz"), new SweepFileOptions());
        Assert.Equal([0.5, 1, 2], Enumerable.Range(0, 3).Select(i => file.Parameter("importance", i)!.Value));
    }

    [Fact]
    public void ASweepFolderIsItsFinalWeightsAndCheckpointsAreLabelledByName()
    {
        SweepFolder.Train(_root, new FakeTrainer());
        Assert.Equal(["weights/n5_m2_000000.npz", "weights/n5_m3_000012.npz"], InputDiscovery.Expand([_root]).Select(i => i.Source));
        Assert.Equal(["n5_m2_000000.npz", "n5_m3_000012.npz"], InputDiscovery.Expand([At("checkpoints")]).Select(i => i.Source));
        using SweepFile file = SweepFile.Open(At("checkpoints/n5_m2_000000.npz"), new SweepFileOptions());
        Assert.Equal(48, file.Instances);
        Assert.Equal([25, 50, 75, 100, 25], Enumerable.Range(0, 5).Select(i => file.Parameter("step", i)!.Value));
        Assert.Equal([0, 0, 0, 0, 1], Enumerable.Range(0, 5).Select(i => file.Parameter("seed", i)!.Value));
    }

    [Fact]
    public void LabelsHaveAColumnForEverySweptParameterAndFailuresTheirStep()
    {
        SweepFolder.Train(_root, new FakeTrainer { Diverging = [3] });
        var failures = new List<InputFailure>();
        using (OutputFolder folder = OutputFolder.Open(At("labels")))
            LabelJob.Run(
                InputDiscovery.Expand([_root]),
                folder,
                new LabelJobOptions { Threads = 1, Failed = failures.Add },
                CancellationToken.None
            );
        string[] rows = File.ReadAllLines(At("labels/labels.csv"));
        Assert.Equal("learning_rate", rows[0].Split(',')[^1]);
        Assert.Equal(24, rows.Length);
        Assert.Equal(["0.001", "0.001", "0.001", "0.01", "0.01", "0.001"], rows[1..7].Select(r => r.Split(',')[^1]));
        Assert.Equal([new InputFailure("weights/n5_m2_000000.npz", 3, "training diverged at step 3")], failures);
    }

    private string At(string name) => Path.Combine(_root, name);
}
