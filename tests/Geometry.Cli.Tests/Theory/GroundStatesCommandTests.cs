using Xunit;

namespace Geometry.Cli.Tests.Theory;

public sealed class GroundStatesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheTableIsInTheFileAndInTheTerminal()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "ground-states",
            "--hidden",
            "2",
            "--features",
            "5,6",
            "--starts",
            "200",
            "--out",
            At("new/g.csv")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("new/g.csv"));
        Assert.Equal("hidden,features,energy,share,live,norms,biases,form,symmetries", rows[0]);
        Assert.Matches(@"^2,5,0\.079128135\d+,0\.\d+,5,1\.17046×5,-0\.2823×5,pentagon,10$", rows[1]);
        Assert.Contains(rows, row =>
            row.StartsWith("2,6,0.289154256", StringComparison.Ordinal) && row.EndsWith("hexagon,12", StringComparison.Ordinal)
        );
        Assert.Matches(@"2 +5 +0\.079128 +\d+\.\d % +5 +pentagon +10 +1\.17046×5", run.Out);
        Assert.Matches(@"\d+ minima of 400 starts are in ", run.Out);
    }

    [Fact]
    public async Task TheBytesDoNotDependOnTheThreads()
    {
        foreach (string threads in (string[])["1", "3"])
            await CommandRun.Of(
                "theory",
                "ground-states",
                "--hidden",
                "3",
                "--features",
                "{ linspace: [7, 9, 3] }",
                "--starts",
                "60",
                "--threads",
                threads,
                "--out",
                At(threads)
            );
        Assert.Equal(File.ReadAllBytes(At("1")), File.ReadAllBytes(At("3")));
    }

    [Fact]
    public async Task ImportanceIsWrittenAsInASpec()
    {
        await CommandRun.Of(
            "theory",
            "ground-states",
            "--hidden",
            "1",
            "--features",
            "3",
            "--starts",
            "50",
            "--importance",
            "{ last: 0.3 }",
            "--out",
            At("a")
        );
        await CommandRun.Of(
            "theory",
            "ground-states",
            "--hidden",
            "1",
            "--features",
            "3",
            "--starts",
            "50",
            "--importance",
            "1,1,0.3",
            "--out",
            At("b")
        );
        Assert.Equal(File.ReadAllText(At("a")), File.ReadAllText(At("b")));
        Assert.StartsWith("1,3,0.075,", File.ReadAllLines(At("a"))[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hidden: expected a whole number, 1 or more", "--hidden", "0", "--features", "5")]
    [InlineData("found 'x'; see geometry theory ground-states --help", "--hidden", "2", "--features", "x")]
    [InlineData("--features: expected at most 4096, found 5000", "--hidden", "2", "--features", "5000")]
    [InlineData("--features: the axis has the value 5 twice", "--hidden", "2", "--features", "5,5")]
    [InlineData("--importance: not valid YAML", "--hidden", "2", "--features", "5", "--importance", "{ decay: 2")]
    [InlineData(
        "--importance: 2 numbers, one per feature, but a model has 5 features",
        "--hidden",
        "2",
        "--features",
        "5",
        "--importance",
        "1,2"
    )]
    [InlineData("--importance: expected a number, 0 or more", "--hidden", "2", "--features", "5", "--importance", "-1")]
    [InlineData(
        "--importance: expected one rule of importance",
        "--hidden",
        "2",
        "--features",
        "5",
        "--importance",
        "{ decay: [0.5, 0.9] }"
    )]
    [InlineData("--starts: expected a whole number, 1 or more", "--hidden", "2", "--features", "5", "--starts", "0")]
    [InlineData("'--hidden' is required", "--features", "5")]
    public async Task WrongUsageIsOneLineAndStatusTwo(string named, params string[] args)
    {
        CommandRun run = await CommandRun.Of(["theory", "ground-states", .. args, "--out", At("no.csv")]);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.False(File.Exists(At("no.csv")));
    }

    [Fact]
    public async Task AMistypedNameIsCorrected()
    {
        CommandRun run = await CommandRun.Of("theory", "grond-states");
        Assert.Equal(
            (2, "geometry: unknown command 'grond-states'; did you mean 'ground-states'?; see geometry theory --help"),
            (run.Status, run.Error.TrimEnd())
        );
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsNamed()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "ground-states",
            "--hidden",
            "1",
            "--features",
            "1",
            "--starts",
            "1",
            "--out",
            _folder
        );
        Assert.Equal(2, run.Status);
        Assert.StartsWith($"geometry: {_folder}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInterruptionLeavesNoFile()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        CommandRun run = await CommandRun.Until(
            interrupted.Token,
            "theory",
            "ground-states",
            "--hidden",
            "2",
            "--features",
            "5",
            "--out",
            At("no.csv")
        );
        Assert.Equal(130, run.Status);
        Assert.False(File.Exists(At("no.csv")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
