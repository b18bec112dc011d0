using System.Text.Json;
using System.Xml.Linq;
using Geometry.Cli.Tests.RepositoryRules;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class PlanesVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task ARowAPlaneInTheFileAndTheTable()
    {
        await CommandRun.Of("synth", "pentagon + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        CommandRun run = await CommandRun.Of("planes", At("d.npz"), "--out", At("p"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("p/planes.csv"));
        Assert.Equal(
            "source,instance,plane,dim,count,features,rms_deg,p_value,q_value,shape,residual_deg,mean_norm,log10_p,log10_q,contains,names",
            rows[0]
        );
        Assert.Contains(",0,0,2,5,", Assert.Single(rows[1..]), StringComparison.Ordinal);
        Assert.Contains(",pentagon,", rows[1], StringComparison.Ordinal);
        using var connection = new SqliteConnection($"Data Source={At("p/results.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM planes WHERE shape = 'pentagon'";
        Assert.Equal(1L, count.ExecuteScalar());
    }

    [Fact]
    public async Task ABrokenFileIsOneLineAndTheOthersAreSearched()
    {
        File.WriteAllText(At("broken.npz"), "PK no more");
        CommandRun run = await CommandRun.Of(
            "planes",
            At("broken.npz"),
            Path.Combine(Repository.Root, "fixtures/sweeps/uni_n9_m3_s0.npz"),
            "--out",
            At("p")
        );
        Assert.Equal(1, run.Status);
        Assert.Contains("broken.npz", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.True(File.Exists(At("p/planes.csv")));
    }

    [Theory]
    [InlineData("--epsilon", "0.95", "--epsilon: expected a number above 0, at most 0.9, found '0.95'")]
    [InlineData("--fdr", "1", "--fdr: expected a number above 0, below 1, found '1'")]
    [InlineData("--max-plane-dim", "9", "found '9'")]
    public async Task OptionsOutOfRangeAreWrongUsage(string option, string value, string message)
    {
        CommandRun run = await CommandRun.Of("planes", "x.npz", "--out", At("p"), option, value);
        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesAreOneForEachFeature()
    {
        await CommandRun.Of("synth", "pentagon + 3 dedicated", "--hidden", "40", "--out", At("d.npz"));
        File.WriteAllLines(At("few.txt"), ["one", "two"]);
        CommandRun run = await CommandRun.Of("planes", At("d.npz"), "--names", At("few.txt"), "--out", At("p"));
        Assert.Equal(1, run.Status);
        Assert.Contains("has 2 names; expected one for each of 8 features", run.Error, StringComparison.Ordinal);
        File.WriteAllLines(At("all.txt"), Enumerable.Range(0, 8).Select(i => $"day {i}"));
        Assert.Equal(0, (await CommandRun.Of("planes", At("d.npz"), "--names", At("all.txt"), "--out", At("p"))).Status);
        Assert.Contains("day ", File.ReadAllText(At("p/planes.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnePlaneInTheTerminal()
    {
        await CommandRun.Of("synth", "pentagon + tetrahedron + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        File.WriteAllLines(At("names.txt"), Enumerable.Range(0, 21).Select(i => $"day {i}"));
        Assert.Equal(0, (await CommandRun.Of("planes", At("d.npz"), "--names", At("names.txt"), "--out", At("p"))).Status);
        CommandRun drawn = await CommandRun.Of("inspect", At("p"), "--plane", "0");
        Assert.Equal((0, ""), (drawn.Status, drawn.Error));
        Assert.Matches("pentagon|tetrahedron", drawn.Out);
        Assert.Contains("day ", drawn.Out, StringComparison.Ordinal);
        Assert.Contains("angle with the plane", drawn.Out, StringComparison.Ordinal);
        // A weight file is searched, and gives the same plane.
        CommandRun json = await CommandRun.Of("inspect", At("d.npz"), "--plane", "1", "--json"),
            stored = await CommandRun.Of("inspect", At("p"), "--plane", "1", "--json");
        Assert.Equal((0, 0), (json.Status, stored.Status));
        JsonElement found = JsonDocument.Parse(json.Out).RootElement,
            kept = JsonDocument.Parse(stored.Out).RootElement;
        Assert.Equal(kept.GetProperty("shape").GetString(), found.GetProperty("shape").GetString());
        Assert.Equal(
            kept.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("feature").GetInt32()),
            found.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("feature").GetInt32())
        );
    }

    [Fact]
    public async Task OnePlaneAsAPicture()
    {
        await CommandRun.Of("synth", "pentagon + tetrahedron + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        File.WriteAllLines(At("names.txt"), Enumerable.Range(0, 21).Select(i => $"day {i}"));
        await CommandRun.Of("planes", At("d.npz"), "--names", At("names.txt"), "--out", At("p"));
        foreach (string plane in new[] { "0", "1" })
        {
            CommandRun run = await CommandRun.Of("inspect", At("p"), "--plane", plane, "--figure", At($"f{plane}.svg"));
            Assert.Equal((0, ""), (run.Status, run.Error));
            string[] texts =
            [
                .. XDocument.Load(At($"f{plane}.svg")).Descendants().Where(x => x.Name.LocalName == "text").Select(x => x.Value),
            ];
            Assert.Contains(texts, t => t.Contains("day ", StringComparison.Ordinal));
            Assert.Contains(texts, t => t.Contains($"plane {plane}", StringComparison.Ordinal));
            Assert.Contains(texts, t => t.Contains("angle with the plane", StringComparison.Ordinal));
        }
        Assert.Equal(0, (await CommandRun.Of("inspect", At("d.npz"), "--plane", "1", "--figure", At("f.png"))).Status);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], File.ReadAllBytes(At("f.png"))[..4]);
        CommandRun folder = await CommandRun.Of("inspect", At("p"), "--plane", "0", "--figure", At("none/f.svg"));
        Assert.NotEqual(0, folder.Status);
        Assert.Single(folder.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task APlaneThatIsNotThereIsOneLine()
    {
        await CommandRun.Of("synth", "pentagon + 3 dedicated", "--hidden", "40", "--out", At("d.npz"));
        await CommandRun.Of("planes", At("d.npz"), "--out", At("p"));
        CommandRun run = await CommandRun.Of("inspect", At("p"), "--plane", "7");
        Assert.Equal(1, run.Status);
        Assert.EndsWith("--plane 7: expected 0 to 0", run.Error.TrimEnd(), StringComparison.Ordinal);
        Directory.CreateDirectory(At("empty"));
        Assert.Contains("holds no planes", (await CommandRun.Of("inspect", At("empty"), "--plane", "0")).Error, StringComparison.Ordinal);
        Assert.Contains(
            "no such dictionary",
            (await CommandRun.Of("inspect", At("p"), "--plane", "0", "--source", "other.npz")).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await CommandRun.Of("inspect", At("p"), "--source", "other.npz")).Status);
        Assert.Equal(2, (await CommandRun.Of("inspect", At("p"), "--plane", "0", "--figure", At("f.gif"))).Status);
    }

    [Fact]
    public async Task TheReportOfAFolderOfPlanes()
    {
        await CommandRun.Of("synth", "pentagon + tetrahedron + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        await CommandRun.Of("planes", At("d.npz"), "--out", At("p"));
        CommandRun run = await CommandRun.Of("report", At("p"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("the report of 2 planes", run.Out, StringComparison.Ordinal);
        string page = File.ReadAllText(At("p/report.html"));
        Assert.Contains("\"shape\":\"pentagon\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanesBesideLabelsLeaveThemAlone()
    {
        await CommandRun.Of("synth", "pentagon + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        await CommandRun.Of("label", At("d.npz"), "--out", At("p"));
        string labels = File.ReadAllText(At("p/labels.csv"));
        Assert.Equal(0, (await CommandRun.Of("planes", At("d.npz"), "--out", At("p"))).Status);
        Assert.Equal(labels, File.ReadAllText(At("p/labels.csv")));
        Assert.Contains("the report of 1 run", (await CommandRun.Of("report", At("p"))).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Of("label", At("d.npz"), "--out", At("p"), "--resume")).Status);
        Assert.Contains("pentagon", (await CommandRun.Of("inspect", At("p"), "--plane", "0")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInterruptedSearchLeavesThePlanesOfBefore()
    {
        await CommandRun.Of("synth", "pentagon + 12 dedicated", "--hidden", "60", "--seed", "2", "--out", At("d.npz"));
        await CommandRun.Of("planes", At("d.npz"), "--out", At("p"));
        string before = File.ReadAllText(At("p/planes.csv"));
        string[] files = Directory.GetFiles(At("p"));
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();
        Assert.Equal(
            130,
            (await CommandRun.Until(interruption.Token, "planes", At("d.npz"), "--min-features", "5", "--out", At("p"))).Status
        );
        Assert.Equal(before, File.ReadAllText(At("p/planes.csv")));
        Assert.Equal(files.Order(), Directory.GetFiles(At("p")).Order());
        Assert.Contains("pentagon", (await CommandRun.Of("inspect", At("p"), "--plane", "0")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyElsesFileAndMissingNamesAreOneLine()
    {
        await CommandRun.Of("synth", "pentagon + 3 dedicated", "--hidden", "40", "--out", At("d.npz"));
        Directory.CreateDirectory(At("p"));
        File.WriteAllText(At("p/planes.csv"), "flight,from,to\n");
        CommandRun run = await CommandRun.Of("planes", At("d.npz"), "--out", At("p"));
        Assert.NotEqual(0, run.Status);
        Assert.Contains("planes.csv: is in the way", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("flight,from,to\n", File.ReadAllText(At("p/planes.csv")));
        CommandRun names = await CommandRun.Of("planes", At("d.npz"), "--names", At("none.txt"), "--out", At("q"));
        Assert.NotEqual(0, names.Status);
        Assert.Contains("none.txt: no such file", Assert.Single(names.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
