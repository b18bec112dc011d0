using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Training;
using Geometry.Training.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Training;

public sealed class MergeJobTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("geometry-merge-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void PartsAndTheirLabelsMakeTheBytesOfTheWhole(int count)
    {
        SweepFolder.Train(At("whole"), new FakeTrainer { Diverging = [3, 20] });
        SweepFolder.Label(At("whole"));
        string[] parts = Parts(count, label: true);
        MergeResult result = SweepFolder.Merge(At("merged"), [.. parts.Reverse()]);
        Assert.Equal((24, 0, 2, 2), (result.Runs, result.Missing.Count, result.Files, result.Failures.Count));
        Assert.Equal((22, 2), (result.Labels!.Runs, result.Labels.Failures));
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("merged")));
        List<string> rows = SweepFolder.Rows(At("whole"));
        Assert.Equal(rows, SweepFolder.Rows(At("merged")));
        // A summand without a name, whose description is merged with the rest.
        Assert.Contains(rows, r => r.Contains(" angles_deg:3:", StringComparison.Ordinal));
    }

    /// <summary>Where each matrix of a model has labels of its own, they are merged matrix by matrix.</summary>
    [Fact]
    public void LabelsOfEachMatrixAreMergedToo()
    {
        string spec = SweepFolder.Spec.Replace("hidden: [2, 3], tied: false", "layers: [3, 2]", StringComparison.Ordinal);
        SweepFolder.Train(At("whole"), new FakeTrainer { Diverging = [3] }, spec);
        SweepFolder.Label(At("whole"), all: true);
        string[] parts = [At("part1"), At("part2")];
        for (int i = 0; i < 2; i++)
        {
            SweepFolder.Train(parts[i], new FakeTrainer { Diverging = [3] }, spec, new Shard(i + 1, 2));
            SweepFolder.Label(parts[i], all: true);
        }
        MergeResult result = SweepFolder.Merge(At("merged"), parts);
        Assert.Null(result.LabelsNote);
        Assert.Equal((3 * 11, 3), (result.Labels!.Runs, result.Labels.Failures));
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("merged")));
        Assert.Equal(SweepFolder.Rows(At("whole")), SweepFolder.Rows(At("merged")));

        // One part by its matrices, the other by one of them.
        Directory.Delete(At("merged"), recursive: true);
        File.Delete(Path.Combine(parts[1], "results.sqlite"));
        SweepFolder.Train(At("other"), new FakeTrainer { Diverging = [3] }, spec, new Shard(2, 2));
        using (OutputFolder folder = OutputFolder.Open(At("other")))
            LabelJob.Run(
                InputDiscovery.Expand([At("other")]),
                folder,
                new LabelJobOptions
                {
                    Threads = 1,
                    File = new SweepFileOptions { Weights = "W2", Layout = WeightLayout.HiddenFirst },
                },
                CancellationToken.None
            );
        Assert.Equal(
            "the parts were labelled with different options or builds",
            SweepFolder.Merge(At("merged"), parts[0], At("other")).LabelsNote
        );
    }

    [Fact]
    public void MergedLabelsAreKeptByResume()
    {
        SweepFolder.Merge(At("merged"), Parts(3, label: true));
        using OutputFolder folder = OutputFolder.Open(At("merged"));
        LabelJobResult result = LabelJob.Run(
            Storage.Sweeps.InputDiscovery.Expand([At("merged")]),
            folder,
            new LabelJobOptions { Threads = 1, Resume = true },
            CancellationToken.None
        );
        Assert.Equal((2, 0), (result.Kept, result.Runs));
    }

    [Fact]
    public void AMissingPartIsNamedAndCanBeTrainedAfterwards()
    {
        string[] parts = Parts(3, label: false);
        MergeResult result = SweepFolder.Merge(At("merged"), parts[0], parts[2]);
        Assert.Equal([1, 4, 7, 10, 13, 16, 19, 22], result.Missing);
        Assert.Null(result.Labels);
        var rest = new FakeTrainer { Diverging = [3, 20] };
        SweepFolder.Train(At("merged"), rest, resume: true);
        Assert.Equal(result.Missing, rest.Asked);
        SweepFolder.Train(At("whole"), new FakeTrainer { Diverging = [3, 20] });
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("merged")));
    }

    [Fact]
    public void LabelsOfSomePartsOnlyAreLeftOut()
    {
        string[] parts = Parts(2, label: false);
        SweepFolder.Label(parts[0]);
        MergeResult result = SweepFolder.Merge(At("merged"), parts);
        Assert.Null(result.Labels);
        Assert.Contains("results.sqlite is missing", result.LabelsNote, StringComparison.Ordinal);
        Assert.False(File.Exists(At("merged/labels.csv")));
    }

    [Fact]
    public void ADamagedDatabaseOfAPartIsNamed()
    {
        string[] parts = Parts(2, label: true);
        string database = Path.Combine(parts[1], "results.sqlite");
        byte[] bytes = File.ReadAllBytes(database);
        // Behind the schema, which is in the first page.
        bytes.AsSpan(1 << 14).Fill(0xff);
        File.WriteAllBytes(database, bytes);
        Assert.Equal(
            $"{database}: the database is damaged; move it away and label again",
            Assert.Throws<ResultsException>(() => SweepFolder.Merge(At("merged"), parts)).Message
        );
        Assert.False(File.Exists(At("merged/sweep.yaml")));
    }

    [Fact]
    public void PartsThatDisagreeOrOverlapAreRefusedAndNothingIsWritten()
    {
        string[] parts = Parts(2, label: false);
        SweepFolder.Train(
            At("other"),
            new FakeTrainer(),
            SweepFolder.Spec.Replace("0.9", "0.8", StringComparison.Ordinal),
            new Shard(2, 2)
        );
        SweepFolder.Train(At("torch"), new FakeTrainer(), shard: new Shard(2, 2), engine: "torch");
        Refused("'importance: { decay: 0.8 }', not 'importance: { decay: 0.9 }'", parts[0], At("other"));
        Refused("runs of two engines are not mixed", parts[0], At("torch"));
        Refused("run 0 is in", parts[0], parts[1], parts[0]);
        Refused("no trained sweep", parts[0], At("nowhere"));
        Assert.False(Directory.Exists(At("merged/weights")));
    }

    [Fact]
    public void AnInterruptedMergeLeavesNoSweepAndStartsOver()
    {
        string[] parts = Parts(3, label: true);
        using (var stop = new CancellationTokenSource())
        {
            stop.Cancel();
            using OutputFolder folder = OutputFolder.Open(At("merged"));
            Assert.ThrowsAny<OperationCanceledException>(() => MergeJob.Run(parts, folder, stop.Token));
        }
        // What a kill leaves: the mark, some weights, no sweep.yaml.
        var files = new SweepFiles(At("merged"));
        Directory.CreateDirectory(files.WeightsFolder);
        Directory.CreateDirectory(files.JournalFolder);
        File.WriteAllText(files.Merging, "");
        File.WriteAllText(Path.Combine(files.WeightsFolder, "n5_m2_000099.npz"), "left over");
        Assert.Contains(
            "an interrupted merge is there",
            Assert.Throws<ResultsException>(() => SweepFolder.Train(At("merged"), new FakeTrainer())).Message,
            StringComparison.Ordinal
        );
        SweepFolder.Merge(At("merged"), parts);
        SweepFolder.Train(At("whole"), new FakeTrainer { Diverging = [3, 20] });
        SweepFolder.Label(At("whole"));
        Assert.Equal(SweepFolder.Content(At("whole")), SweepFolder.Content(At("merged")));
    }

    [Fact]
    public void WeightsOfSomethingElseStay()
    {
        string[] parts = Parts(2, label: false);
        Directory.CreateDirectory(At("merged/weights"));
        File.WriteAllText(At("merged/weights/own.npz"), "precious");
        Refused("there are weights already", parts);
        Assert.Equal("precious", File.ReadAllText(At("merged/weights/own.npz")));
    }

    [Fact]
    public void WindowsHoldNeighboursUpToTheirSizeAndOneFileAtLeast()
    {
        MergedFile File(int runs, int start) => new(new SweepChunk(5, 2, []), $"{start}", "", [.. Enumerable.Range(start, runs)]);
        MergedFile[] files = [File(10, 0), File(10, 10), File(30, 20), File(1, 50), File(1, 51)];
        MergeWindow[] windows = [.. MergeWindow.Cut(files, (_, _) => 5L << 20)];
        Assert.Equal([1, 1, 1, 2], windows.Select(w => w.Files.Count));
        Assert.Equal(Enumerable.Range(0, 52), windows.SelectMany(w => w.Runs));
        Assert.Equal(Enumerable.Range(0, 100), MergeWindow.Ahead(Enumerable.Range(0, 100)));
    }

    private void Refused(string message, params string[] parts) =>
        Assert.Contains(
            message,
            Assert.Throws<ResultsException>(() => SweepFolder.Merge(At("merged"), parts)).Message,
            StringComparison.Ordinal
        );

    private string[] Parts(int count, bool label)
    {
        string[] parts = [.. Enumerable.Range(1, count).Select(i => At(FormattableString.Invariant($"part{i}")))];
        for (int i = 0; i < count; i++)
        {
            SweepFolder.Train(parts[i], new FakeTrainer { Diverging = [3, 20] }, shard: new Shard(i + 1, count));
            if (label)
                SweepFolder.Label(parts[i]);
        }
        return parts;
    }

    private string At(string name) => Path.Combine(_root, name);
}
