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
        Assert.Equal("source,instance,plane,dim,count,features,rms_deg,p_value,q_value,shape,residual_deg,mean_norm,log10_p,log10_q,contains,names", rows[0]);
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
        CommandRun run = await CommandRun.Of("planes", At("broken.npz"), Path.Combine(Repository.Root, "fixtures/sweeps/uni_n9_m3_s0.npz"), "--out", At("p"));
        Assert.Equal(1, run.Status);
        Assert.Contains("broken.npz", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.True(File.Exists(At("p/planes.csv")));
    }

    [Theory]
    [InlineData("--epsilon", "0.9", "--epsilon: expected a number above 0, at most 0.75, found '0.9'")]
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
}
