using Geometry.Training;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class TrainVerbTests : IDisposable
{
    private const string Small =
        "name: small\nmodel: { features: 3, hidden: 2 }\ndata: { density: [1, 0.1] }\ntrain: { steps: 20, batch: 32, checkpoints: 2 "
        + "}\nseeds: 3\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public TrainVerbTests() => File.WriteAllText(At("small.yaml"), Small);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TrainsEveryRunAndSaysWhereItIs()
    {
        CommandRun run = await CommandRun.Of("train", At("small.yaml"), "--out", At("out"), "--threads", "2");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("small: 6 runs, 2 cells × 3 seeds, 0 diverged", run.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(At("out/weights/n3_m2_000000.npz")));
        Assert.True(File.Exists(At("out/checkpoints/n3_m2_000000.npz")));
    }

    [Fact]
    public async Task NeitherThreadsNorShardsNorTheSavedSpecChangeABit()
    {
        await CommandRun.Of("train", At("small.yaml"), "--out", At("one"), "--threads", "1");
        await CommandRun.Of("train", At("one/sweep.yaml"), "--out", At("saved"), "--threads", "3");
        await CommandRun.Of("train", At("small.yaml"), "--out", At("part1"), "--shard", "1/2");
        await CommandRun.Of("train", At("small.yaml"), "--out", At("part2"), "--shard", "2/2");
        CommandRun merge = await CommandRun.Of("merge", At("part2"), At("part1"), "--out", At("merged"));
        Assert.Equal((0, "", $"6 of 6 runs from 2 parts are in {At("merged")}\n"), (merge.Status, merge.Error, merge.Out));
        foreach (
            string file in (string[])
                ["weights/n3_m2_000000.npz", "checkpoints/n3_m2_000000.npz", "sweep.yaml", "failures.csv", "training.yaml"]
        )
        {
            byte[] expected = File.ReadAllBytes(At("one/" + file));
            Assert.Equal(expected, File.ReadAllBytes(At("saved/" + file)));
            Assert.Equal(expected, File.ReadAllBytes(At("merged/" + file)));
        }
    }

    [Fact]
    public async Task MergingLabelsOfSomePartsOnlyFailsInOneLineAndKeepsTheWeights()
    {
        await CommandRun.Of("train", At("small.yaml"), "--out", At("part1"), "--shard", "1/2");
        await CommandRun.Of("train", At("small.yaml"), "--out", At("part2"), "--shard", "2/2");
        await CommandRun.Of("label", At("part1"), "--out", At("part1"));
        CommandRun merge = await CommandRun.Of("merge", At("part1"), At("part2"), "--out", At("merged"));
        Assert.Equal((1, $"6 of 6 runs from 2 parts are in {At("merged")}\n"), (merge.Status, merge.Out));
        Assert.Equal(
            $"geometry: labels are not merged: {At("part2/results.sqlite")} is missing; geometry label {At("merged")} --out "
                + $"{At("merged")} makes them\n",
            merge.Error
        );
        CommandRun partial = await CommandRun.Of("merge", At("part2"), "--out", At("half"));
        Assert.Equal(1, partial.Status);
        Assert.Contains("3 of 6 runs are in no part, the first is run 0", partial.Error, StringComparison.Ordinal);
        Assert.Single(partial.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task RunTrainsAndLabels()
    {
        CommandRun run = await CommandRun.Of("run", At("small.yaml"), "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("6 runs from 1 input, 0 failures", run.Out, StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(At("out/labels.csv")).Length);
        CommandRun again = await CommandRun.Of("run", At("small.yaml"), "--out", At("out"), "--resume");
        Assert.Contains("6 of them kept", again.Out, StringComparison.Ordinal);
        Assert.Contains("1 input kept unchanged", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunTakesTheOptionsOfLabel()
    {
        string[] args = ["run", At("small.yaml"), "--out", At("out"), "--route", "blocks", "--min-norm", "0.25", "--max-plane-dim", "2"];
        Assert.Equal(0, (await CommandRun.Of(args)).Status);
        Assert.Contains("1 input kept unchanged", (await CommandRun.Of([.. args, "--resume"])).Out, StringComparison.Ordinal);
        CommandRun other = await CommandRun.Of("run", At("small.yaml"), "--out", At("out"), "--route", "blocks", "--resume");
        Assert.EndsWith("it was labelled with --min-norm 0.25, now 0.5, --max-plane-dim 2, now 3\n", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepThatDivergesAltogetherIsReportedToo()
    {
        File.WriteAllText(
            At("wild.yaml"),
            Small.Replace("batch: 32", "batch: 32, optimizer: sgd, learning_rate: 1e30", StringComparison.Ordinal)
        );
        CommandRun run = await CommandRun.Of("run", At("wild.yaml"), "--out", At("out"));
        Assert.Equal(1, run.Status);
        Assert.Contains("6 diverged", run.Out, StringComparison.Ordinal);
        Assert.Contains("the report of 0 runs is", run.Out, StringComparison.Ordinal);
        Assert.Contains("no run was labelled", run.Error, StringComparison.Ordinal);
        Assert.Equal(6, run.Error.Split('\n').Count(l => l.EndsWith("training diverged at step 2", StringComparison.Ordinal)));
        Assert.Single(File.ReadAllLines(At("out/phase.csv")));
        Assert.Contains("training diverged at step 2", File.ReadAllText(At("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASeedShiftsTheSeedsAndIsSavedWithTheSpec()
    {
        await CommandRun.Of("train", At("small.yaml"), "--out", At("out"), "--seed", "10");
        Assert.EndsWith("seeds: { linspace: [10, 12, 3] }\n", File.ReadAllText(At("out/sweep.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatDivergesIsNamedAndTheOthersAreThere()
    {
        File.WriteAllText(
            At("wild.yaml"),
            "model: { features: 3, hidden: 2, activation: linear }\ndata: { density: 1 }\ntrain: { optimizer: sgd, learning_rate: "
                + "[0.01, 1e30], steps: 60 }\n"
        );
        CommandRun run = await CommandRun.Of("train", At("wild.yaml"), "--out", At("out"));
        Assert.Equal(1, run.Status);
        Assert.Matches(@"^geometry: .*/weights/n3_m2_000000\.npz, instance 1: run 1 \(seed 0\) diverged at step \d+\n$", run.Error);
        Assert.Contains("2 runs, 2 cells × 1 seed, 1 diverged", run.Out, StringComparison.Ordinal);
        CommandRun label = await CommandRun.Of("label", At("out"), "--out", At("out"));
        Assert.Equal(1, label.Status);
        Assert.Contains("instance 1: training diverged at step", label.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInterruptionKeepsWhatIsFinished()
    {
        CommandRun run = await CommandRun.Of(
            (_, _, threads) => new InterruptedTrainer(new CpuTrainer(threads)),
            "train",
            At("small.yaml"),
            "--out",
            At("out")
        );
        Assert.Equal((130, ""), (run.Status, run.Out));
        Assert.Contains("interrupted; 2 of 6 runs are finished", run.Error, StringComparison.Ordinal);
        CommandRun rest = await CommandRun.Of("train", At("small.yaml"), "--out", At("out"), "--resume");
        Assert.Contains("6 runs, 2 of them kept", rest.Out, StringComparison.Ordinal);
        await CommandRun.Of("train", At("small.yaml"), "--out", At("whole"));
        Assert.Equal(File.ReadAllBytes(At("whole/weights/n3_m2_000000.npz")), File.ReadAllBytes(At("out/weights/n3_m2_000000.npz")));
    }

    [Theory]
    [InlineData("line 2: unknown key 'hiden' in model; did you mean 'hidden'?", "model:\n  hiden: 2\n")]
    [InlineData("line 1: not valid YAML", "a: [\"")]
    public async Task ASpecThatCannotBeUsedIsOneLineWithItsFile(string message, string spec)
    {
        File.WriteAllText(At("bad.yaml"), spec);
        CommandRun run = await CommandRun.Of("train", At("bad.yaml"), "--out", At("out"));
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.StartsWith($"geometry: {At("bad.yaml")}: {message}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public async Task RoomForEveryFeatureIsAWarning()
    {
        File.WriteAllText(At("wide.yaml"), "model: { features: 2, hidden: 2 }\ndata: { density: 1 }\ntrain: { steps: 1 }\n");
        CommandRun run = await CommandRun.Of("train", At("wide.yaml"), "--out", At("out"));
        Assert.Equal(0, run.Status);
        Assert.Contains("warning: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("hidden = 2 is not below features = 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEngineThatIsNotBuiltInIsExplainedInOneLine()
    {
        CommandRun run = await CommandRun.Of("train", At("small.yaml"), "--out", At("out"), "--engine", "torch", "--device", "cuda:0");
        Assert.Equal(
            (
                2,
                "geometry: --engine torch --device cuda:0 is not in this build; build it in with: dotnet build -c Release "
                    + "-p:Torch=cuda-linux src/Geometry.Cli\n"
            ),
            (run.Status, run.Error)
        );
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>The real engine, cancelled after two runs.</summary>
    private sealed class InterruptedTrainer(ITrainer engine) : ITrainer
    {
        public void Train(
            IReadOnlyList<TrainingRun> runs,
            Action<TrainedRun> finished,
            Action<long> stepsDone,
            CancellationToken cancellation
        )
        {
            engine.Train([.. runs.Take(2)], finished, stepsDone, cancellation);
            throw new OperationCanceledException();
        }
    }
}
