using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

/// <summary>The measures llc, loss and dynamics of a sweep that is trained here.</summary>
public sealed class MeasureLearningTests : IDisposable
{
    private const string Spec = """
        name: small
        model: { features: 4, hidden: 2 }
        data: { density: [0.05, 0.3] }
        train: { steps: 300, batch: 256, learning_rate: 1e-2, checkpoints: 5 }
        seeds: 2
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ASweepHasItsCoefficientsLossesAndDynamics()
    {
        await Train();
        string[] quick = ["--draws", "300", "--burn-in", "100", "--samples", "500"];
        CommandRun run = await CommandRun.Of(["measure", _folder, "--what", "llc,loss,dynamics", "--threads", "1", .. quick]);
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] llc = File.ReadAllLines(At("llc.csv")),
            loss = File.ReadAllLines(At("loss.csv")),
            dynamics = File.ReadAllLines(At("dynamics.csv"));
        Assert.StartsWith(
            "source,instance,llc,llc_se,verdict,epsilon,gamma,nbeta,chains,draws,ess,rhat,wbic,fisher_rank,",
            llc[0],
            StringComparison.Ordinal
        );
        Assert.Equal((5, 5), (llc.Length, loss.Length));
        Assert.All(llc[1..], row =>
            Assert.Equal((500 / Math.Log(500), "data"), (double.Parse(row.Split(',')[7], CultureInfo.InvariantCulture), row.Split(',')[^1]))
        );
        Assert.All(loss[1..], row => Assert.Equal((13, "sparse-limit"), (row.Split(',').Count(c => c.Length > 0), row.Split(',')[^1])));
        // Checkpoints at 0, 1, 7, 45, 300 steps.
        Assert.Equal(1 + (4 * 5), dynamics.Length);
        Assert.Equal(["0", "1", "7", "45", "300"], dynamics[1..6].Select(r => r.Split(',')[2]));

        // Other options are other rows, also with --resume; the same ones are the same bytes, whatever the threads.
        byte[] before = File.ReadAllBytes(At("llc.csv")),
            moments = File.ReadAllBytes(At("dynamics.csv"));
        Assert.Equal(
            0,
            (await CommandRun.Of(["measure", _folder, "--what", "llc", "--resume", "--threads", "1", .. quick, "--seed", "1"])).Status
        );
        Assert.NotEqual(before, File.ReadAllBytes(At("llc.csv")));
        Assert.Equal(0, (await CommandRun.Of(["measure", _folder, "--what", "llc,dynamics", "--threads", "3", .. quick])).Status);
        Assert.Equal(before, File.ReadAllBytes(At("llc.csv")));
        Assert.Equal(moments, File.ReadAllBytes(At("dynamics.csv")));

        Assert.Equal(0, (await CommandRun.Of("report", _folder)).Status);
        string page = File.ReadAllText(At("report.html"));
        Assert.Contains("\"verdict\":[", page, StringComparison.Ordinal);
        Assert.Contains("formed ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunsWithoutCheckpointsAreOneLineEachAndTheRestIsMeasured()
    {
        string spec = Spec.Replace(", checkpoints: 5", "", StringComparison.Ordinal)
            .Replace("seeds: 2", "seeds: 1", StringComparison.Ordinal);
        await Train(spec);
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "loss,dynamics");
        Assert.Equal(1, run.Status);
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("dynamics: no checkpoints; expected", line, StringComparison.Ordinal));
        Assert.Equal((3, 1), (File.ReadAllLines(At("loss.csv")).Length, File.ReadAllLines(At("dynamics.csv")).Length));
    }

    [Fact]
    public async Task WhereTheNearestMinimumIsLeftOutALineSaysSoAndTheRestIsMeasured()
    {
        await Train("model: { features: 41, hidden: 2 }\ndata: { density: 0.05 }\ntrain: { steps: 20, batch: 64 }\n");
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "loss");
        Assert.Equal(1, run.Status);
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("the nearest minimum is left out: 41 features; expected at most 40", line, StringComparison.Ordinal);
        string[] loss = File.ReadAllLines(At("loss.csv"));
        string[] names = loss[0].Split(','),
            row = Assert.Single(loss[1..]).Split(',');
        Assert.Equal(["minimum_loss", "minimum_distance", "ground_state", "ground_gap"], names.Where((_, i) => row[i].Length == 0));
    }

    [Theory]
    [InlineData("--epsilon", "0", "--epsilon: expected a number above 0, found '0'")]
    [InlineData("--nbeta", "many", "--nbeta: expected a number above 0, found 'many'")]
    [InlineData("--chains", "1", "--chains: expected a whole number, 2 to 10000000, found '1'")]
    [InlineData("--localisation", "-1", "--localisation: expected a number 0 or more, found '-1'")]
    public async Task OptionsOutOfRangeAreOneLine(string option, string value, string expected)
    {
        CommandRun run = await CommandRun.Of("measure", _folder, "--what", "llc", option, value);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private async Task Train(string spec = Spec)
    {
        string path = At("spec.yaml");
        File.WriteAllText(path, spec);
        CommandRun run = await CommandRun.Of("run", path, "--out", _folder);
        Assert.Equal((0, ""), (run.Status, run.Error));
    }
}
