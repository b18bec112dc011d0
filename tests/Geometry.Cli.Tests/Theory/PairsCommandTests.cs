using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Theory;

public sealed class PairsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheTableHasTheColumnsAndAgreesWithTheFormulas()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "u-and",
            "--neurons",
            "250,1000",
            "--features",
            "30",
            "--active",
            "3",
            "--out",
            At("u.csv"),
            "--figure",
            At("u.svg")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("u.csv"));
        Assert.StartsWith(
            "task,construction,readoff,neurons,features,active,mean_error,max_error,bias,sd,sd_theory,",
            rows[0],
            StringComparison.Ordinal
        );
        Assert.Equal(5, rows.Length);
        foreach (string row in rows.Skip(1))
        {
            string[] cells = row.Split(',');
            Assert.Equal(
                1,
                double.Parse(cells[9], CultureInfo.InvariantCulture) / double.Parse(cells[10], CultureInfo.InvariantCulture),
                0.05
            );
        }
        Assert.Equal("and,gaussian,constructed,250,30,3", string.Join(',', rows[1].Split(',')[..6]));
        Assert.Contains("4 rows are in", run.Out, StringComparison.Ordinal);
        Assert.Contains("<title>Standard deviation of what is read of a pair", File.ReadAllText(At("u.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThereIsNoBernoulliLayerOfFewNeuronsAndNoneThatReadsXor()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "u-and",
            "--neurons",
            "100,4000",
            "--features",
            "100",
            "--construction",
            "bernoulli",
            "--readoff",
            "constructed,affine",
            "--out",
            At("u.csv")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("u.csv"));
        Assert.Equal(9, rows.Length);
        Assert.All(rows[1..5], row => Assert.EndsWith(",,,,,,,,,,,,", row, StringComparison.Ordinal));
        Assert.StartsWith("xor,bernoulli,constructed,4000,100,3,,", rows[7], StringComparison.Ordinal);
        Assert.StartsWith("xor,bernoulli,affine,4000,100,3,0.5,0.5,0.5,0,,", rows[8], StringComparison.Ordinal);
    }

    /// <summary>Trained neurons are read at least about as well as random ones with the same kind of readoff; none is constructed from
    /// them.</summary>
    [Fact]
    public async Task Trained_neurons_stand_beside_frozen_ones()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "u-and",
            "--task",
            "and",
            "--neurons",
            "12",
            "--features",
            "6",
            "--active",
            "2",
            "--construction",
            "gaussian,trained",
            "--readoff",
            "constructed,least-squares",
            "--out",
            At("u.csv")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[][] rows = [.. File.ReadAllLines(At("u.csv")).Skip(1).Select(r => r.Split(','))];
        Assert.Equal(
            ["gaussian constructed", "gaussian least-squares", "trained constructed", "trained least-squares"],
            rows.Select(r => $"{r[1]} {r[2]}")
        );
        Assert.Equal("", rows[2][6]);
        Assert.True(Number(rows[3][6]) < Number(rows[1][6]));
        CommandRun large = await CommandRun.Of("theory", "u-and", "--neurons", "250", "--construction", "trained", "--out", At("v.csv"));
        Assert.Equal(
            (2, "geometry: --construction trained: expected at most 524288 neurons × pairs, found 250 × 4950\n"),
            (large.Status, large.Error)
        );

        static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("--active: expected 2 to 8, which leaves two of --features 10 inactive, found 9", "--features", "10", "--active", "9")]
    [InlineData(
        "--readoff: expected one or more of constructed, least-squares, affine, separated by commas, found 'trained'; see geometry "
            + "theory u-and --help",
        "--readoff",
        "trained"
    )]
    [InlineData("--neurons: expected at most 2048 with --readoff least-squares, found 16000", "--readoff", "least-squares")]
    [InlineData(
        "--neurons: expected at most 13421757 for 10 features (512 MiB of weights), found 20000000",
        "--neurons",
        "2e7",
        "--features",
        "10"
    )]
    [InlineData("--figure: expected two widths or more with --neurons, found 1", "--neurons", "250", "--figure", "f.svg")]
    public async Task WhatCannotBeIsOneLine(string message, params string[] options)
    {
        CommandRun run = await CommandRun.Of(["theory", "u-and", "--out", At("u.csv"), .. options]);
        Assert.Equal((2, $"geometry: {message}\n"), (run.Status, run.Error));
        Assert.False(File.Exists(At("u.csv")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
