using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public class UsageTests
{
    [Theory]
    [InlineData("geometry --help")]
    [InlineData("geometry --help", "no-such-verb")]
    [InlineData("--out", "label", "x.npz")]
    [InlineData("'--no-such'", "label", "x.npz", "--out", "o", "--no-such")]
    [InlineData("'--no-such'", "label", "--no-such")]
    [InlineData("--min-norm", "label", "x.npz", "--out", "o", "--min-norm", "0")]
    [InlineData("--min-norm", "label", "x.npz", "--out", "o", "--min-norm", "0,5")]
    [InlineData("--min-norm", "inspect", "x.npz", "--min-norm", "NaN")]
    [InlineData("--max-plane-dim", "label", "x.npz", "--out", "o", "--max-plane-dim", "two")]
    [InlineData("--threads", "label", "x.npz", "--out", "o", "--threads", "0")]
    [InlineData("features-first or hidden-first", "label", "x.npz", "--out", "o", "--layout", "columns")]
    [InlineData("--instance", "inspect", "x.npz", "--instance", "-1")]
    [InlineData("--params", "label", "x.npz", "--out", "o", "--params", "no-such.csv")]
    public async Task WrongUsageIsOneLineAndStatusTwo(string named, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.StartsWith("geometry: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("geometry label sweep.npz", "label", "--out", "--min-norm", "0.5", "--max-plane-dim", "[default: 3]", "--layout", "--weights", "--bias", "--params", "--resume", "--threads")]
    [InlineData("geometry inspect sweep.npz", "inspect", "--instance", "[default: 0]", "--layout")]
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
