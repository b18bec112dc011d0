using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Cli.Tests.Training;

/// <summary>Models with layers and heads go through train, resume, shards, merge, label, phase and report as the others do.</summary>
public sealed class NetworkVerbTests : IDisposable
{
    private const string Deep = """
        model: { features: 5, layers: [3, 3], activations: [linear, linear, relu], head: { classes: 2, target: xor } }
        data: { density: [1, 0.1] }
        train: { batch: 128, steps: 60, checkpoints: 3 }
        seeds: 2
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_has_a_phase_diagram_for_each_layer()
    {
        File.WriteAllText(At("deep.yaml"), Deep);
        CommandRun run = await CommandRun.Of("run", At("deep.yaml"), "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("out/labels.csv"));
        Assert.Equal(13, rows.Length);
        Assert.Equal(
            ["n5_m3_000000.npz#W1 5 3 W1", "n5_m3_000000.npz#W2 3 3 W2", "n5_m3_000000.npz#W3 5 3 W3"],
            rows[1..].Select(r => r.Split(',')).Select(c => $"{Path.GetFileName(c[0])} {c[2]} {c[3]} {c[^1]}").Distinct()
        );
        string[] cells = File.ReadAllLines(At("out/phase.csv"));
        Assert.StartsWith("sparsity,weights,", cells[0], StringComparison.Ordinal);
        Assert.Equal(7, cells.Length);
        Assert.True(File.Exists(At("out/report.html")));
        using SweepFile last = SweepFile.Open(At("out/weights/n5_m3_000000.npz"), new SweepFileOptions { Weights = "W3" });
        Assert.Equal((5, 3, "b3", WeightLayout.FeaturesFirst), (last.Features, last.Hidden, last.BiasKey, last.Layout));
        using SweepFile first = SweepFile.Open(At("out/weights/n5_m3_000000.npz"), new SweepFileOptions());
        Assert.Equal((5, 3, "W1", null), (first.Features, first.Hidden, first.WeightsKey, first.BiasKey));
        CommandRun inspected = await CommandRun.Of("inspect", At("out/weights/n5_m3_000000.npz"), "--weights", "all", "--instance", "1");
        Assert.Contains("summands of W1 (rows) are sent into summands of W2 (columns)", inspected.Out, StringComparison.Ordinal);
        Assert.Contains("summands of W2 (rows) are read by summands of W3 (columns)", inspected.Out, StringComparison.Ordinal);
        // Of each matrix, and of the whole model in each of its rows.
        CommandRun measured = await CommandRun.Of(
            "measure",
            At("out"),
            "--what",
            "loss,dynamics,llc,head",
            "--draws",
            "50",
            "--burn-in",
            "20",
            "--samples",
            "300"
        );
        Assert.Equal((0, ""), (measured.Status, measured.Error));
        foreach (string measure in (string[])["loss", "llc", "head"])
            Assert.Equal(13, File.ReadAllLines(At($"out/{measure}.csv")).Length);
        Assert.All(File.ReadAllLines(At("out/loss.csv"))[1..], r => Assert.EndsWith(",data", r, StringComparison.Ordinal));
        Assert.Equal(1 + (3 * 12), File.ReadAllLines(At("out/dynamics.csv")).Length);
        Assert.StartsWith(
            "source,instance,accuracy,majority,cross_entropy,entropy,reconstruction",
            File.ReadAllLines(At("out/head.csv"))[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Shards_resumed_and_merged_are_the_whole_sweep()
    {
        File.WriteAllText(At("deep.yaml"), Deep);
        await CommandRun.Of("run", At("deep.yaml"), "--out", At("whole"));
        foreach (string shard in new[] { "1/2", "2/2" })
        {
            string part = At("part" + shard[0]);
            Assert.Equal(0, (await CommandRun.Of("train", At("deep.yaml"), "--out", part, "--shard", shard)).Status);
            CommandRun again = await CommandRun.Of("train", At("deep.yaml"), "--out", part, "--shard", shard, "--resume");
            Assert.Contains("2 of them kept", again.Out, StringComparison.Ordinal);
            await CommandRun.Of("label", part, "--weights", "all", "--out", part);
        }
        CommandRun merged = await CommandRun.Of("merge", At("part1"), At("part2"), "--out", At("merged"));
        Assert.Equal((0, ""), (merged.Status, merged.Error));
        foreach (string file in new[] { "weights/n5_m3_000000.npz", "checkpoints/n5_m3_000000.npz", "labels.csv", "summands.csv" })
            Assert.Equal(File.ReadAllBytes(At("whole/" + file)), File.ReadAllBytes(At("merged/" + file)));
    }

    /// <summary>A component with a head keeps its arrays, and has the head's behind them.</summary>
    [Fact]
    public async Task A_head_stands_beside_the_component()
    {
        File.WriteAllText(
            At("head.yaml"),
            "model: { features: 4, hidden: 2, bias: false, head: { classes: 2, target: any } }\ndata: { density: 0.3 }\ntrain: { "
                + "batch: 64, steps: 30 }\n"
        );
        CommandRun run = await CommandRun.Of("run", At("head.yaml"), "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        using SweepFile file = SweepFile.Open(At("out/weights/n4_m2_000000.npz"), new SweepFileOptions { Weights = "head" });
        Assert.Equal((2, 2, "head_b"), (file.Features, file.Hidden, file.BiasKey));
        Assert.Equal(2, File.ReadAllLines(At("out/labels.csv")).Length);
        CommandRun measured = await CommandRun.Of("measure", At("out"), "--what", "perturbation");
        string[] rows = File.ReadAllLines(At("out/perturbation.csv"));
        Assert.StartsWith(
            "source,instance,downstream,radius,inputs,kl_random,features,features_low,features_high,support,",
            rows[0],
            StringComparison.Ordinal
        );
        Assert.True(
            measured.Status == 0 ? rows.Length == 9 && rows[^1].Contains(",head,0.2,", StringComparison.Ordinal) : rows.Length == 1,
            measured.Error
        );
    }

    [Fact]
    public async Task A_task_of_pairs_goes_all_the_way()
    {
        File.WriteAllText(
            At("u.yaml"),
            "task: u-and\npairs: [[0, 1], [2, 3], [1, 4]]\nmodel: { features: 5, layers: [8], superposition: 4 }\ndata: { active: "
                + "[2, 3], normalise: true }\ntrain: { batch: 64, steps: 40, checkpoints: 2, loss: { power: 4, ones: 3 } }\n"
        );
        CommandRun run = await CommandRun.Of("run", At("u.yaml"), "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(7, File.ReadAllLines(At("out/labels.csv")).Length);
        string[] cells = File.ReadAllLines(At("out/phase.csv"));
        Assert.StartsWith("weights,active,", cells[0], StringComparison.Ordinal);
        CommandRun again = await CommandRun.Of("train", At("out/sweep.yaml"), "--out", At("again"));
        Assert.Equal(0, again.Status);
        Assert.Equal(File.ReadAllBytes(At("out/weights/n5_m4_000000.npz")), File.ReadAllBytes(At("again/weights/n5_m4_000000.npz")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
