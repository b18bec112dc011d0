using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class PhaseAndReportVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PhaseWritesARowADensityAndDrawsAStrip()
    {
        await Label();
        CommandRun run = await CommandRun.Of("phase", _folder);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(51, File.ReadAllLines(Path.Combine(_folder, "phase.csv")).Length);
        Assert.Contains(
            "O O O O O ? A + + + A + A + A + + + A A A A + A A A A A A P A A P P P A P P A P P P P P P P P P P P",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("P  pentagon 34.0 %", run.Out, StringComparison.Ordinal);
        Assert.Matches("antipodal → pentagon +0.9457 and 0.9506", run.Out);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Theory]
    [InlineData("formula", "A  2 antipode")]
    [InlineData("dims", "from 0.2972")]
    [InlineData("learned", "to 5")]
    [InlineData("loss", "mean loss by sparsity")]
    public async Task PhaseShowsOtherValues(string value, string expected)
    {
        await Label();
        CommandRun run = await CommandRun.Of("phase", _folder, "--value", value);
        Assert.Equal(0, run.Status);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phase")]
    [InlineData("report")]
    public async Task AFolderWithoutResultsIsWrongUsageInOneLine(string verb)
    {
        CommandRun run = await CommandRun.Of(verb, _folder);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains("no results here", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("--x", "nosuch", "no parameter 'nosuch'; they have sparsity, n, m, seed")]
    [InlineData("--best", "0", "above 0, at most 1")]
    [InlineData("--value", "color", "expected label, formula, dims, learned or loss")]
    public async Task WrongOptionsAreOneLine(string option, string value, string expected)
    {
        await Label();
        CommandRun run = await CommandRun.Of("phase", _folder, option, value);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.False(File.Exists(Path.Combine(_folder, "phase.csv")));
    }

    [Fact]
    public async Task ReportSaysWhereItIs()
    {
        await Label();
        string figures = Path.Combine(_folder, "figures");
        CommandRun run = await CommandRun.Of("report", _folder, "--figures", figures);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains($"the report of 50 runs is {Path.Combine(_folder, "report.html")}", run.Out, StringComparison.Ordinal);
        Assert.Contains("phase.svg", Directory.GetFiles(figures).Select(Path.GetFileName));
        Assert.InRange(new FileInfo(Path.Combine(_folder, "report.html")).Length, 2_600_000, 12_000_000);
    }

    private async Task Label() =>
        Assert.Equal(
            0,
            (
                await CommandRun.Of("label", Path.Combine(Repository.Root, "fixtures", "sweeps", "poster_n5_m2_s0.npz"), "--out", _folder)
            ).Status
        );
}
