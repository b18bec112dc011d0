using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public class UsageTests
{
    [Theory]
    [InlineData("geometry --help", "no-such-verb")]
    [InlineData("unknown command 'labell'; did you mean 'label'?", "labell", "x.npz")]
    [InlineData("--out", "label", "x.npz")]
    [InlineData("'--no-such'", "label", "x.npz", "--out", "o", "--no-such")]
    [InlineData("'--no-such'", "label", "--no-such")]
    [InlineData("--min-norm", "label", "x.npz", "--out", "o", "--min-norm", "0")]
    [InlineData("--min-norm", "label", "x.npz", "--out", "o", "--min-norm", "0,5")]
    [InlineData("--min-norm", "inspect", "x.npz", "--min-norm", "NaN")]
    [InlineData("--max-plane-dim", "label", "x.npz", "--out", "o", "--max-plane-dim", "two")]
    [InlineData(
        "--route: expected planes, blocks or both, found 'plane'; did you mean 'planes'?",
        "label",
        "x.npz",
        "--out",
        "o",
        "--route",
        "plane"
    )]
    [InlineData("--route: expected planes, blocks or both, found 'Both'; did you mean 'both'?", "inspect", "x.npz", "--route", "Both")]
    [InlineData(
        "--route: expected planes, blocks or both, found 'block'; did you mean 'blocks'?",
        "submit",
        "poster",
        "--out",
        "o",
        "--shards",
        "2",
        "--route",
        "block"
    )]
    [InlineData("--threads", "label", "x.npz", "--out", "o", "--threads", "0")]
    [InlineData("features-first or hidden-first", "label", "x.npz", "--out", "o", "--layout", "columns")]
    [InlineData("--instance", "inspect", "x.npz", "--instance", "-1")]
    [InlineData("--shard: expected i/N with i from 1 to N, found '0/4'", "train", "poster", "--out", "o", "--shard", "0/4")]
    [InlineData("--engine: expected cpu or torch, found 'gpu'", "train", "poster", "--out", "o", "--engine", "gpu")]
    [InlineData("--seed: expected a whole number", "run", "--out", "o", "--seed", "1.5")]
    [InlineData("--device cuda:0 is for --engine torch", "run", "--out", "o", "--device", "cuda:0")]
    [InlineData("--seed 2147483647: a seed of the sweep leaves the range", "run", "--out", "o", "--seed", "2147483647")]
    [InlineData("no-such.yaml: no such file", "train", "no-such.yaml", "--out", "o")]
    [InlineData("'--no-such'", "run", "--no-such", "--out", "o")]
    [InlineData("no-such: no trained sweep", "merge", "no-such", "--out", "o")]
    [InlineData("--params", "label", "x.npz", "--out", "o", "--params", "no-such.csv")]
    [InlineData("--out: expected a folder, found ''", "label", "x.npz", "--out", "")]
    [InlineData("--out: expected a file, found ''", "synth", "pentagon", "--out", "")]
    [InlineData("--figures: expected a folder, found ''", "report", "x", "--figures", "")]
    [InlineData("no?such?.yaml: no such file", "train", "no\u0007such\u001b.yaml", "--out", "o")]
    [InlineData("no such.yaml: no such file", "train", "no\nsuch.yaml", "--out", "o")]
    public async Task WrongUsageIsOneLineAndStatusTwo(string named, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.StartsWith("geometry: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(
        "geometry label sweep.npz",
        "label",
        "--out",
        "--min-norm",
        "0.5",
        "--max-plane-dim",
        "[default: 3]",
        "--sample",
        "--route <planes|blocks|both>",
        "both, the default",
        "--layout",
        "--weights",
        "--bias",
        "--params",
        "--resume",
        "--threads"
    )]
    [InlineData(
        "geometry run fixtures/specs/poster.yaml --out results",
        "run",
        "--out",
        "--resume",
        "--threads",
        "--engine",
        "[default: cpu]",
        "--device",
        "--shard",
        "--seed",
        "poster",
        "--min-norm",
        "--max-plane-dim",
        "--sample",
        "--route <planes|blocks|both>"
    )]
    [InlineData("geometry train sweep.yaml --out results", "train", "<spec>", "--out", "--resume", "--shard", "[default: 1/1]")]
    [InlineData("geometry merge part1 part2 part3 --out results", "merge", "<part>", "--out")]
    [InlineData(
        "geometry submit sweep.yaml --out results --shards 100 --sbatch-args",
        "submit",
        "<spec>",
        "--out",
        "--shards",
        "--sbatch-args",
        "--dry-run",
        "--engine",
        "--seed",
        "--min-norm",
        "--route"
    )]
    [InlineData("geometry inspect sweep.npz", "inspect", "--instance", "[default: 0]", "--route", "--layout")]
    public async Task HelpShowsOptionsDefaultsAndOneExample(string example, string verb, params string[] shown)
    {
        CommandRun run = await CommandRun.Of(verb, "--help");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.All(shown, s => Assert.Contains(s, run.Out, StringComparison.Ordinal));
        Assert.Contains(example, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HelpOfTheProgramListsItsVerbs()
    {
        CommandRun run = await CommandRun.Of("--help");
        Assert.Equal(0, run.Status);
        Assert.Contains("label <input>", run.Out, StringComparison.Ordinal);
        Assert.Contains("run <spec>", run.Out, StringComparison.Ordinal);
        Assert.Contains("train <spec>", run.Out, StringComparison.Ordinal);
        Assert.Contains("merge <part>", run.Out, StringComparison.Ordinal);
        Assert.Contains("inspect <file>", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionIsAVersion()
    {
        CommandRun run = await CommandRun.Of("--version");
        Assert.Equal(0, run.Status);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Out);
    }
}
