using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class ConjectureVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task LabelsOfSyntheticSumsAreTheirFormula()
    {
        CommandRun made = await CommandRun.Of(
            "synth",
            "octahedron + pentagon",
            "--count",
            "6",
            "--sigma",
            "0.02",
            "--hidden",
            "7",
            "--features",
            "13",
            "--seed",
            "3",
            "--out",
            At("s.npz")
        );
        Assert.Equal((0, ""), (made.Status, made.Error));
        Assert.Contains("6 × pentagon + 3 antipode: W (6,7,13)", made.Out, StringComparison.Ordinal);
        CommandRun run = await CommandRun.Of("label", At("s.npz"), "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"tegum-product +6 +100\.0 % .* pentagon \+ 3 antipode", run.Out);
    }

    [Fact]
    public async Task ObliqueSumsAreLabelledWithTheirAngle()
    {
        await CommandRun.Of("synth", "2 pentagon", "--oblique", "60", "--out", At("s.npz"));
        await CommandRun.Of("label", At("s.npz"), "--out", At("out"));
        string[] rows = File.ReadAllLines(At("out/labels.csv"));
        int defect = Array.IndexOf(rows[0].Split(','), "orthogonality_defect");
        Assert.Contains(",tegum-product,2 pentagon,", rows[1], StringComparison.Ordinal);
        Assert.Equal(0.5, double.Parse(rows[1].Split(',')[defect], CultureInfo.InvariantCulture), 6);
    }

    [Fact]
    public async Task AnExperimentIsMeasuredAndTheSameWhateverTheThreads()
    {
        File.WriteAllText(At("spec.yaml"), "formulas: [pentagon + triangle, 2 antipode]\nsigmas: [0, 0.05]\ntrials: 4\n");
        CommandRun run = await CommandRun.Of("conjecture", At("spec.yaml"), "--out", At("a"), "--threads", "3");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"noise in +σ +echelon +orthonormal +gram +pipeline +spheres", run.Out);
        Assert.Matches(@"ambient +0\.05 .*100\.0 ±", run.Out);
        await CommandRun.Of("conjecture", At("spec.yaml"), "--out", At("b"), "--threads", "1");
        Assert.Equal(File.ReadAllBytes(At("a/conjecture.csv")), File.ReadAllBytes(At("b/conjecture.csv")));
        Assert.Equal(1 + (2 * 2 * 2 * 5), File.ReadAllLines(At("a/conjecture.csv")).Length);
        await CommandRun.Of("conjecture", At("spec.yaml"), "--out", At("b"), "--seed", "1", "--trials", "5");
        Assert.NotEqual(File.ReadAllBytes(At("a/conjecture.csv")), File.ReadAllBytes(At("b/conjecture.csv")));
    }

    /// <summary>The command is cancelled once it has stored its counts, after about two seconds.</summary>
    [Fact]
    public async Task AnInterruptedExperimentGoesOnWhereItWas()
    {
        File.WriteAllText(At("spec.yaml"), "formulas: [pentagon + triangle, 2 octagon]\nsigmas: [0, 0.05]\ntrials: 1000000\n");
        using var stop = new CancellationTokenSource();
        Task<CommandRun> task = CommandRun.Until(
            stop.Token,
            "conjecture",
            At("spec.yaml"),
            "--out",
            At("a"),
            "--trials",
            "800000",
            "--threads",
            "2"
        );
        while (!task.IsCompleted && !File.Exists(At("a/conjecture.partial")))
            await Task.Delay(20);
        await stop.CancelAsync();
        CommandRun run = await task;
        Assert.Equal((130, ""), (run.Status, run.Out));
        Assert.Matches(
            @"^geometry: interrupted; [1-9]\d* of 6400000 configurations are counted in .*, --resume goes on from there\n$",
            run.Error
        );
        Assert.Equal([At("a/conjecture.partial")], Directory.GetFileSystemEntries(At("a")));
        run = await CommandRun.Of("conjecture", At("spec.yaml"), "--out", At("a"), "--trials", "800001", "--resume");
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains("is of another experiment", run.Error, StringComparison.Ordinal);
        // What is left of so long an experiment is taken as counted, so that the rest of it ends: the tally says 0 of each.
        string[] lines = File.ReadAllLines(At("a/conjecture.partial"));
        Assert.Equal(2 + (2 * 2 * 2 * 5), lines.Length);
        File.WriteAllLines(At("a/conjecture.partial"), [lines[0], "6399992", .. lines[2..].Select(_ => "0 0")]);
        run = await CommandRun.Of("conjecture", At("spec.yaml"), "--out", At("a"), "--trials", "800000", "--resume");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal([At("a/conjecture.csv")], Directory.GetFileSystemEntries(At("a")));
        Assert.Contains(
            "pentagon + triangle,summand,0,pipeline,800000,1,",
            File.ReadAllText(At("a/conjecture.csv")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task TrainedRunsAreHeldAgainstTheirNullModel()
    {
        await CommandRun.Of("synth", "pentagon + triangle", "--count", "4", "--sigma", "0.01", "--out", At("w.npz"));
        await CommandRun.Of("label", At("w.npz"), "--out", At("out"));
        CommandRun run = await CommandRun.Of("conjecture", "--on", At("out"), "--draws", "2");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"8 +4 +4 +100\.0 % ", run.Out);
        Assert.Equal(3, File.ReadAllLines(At("out/direct_sums.csv")).Length);
        File.Delete(At("w.npz"));
        run = await CommandRun.Of("conjecture", "--on", At("out"), "--out", At("o"));
        Assert.Equal(1, run.Status);
        Assert.Contains("--weights-in", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--oblique: expected an angle above 0, at most 90 degrees, found '0'",
        "synth",
        "pentagon",
        "--out",
        "s.npz",
        "--oblique",
        "0"
    )]
    [InlineData("found 'pentagn'; the nearest is 'pentagon'", "synth", "pentagn", "--out", "s.npz")]
    [InlineData("--noise-in: expected summand or ambient, found 'all'", "synth", "pentagon", "--out", "s.npz", "--noise-in", "all")]
    [InlineData("--sigma: expected a number, 0 or more, found '-1'", "synth", "pentagon", "--out", "s.npz", "--sigma", "-1")]
    [InlineData("--hidden: expected at least 4 for '2 pentagon', found 3", "synth", "2 pentagon", "--out", "s.npz", "--hidden", "3")]
    [InlineData("--features: expected at least 5 for 'pentagon', found 4", "synth", "pentagon", "--out", "s.npz", "--features", "4")]
    [InlineData("expected --out folder, or --on folder", "conjecture")]
    [InlineData("no-such.yaml: no such file", "conjecture", "no-such.yaml", "--out", "o")]
    [InlineData("unknown option '--no-such'", "conjecture", "--no-such", "--out", "o")]
    [InlineData("expected a folder that geometry label wrote", "conjecture", "--on", "no-such")]
    public async Task WrongUsageIsOneLineAndStatusTwo(string named, params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
