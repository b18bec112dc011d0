using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

/// <summary>Small sweeps with set-ups that theory covers, from the spec to the output of phase.</summary>
public sealed class TheoryComparisonTests : IDisposable
{
    private const string Plateaus = """
        name: plateaus
        model: { features: 6, hidden: 2 }
        data: { density: 1, groups: { anticorrelated: 6 }, samples: 200 }
        train:
          optimizer: sgd
          learning_rate: 0.03
          start: { weights: [[1, 0, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0]], noise: 0.01 }
          batch: 20
          epochs: 300
          checkpoints: { linspace: 5 }
        seeds: 3
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task CheckpointsAreHeldAgainstTheLevelsOfPolygons()
    {
        await Train("out", Plateaus);
        CommandRun run = await CommandRun.Of("phase", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"4 +0\.11111 +\d+ +\d+\.\d %", run.Out);
        Assert.Matches(@"\d+ of 15 checkpoints \(\d+\.\d %\) are within 0\.0003 of a level", run.Out);
        string[] rows = File.ReadAllLines(At("out/plateaus.csv"));
        Assert.Equal("source,instance,seed,step,loss,point,level,plateau", rows[0]);
        Assert.Equal([0, 750, 1500, 2250, 3000], rows[1..6].Select(r => int.Parse(r.Split(',')[3], CultureInfo.InvariantCulture)));
        Assert.StartsWith("0.11", rows[1].Split(',')[4], StringComparison.Ordinal);
        // What is best is the hexagon, and so early no run is there.
        Assert.Contains("theory: the run of lowest loss is what is expected in 0 of 1 cells", run.Out, StringComparison.Ordinal);
        Assert.EndsWith(",ground state", File.ReadAllLines(At("out/phase.csv"))[1], StringComparison.Ordinal);
        CommandRun report = await CommandRun.Of("report", At("out"), "--figures", At("figures"));
        Assert.Equal((0, ""), (report.Status, report.Error));
        Assert.Contains("E‖x − x", File.ReadAllText(At("figures/training-00-loss.svg")), StringComparison.Ordinal);
        Assert.Contains("\"levelNames\":[", File.ReadAllText(At("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FiniteDataSetsAreTheSameWhateverThreadsShardsAndInterruptions()
    {
        File.WriteAllText(At("spec.yaml"), Plateaus);
        await CommandRun.Of("train", At("spec.yaml"), "--out", At("one"), "--threads", "1");
        await CommandRun.Of("train", At("one/sweep.yaml"), "--out", At("saved"), "--threads", "3");
        await CommandRun.Of("train", At("spec.yaml"), "--out", At("part1"), "--shard", "1/2");
        await CommandRun.Of("train", At("spec.yaml"), "--out", At("part2"), "--shard", "2/2");
        await CommandRun.Of("merge", At("part1"), At("part2"), "--out", At("merged"));
        File.Delete(At("part1/weights/n6_m2_000000.npz"));
        CommandRun resumed = await CommandRun.Of("train", At("spec.yaml"), "--out", At("part1"), "--shard", "1/2", "--resume");
        Assert.Equal(0, resumed.Status);
        await CommandRun.Of("merge", At("part1"), At("part2"), "--out", At("again"));
        foreach (string file in (string[])["weights/n6_m2_000000.npz", "checkpoints/n6_m2_000000.npz", "sweep.yaml"])
        {
            byte[] expected = File.ReadAllBytes(At("one/" + file));
            foreach (string folder in (string[])["saved", "merged", "again"])
                Assert.Equal(expected, File.ReadAllBytes(At($"{folder}/{file}")));
        }
    }

    [Theory]
    [InlineData("tied: true")]
    [InlineData("tied: false")]
    public async Task LinearModelsAreRecognisedByTheirEigenvectors(string tied)
    {
        await Train(
            "out",
            $"model: {{ features: 4, hidden: 2, activation: linear, {tied} }}\ndata: {{ density: [0.3, 0.6], importance: {{ decay: "
                + $"0.5 }} }}\ntrain: {{ steps: 3000, batch: 256, learning_rate: 1e-2, schedule: cosine, weight_decay: 0 }}\nseeds: 2\n"
        );
        CommandRun run = await CommandRun.Of("phase", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"eigenvectors 0 1 +4 +0", run.Out);
        Assert.Contains("what is expected in 2 of 2 cells", run.Out, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(At("out/linear.csv"));
        Assert.Equal("source,instance,subset,rank,residual,loss,point_loss,near", rows[0]);
        Assert.All(rows[1..], r => Assert.Matches(@",eigenvectors 0 1,2,[^,]+,[^,]+,[^,]+,1$", r));
        Assert.All(File.ReadAllLines(At("out/phase.csv"))[1..], r => Assert.EndsWith(",1,,eigenvectors", r, StringComparison.Ordinal));
    }

    private async Task Train(string folder, string spec)
    {
        File.WriteAllText(At("spec.yaml"), spec);
        Assert.Equal(0, (await CommandRun.Of("train", At("spec.yaml"), "--out", At(folder))).Status);
        Assert.Equal(0, (await CommandRun.Of("label", At(folder), "--out", At(folder))).Status);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
