using Geometry.Cli.Tests.RepositoryRules;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class MeasureVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AMeasureHasAFileAndATableWithTheSameRows()
    {
        await Label("uni_n6_m3_s0.npz", "uni_n7_m3_s0.npz");
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "topology");
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("topology.csv"));
        Assert.Equal("source,instance,degree,birth,death,filtration", rows[0]);
        Assert.Matches($@"topology +\d+ +{rows.Length - 1:N0} +topology\.csv", run.Out);
        Assert.Equal(rows.Length - 1, Count("SELECT count(*) FROM topology"));
        Assert.Equal(0, Count("SELECT count(*) FROM sqlite_master WHERE name LIKE '%pending'"));
    }

    [Fact]
    public async Task TheBytesDoNotDependOnTheThreadsNorOnResuming()
    {
        await Label("uni_n6_m3_s0.npz", "n20_m5.npz");
        await CommandRun.Of("measure", _folder, "--what", "topology", "--threads", "1");
        byte[] one = File.ReadAllBytes(At("topology.csv"));
        await CommandRun.Of("measure", _folder, "--what", "topology", "--threads", "3");
        Assert.Equal(one, File.ReadAllBytes(At("topology.csv")));
        File.Delete(At("topology.csv"));
        CommandRun resumed = await CommandRun.Of("measure", _folder, "--what", "topology", "--resume");
        Assert.Equal((0, ""), (resumed.Status, resumed.Error));
        Assert.Equal(one, File.ReadAllBytes(At("topology.csv")));
    }

    [Fact]
    public async Task ATableWithAnotherColumnIsOneLineInTheReport()
    {
        await Label("uni_n6_m3_s0.npz");
        await CommandRun.Of("measure", _folder, "--what", "topology");
        using (var connection = new SqliteConnection($"Data Source={At("results.sqlite")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand rename = connection.CreateCommand();
            rename.CommandText = "ALTER TABLE topology RENAME COLUMN filtration TO filtered";
            rename.ExecuteNonQuery();
        }
        CommandRun run = await CommandRun.Of("report", _folder);
        Assert.Equal(2, run.Status);
        Assert.Contains(
            "the table 'topology' has the columns degree, birth, death, filtered, expected 'filtration' among them",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Single(run.Error, '\n');
    }

    [Fact]
    public async Task WeightsThatChangedAreOneLineAndTheRestIsMeasured()
    {
        foreach (string name in (string[])["uni_n6_m3_s0.npz", "uni_n7_m3_s0.npz", "uni_n8_m3_s0.npz"])
            File.Copy(Fixture(name), At(name));
        Assert.Equal(
            0,
            (await CommandRun.Of("label", At("uni_n6_m3_s0.npz"), At("uni_n7_m3_s0.npz"), At("uni_n8_m3_s0.npz"), "--out", _folder)).Status
        );
        File.Copy(At("uni_n8_m3_s0.npz"), At("uni_n6_m3_s0.npz"), overwrite: true);
        File.Delete(At("uni_n7_m3_s0.npz"));
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "topology");
        Assert.Equal(1, run.Status);
        Assert.Equal(2, run.Error.Count(c => c == '\n'));
        Assert.Contains(
            "uni_n6_m3_s0.npz: the weight file has changed since it was labelled; expected the file that was labelled: name a "
                + "folder that has it with --inputs",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("uni_n7_m3_s0.npz: the weight file is no longer there; expected", run.Error, StringComparison.Ordinal);
        Assert.All(File.ReadAllLines(At("topology.csv"))[1..], row => Assert.Contains("uni_n8", row, StringComparison.Ordinal));
        Assert.Equal(2, Count("SELECT count(*) FROM measure_failures"));

        // Found again, by content, in another folder: --resume measures what is missing and repeats nothing.
        CommandRun found = await CommandRun.Of(
            "measure",
            _folder,
            "--what",
            "topology",
            "--resume",
            "--inputs",
            Path.GetDirectoryName(Fixture("x"))!
        );
        Assert.Equal((0, ""), (found.Status, found.Error));
        Assert.Equal(3, File.ReadAllLines(At("topology.csv"))[1..].Select(row => row.Split(',')[0]).Distinct().Count());
        Assert.Equal(0, Count("SELECT count(*) FROM measure_failures"));
    }

    [Fact]
    public async Task AnInterruptionLeavesWhatWas()
    {
        await Label("uni_n6_m3_s0.npz");
        await CommandRun.Of("measure", _folder, "--what", "topology");
        byte[] before = File.ReadAllBytes(At("topology.csv"));
        long rows = Count("SELECT count(*) FROM topology");
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        CommandRun run = await CommandRun.Until(stop.Token, "measure", _folder, "--what", "topology");
        Assert.Equal(130, run.Status);
        Assert.Contains("--resume goes on", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(At("topology.csv")));
        Assert.Equal(rows, Count("SELECT count(*) FROM topology"));
        Assert.Equal(0, (await CommandRun.Of("measure", _folder, "--what", "topology", "--resume")).Status);
        Assert.Equal(before, File.ReadAllBytes(At("topology.csv")));
        Assert.Equal(rows, Count("SELECT count(*) FROM topology"));
    }

    [Fact]
    public async Task RunsThatAreLabelledAnewAreMeasuredAnew()
    {
        await Label("uni_n6_m3_s0.npz");
        await CommandRun.Of("measure", _folder, "--what", "topology");
        long rows = Count("SELECT count(*) FROM topology");
        Assert.Equal(
            0,
            (await CommandRun.Of("label", Fixture("uni_n6_m3_s0.npz"), "--out", _folder, "--min-norm", "1", "--resume")).Status
        );
        Assert.Equal(0, (await CommandRun.Of("measure", _folder, "--what", "topology", "--resume")).Status);
        Assert.InRange(Count("SELECT count(*) FROM topology"), 1, rows - 1);
    }

    [Theory]
    [InlineData("topolgy", "--what: expected topology", "did you mean 'topology'?")]
    [InlineData("topology,", "--what: expected topology", "found ''")]
    public async Task AMeasureThatIsNoneIsWrongUsage(string what, string expected, string hint)
    {
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", what);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task AFolderWithoutResultsIsWrongUsageInOneLine()
    {
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "topology");
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains("no results here", run.Error, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static string Fixture(string name) => Path.Combine(Repository.Root, "fixtures", "sweeps", name);

    private async Task Label(params string[] names) =>
        Assert.Equal(0, (await CommandRun.Of(["label", .. names.Select(Fixture), "--out", _folder])).Status);

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={At("results.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
