using Geometry.Storage.Results;
using Geometry.Storage.Training;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Training;

public sealed class TrainJobTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("geometry-train-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void TheFolderHasSpecWeightsCheckpointsAndFailures()
    {
        TrainJobResult result = SweepFolder.Train(At("a"), new FakeTrainer { Diverging = [5] });
        Assert.Equal(new TrainJobResult(24, 0, 1, 2, 2400), result);
        Assert.Equal(
            [
                "checkpoints/n5_m2_000000.npz",
                "checkpoints/n5_m3_000012.npz",
                "failures.csv",
                "sweep.yaml",
                "training.yaml",
                "weights/n5_m2_000000.npz",
                "weights/n5_m3_000012.npz",
            ],
            SweepFolder.Content(At("a")).Keys
        );
        Assert.Equal(SweepSpec.Parse(SweepFolder.Spec).ToYaml(), File.ReadAllText(At("a/sweep.yaml")));
        Assert.Equal("engine: cpu\nshard: 1/1\n", File.ReadAllText(At("a/training.yaml")));
        Assert.Equal("source,instance,run,seed,step\nweights/n5_m2_000000.npz,5,5,2,5\n", File.ReadAllText(At("a/failures.csv")));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(23, false)]
    public void AResumedJobGivesTheBytesOfAnUninterruptedOne(int stopAfter, bool backwards)
    {
        SweepFolder.Train(At("whole"), new FakeTrainer { Diverging = [3, 20] });
        Assert.Throws<OperationCanceledException>(() =>
            SweepFolder.Train(
                At("cut"),
                new FakeTrainer
                {
                    StopAfter = stopAfter,
                    Backwards = backwards,
                    Diverging = [3, 20],
                }
            )
        );
        var rest = new FakeTrainer { Diverging = [3, 20], Backwards = !backwards };
        TrainJobResult result = SweepFolder.Train(At("cut"), rest, resume: true);
        Assert.Equal((24, stopAfter), (result.Runs, result.Kept));
        Assert.Equal(24 - stopAfter, rest.Asked.Count);
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("cut")));
    }

    [Fact]
    public void AnInterruptedJobLeavesWeightFilesThatLabelAsTheyAre()
    {
        Assert.Throws<OperationCanceledException>(() => SweepFolder.Train(At("cut"), new FakeTrainer { StopAfter = 15, Diverging = [14] }));
        LabelJobResult labels = SweepFolder.Label(At("cut"));
        Assert.Equal((14, 1), (labels.Summary.Runs, labels.Summary.Failures));
        Assert.Contains("n5_m3_000012.npz,2,14,", File.ReadAllText(At("cut/failures.csv")), StringComparison.Ordinal);
    }

    /// <summary>A folder in which a kill left any part of the last record resumes to the bytes of an undisturbed one.</summary>
    [Fact]
    public void WhateverAKillLeavesOfAJournalResumes()
    {
        const string Small = "model: { features: 2, hidden: 1 }\ndata: { density: 1 }\ntrain: { steps: 1 }\nseeds: 4\n";
        SweepFolder.Train(At("whole"), new FakeTrainer(), Small);
        var grid = new SweepGrid(SweepSpec.Parse(Small));
        byte[] record = RunRecord.Write(Finished(grid, 0)),
            next = RunRecord.Write(Finished(grid, 1));
        for (int cut = 0; cut <= next.Length; cut++)
        {
            string path = At(FormattableString.Invariant($"cut{cut}"));
            Assert.Throws<OperationCanceledException>(() => SweepFolder.Train(path, new FakeTrainer { StopAfter = 0 }, Small));
            Directory.CreateDirectory(Path.Combine(path, "unfinished"));
            File.WriteAllBytes(Path.Combine(path, "unfinished/n2_m1_000000.runs"), [.. record, .. next.AsSpan(0, cut)]);
            var rest = new FakeTrainer();
            SweepFolder.Train(path, rest, Small, resume: true);
            Assert.Equal(cut == next.Length ? [2, 3] : [1, 2, 3], rest.Asked);
            Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(path));
        }
    }

    [Fact]
    public void ADamagedRecordAndWhatIsBehindItIsTrainedAgain()
    {
        var grid = new SweepGrid(SweepSpec.Parse(SweepFolder.Spec));
        byte[] record = RunRecord.Write(Finished(grid, 7));
        Assert.True(RunRecord.TryRead(record, grid.Run, out var run, out int used));
        Assert.Equal((7, record.Length), (run!.Run.Index, used));
        for (int k = 0; k < record.Length; k++)
        {
            record[k] ^= 0x10;
            Assert.False(RunRecord.TryRead(record, grid.Run, out _, out _));
            record[k] ^= 0x10;
        }
    }

    [Fact]
    public void AKillBetweenWeightFileAndJournalCountsNoRunTwice()
    {
        Assert.Throws<OperationCanceledException>(() => SweepFolder.Train(At("cut"), new FakeTrainer { StopAfter = 5 }));
        var grid = new SweepGrid(SweepSpec.Parse(SweepFolder.Spec));
        File.WriteAllBytes(
            At("cut/unfinished/n5_m2_000000.runs"),
            [.. RunRecord.Write(Finished(grid, 4)), .. RunRecord.Write(Finished(grid, 5))]
        );
        var rest = new FakeTrainer();
        SweepFolder.Train(At("cut"), rest, resume: true);
        Assert.Equal(Enumerable.Range(6, 18), rest.Asked);
        SweepFolder.Train(At("whole"), new FakeTrainer());
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("cut")));
    }

    [Fact]
    public void AFinishedSweepIsNotTrainedAgain()
    {
        SweepFolder.Train(At("a"), new FakeTrainer { Diverging = [3] });
        var again = new FakeTrainer();
        var failures = new List<RunFailure>();
        Assert.Equal(new TrainJobResult(24, 24, 1, 2, 0), SweepFolder.Train(At("a"), again, resume: true, failed: failures.Add));
        Assert.Empty(again.Asked);
        Assert.Equal([new RunFailure("weights/n5_m2_000000.npz", 3, 3, 0, 3)], failures);
    }

    [Fact]
    public void AnythingThatDiffersIsRefusedWithTheLine()
    {
        SweepFolder.Train(At("a"), new FakeTrainer());
        Refused("--resume goes on with it", () => SweepFolder.Train(At("a"), new FakeTrainer()));
        Refused("differs from the given spec on line 18: 'steps: 100', not 'steps: 101'", () =>
            SweepFolder.Train(
                At("a"),
                new FakeTrainer(),
                SweepFolder.Spec.Replace("steps: 100", "steps: 101", StringComparison.Ordinal),
                resume: true
            )
        );
        Refused("'shard: 1/1', not 'shard: 1/2'", () =>
            SweepFolder.Train(At("a"), new FakeTrainer(), shard: new Shard(1, 2), resume: true)
        );
        Refused("'engine: cpu', not 'engine: torch'", () => SweepFolder.Train(At("a"), new FakeTrainer(), engine: "torch", resume: true));
    }

    [Fact]
    public void WeightsOfAnotherSweepAreRefusedNotMixed()
    {
        SweepFolder.Train(At("a"), new FakeTrainer());
        SweepFolder.Train(At("b"), new FakeTrainer(), SweepFolder.Spec.Replace("seeds: 3", "seeds: [5, 6, 7]", StringComparison.Ordinal));
        File.Copy(At("b/weights/n5_m2_000000.npz"), At("a/weights/n5_m2_000000.npz"), overwrite: true);
        Refused("its seeds are not those of the sweep", () => SweepFolder.Train(At("a"), new FakeTrainer(), resume: true));
        File.WriteAllText(At("a/weights/n5_m2_000000.npz"), "not an archive");
        Refused("n5_m2_000000.npz: not a weight file of this sweep", () => SweepFolder.Train(At("a"), new FakeTrainer(), resume: true));
    }

    private static void Refused(string message, Action action)
    {
        string found = Assert.Throws<ResultsException>(action).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }

    private static Geometry.Training.TrainedRun Finished(SweepGrid grid, int run)
    {
        Geometry.Training.TrainedRun? finished = null;
        new FakeTrainer().Train([grid.Run(run)], r => finished = r, _ => { }, CancellationToken.None);
        return finished!;
    }

    private string At(string name) => Path.Combine(_root, name);

    /// <summary>The state of unfinished runs is stored whole or not at all, and deleted when all runs are done.</summary>
    [Fact]
    public void TheStateOfUnfinishedRunsIsHeldAgainstItsChecksum()
    {
        string path = Path.Combine(_root, "block.state");
        var state = new StateFile(path);
        Assert.Null(state.Load());
        state.Save([1, 2, 3]);
        state.Save([4, 5, 6, 7]);
        Assert.Equal([4, 5, 6, 7], state.Load()!);
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int at in Enumerable.Range(0, bytes.Length))
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Null(state.Load());
            File.WriteAllBytes(path, bytes[..at]);
            Assert.Null(state.Load());
        }
    }
}
