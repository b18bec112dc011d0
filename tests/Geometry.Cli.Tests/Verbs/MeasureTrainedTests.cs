using Xunit;

namespace Geometry.Cli.Tests.Verbs;

/// <summary>Measures that look at the sweep a run was trained in, its decoder and its groups.</summary>
public sealed class MeasureTrainedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task GroupsAndDecodersComeFromTheSweep()
    {
        await Train(
            "model: { features: 6, hidden: 3, tied: false }\ndata: { density: [0.2, 0.1], groups: { anticorrelated: 2 } }\ntrain: { "
                + "steps: 300 }\nseeds: 3\n"
        );
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "groups,codes,arrangement");
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] groups = File.ReadAllLines(At("groups.csv"));
        Assert.Equal("source,instance,kind,summands,learned,group_pairs,shared,expected,variance", groups[0]);
        Assert.Equal(6, groups.Length - 1);
        Assert.All(groups[1..], row => Assert.Contains("anticorrelated", row, StringComparison.Ordinal));
        Assert.StartsWith(
            "sparsity,kind,summands,runs,group_pairs,shared,expected,odds",
            File.ReadAllLines(At("groups-cells.csv"))[0],
            StringComparison.Ordinal
        );
        int tie = File.ReadAllLines(At("codes.csv"))[0].Split(',').ToList().IndexOf("tie_cosine");
        Assert.All(File.ReadAllLines(At("codes.csv"))[1..].Where(r => r.Split(',')[2].Length == 0), row =>
            Assert.InRange(double.Parse(row.Split(',')[tie], System.Globalization.CultureInfo.InvariantCulture), -1, 1)
        );
        Assert.Contains("rows, the sweep and each of its cells, are in groups-cells.csv", run.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(At("arrangement-cells.csv")));
        // The report shows them.
        Assert.Equal(0, (await CommandRun.Of("report", _folder)).Status);
        Assert.Contains("\"name\":\"groups-cells\"", await File.ReadAllTextAsync(At("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepWithoutBiasOrGroupsSaysSoForEachRun()
    {
        await Train("model: { features: 4, hidden: 2, bias: false }\ndata: { density: 0.1 }\ntrain: { steps: 200 }\nseeds: 2\n");
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "arrangement,groups");
        Assert.Equal(1, run.Status);
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Equal(2, lines.Count(l => l.Contains("arrangement: no bias", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(l => l.Contains("groups: no groups", StringComparison.Ordinal)));
        Assert.Equal(3, File.ReadAllLines(At("arrangement.csv")).Length);
    }

    private async Task Train(string spec)
    {
        File.WriteAllText(At("spec.yaml"), spec);
        Assert.Equal(0, (await CommandRun.Of("train", At("spec.yaml"), "--out", _folder)).Status);
        Assert.Equal(0, (await CommandRun.Of("label", At("weights"), "--out", _folder)).Status);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
