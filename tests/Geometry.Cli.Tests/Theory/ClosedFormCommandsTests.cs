using System.Globalization;
using Xunit;

namespace Geometry.Cli.Tests.Theory;

public sealed class ClosedFormCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task PhasesAreTheLossesOfTheIdealSolutions()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "phases",
            "--features",
            "3",
            "--hidden",
            "2",
            "--density",
            "0.1",
            "--importance",
            "2",
            "--out",
            At("p.csv")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("p.csv"));
        Assert.Equal("density,importance,ignore_other,ignore_last,pair_others,pair_last,best", rows[0]);
        string[] cells = rows[1].Split(',');
        double[] expected = [0.1, 2, 0.0308333333333333, 0.0616666666666667, 0.00333333333333333, 0.005];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], double.Parse(cells[i], CultureInfo.InvariantCulture), 1e-14);
        Assert.Equal("pair_others", cells[6]);
        Assert.Contains("ignore_last ↔ pair_last at r = 2p/(4 − 5p)", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheOptimumHasColumnsOfItsOwn()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "phases",
            "--features",
            "2",
            "--hidden",
            "1",
            "--density",
            "0.9,0.1",
            "--importance",
            "0.5",
            "--optimise",
            "--out",
            At("p.csv"),
            "--figure",
            At("p.svg")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("p.csv"));
        Assert.EndsWith("pair_last,best,optimum,optimum_formula,optimum_learned", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",dedicated,0", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(",antipode,0 1", rows[2], StringComparison.Ordinal);
        Assert.Contains(",,", rows[1], StringComparison.Ordinal);
        Assert.Contains("antipode (0 1)", File.ReadAllText(At("p.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PolygonsAreListedWithTheirSpectraAndTransitions()
    {
        CommandRun run = await CommandRun.Of("theory", "polygons", "--features", "6", "--spectrum", "--transitions", "--out", At("k.csv"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("k.csv"));
        Assert.Equal("k,sigma,phi,norm,bias,h,loss,prior,lambda,lambda_source,spectrum", rows[0]);
        Assert.Contains(rows, row =>
            row.StartsWith("5,1,0,1.1704596390978", StringComparison.Ordinal)
            && row.Contains(",8.5,literature,0×1 0.057524×1 ", StringComparison.Ordinal)
        );
        Assert.Contains(rows, row =>
            row.StartsWith("4,2,0,1,0,0,0.0972222222222222", StringComparison.Ordinal)
            && row.EndsWith(",8.5,derived,", StringComparison.Ordinal)
        );
        Assert.Matches(@"5 +6 +601\.0 ", run.Out);
    }

    [Fact]
    public async Task PolygonsHaveFreeEnergiesAtNumbersOfSamples()
    {
        CommandRun run = await CommandRun.Of("theory", "polygons", "--features", "6", "--samples", "300,5000", "--out", At("k.csv"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("k.csv"));
        Assert.EndsWith(",lambda_source,free_energy_300,free_energy_5000", rows[0], StringComparison.Ordinal);
        string[] pentagon = rows.Single(r => r.StartsWith("5,0,0,", StringComparison.Ordinal)).Split(',');
        Assert.Equal((300 * 0.068743578) + (7 * Math.Log(300)) + 3.62417, double.Parse(pentagon[^2], CultureInfo.InvariantCulture), 1e-4);
        Assert.Matches(@"300 +5 ", run.Out);
        Assert.Matches(@"5000 +6 ", run.Out);
    }

    [Fact]
    public async Task LinearModelsAreListedByTheirSubsets()
    {
        CommandRun run = await CommandRun.Of("theory", "linear", "--spectrum", "3,2,1", "--hidden", "2", "--out", At("l.csv"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            [
                "subset,rank,loss,morse_index,kind",
                "0 1,2,1,0,minimum",
                "0 2,2,2,1,saddle",
                "1 2,2,3,2,saddle",
                "0,1,3,2,saddle",
                "1,1,4,3,saddle",
                "2,1,5,4,saddle",
                ",0,6,6,saddle",
            ],
            File.ReadAllLines(At("l.csv"))
        );
    }

    [Fact]
    public async Task SparseDataAreSaidToBeDegenerate()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "linear",
            "--features",
            "4",
            "--density",
            "0.1",
            "--hidden",
            "2",
            "--out",
            At("l.csv")
        );
        Assert.Contains("the spectrum is degenerate", run.Out, StringComparison.Ordinal);
        Assert.EndsWith(",degenerate minimum", File.ReadAllLines(At("l.csv"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlowsAreKeptAndOjasFindsTheTopEigenspace()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "linear",
            "--spectrum",
            "3,2,1",
            "--hidden",
            "2",
            "--out",
            At("l.csv"),
            "--flow",
            At("f.npz"),
            "--seed",
            "1"
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"oja +1(\.0\d*)? +0\.00", run.Out);
        Assert.Contains("201 times up to 5 are in ", run.Out, StringComparison.Ordinal);
        using var archive = System.IO.Compression.ZipFile.OpenRead(At("f.npz"));
        Assert.Equal(
            [
                "W_gradient",
                "W_notes",
                "W_oja",
                "loss_gradient",
                "loss_notes",
                "loss_oja",
                "projector_error_gradient",
                "projector_error_notes",
                "projector_error_oja",
                "stage_time",
                "t",
            ],
            archive.Entries.Select(e => e.Name[..^4]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task TheUntiedFlowTellsTheDriftOfWhatItConserves()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "linear",
            "--spectrum",
            "3,2,1",
            "--hidden",
            "2",
            "--out",
            At("l.csv"),
            "--flow",
            At("u.npz"),
            "--untied",
            "--seed",
            "1"
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("drift of AᵀA − BBᵀ", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"untied +1(\.0\d*)? +0\.\d+ +(0\.0e\+0|\d\.\de-1[3-9])", run.Out);
        using var archive = System.IO.Compression.ZipFile.OpenRead(At("u.npz"));
        Assert.Equal(
            ["A", "B", "drift", "loss", "projector_error", "stage_time", "t"],
            archive.Entries.Select(e => e.Name[..^4]).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task ACovarianceIsReadFromAFile()
    {
        await File.WriteAllBytesAsync(
            At("c.npy"),
            [
                0x93,
                .. "NUMPY"u8,
                1,
                0,
                118,
                0,
                .. System.Text.Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }".PadRight(117) + "\n"),
                .. new[] { 2.0, 1, 1, 2 }.SelectMany(BitConverter.GetBytes),
            ]
        );
        CommandRun run = await CommandRun.Of("theory", "linear", "--covariance", At("c.npy"), "--hidden", "1", "--out", At("l.csv"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith("0,1,1", File.ReadAllLines(At("l.csv"))[1], StringComparison.Ordinal);
        Assert.Contains("eigenvalues, counted from 0: 3 1", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GainsSayWhichShapePaysWhere()
    {
        CommandRun run = await CommandRun.Of(
            "theory",
            "gains",
            "--density",
            "0.25,0.2",
            "--shapes",
            "antipode, line-frame(16,36),pentagon",
            "--out",
            At("g.csv")
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("g.csv"));
        Assert.Equal("density,shape,dim,features,parameter,norm,bias,loss,gain,best", rows[0]);
        Assert.Equal(7, rows.Length);
        Assert.Matches(@"^0\.25,antipode,1,2,,1\.\d+,-?0\.\d+,0\.\d+,0\.1149\d+,1$", rows[1]);
        Assert.StartsWith("0.25,\"line-frame(16,36)\",16,36,,", rows[2], StringComparison.Ordinal);
        Assert.Contains("antipode → pentagon at density 0.2249", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormsOfTheAtlasHaveGainsToo()
    {
        string form = Geometry.Atlas.FormAtlas.BuiltIn.Forms.First(f => f.Dim == 4).Name;
        CommandRun run = await CommandRun.Of("theory", "gains", "--density", "0.2", "--shapes", $"antipode,{form}", "--out", At("g.csv"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("g.csv"));
        Assert.StartsWith($"0.2,\"{form}\",4,", rows[2], StringComparison.Ordinal);
        Assert.Contains(form, run.Out, StringComparison.Ordinal);
        run = await CommandRun.Of(
            "theory",
            "gains",
            "--density",
            "0.2",
            "--shapes",
            $"antipode,{form}",
            "--atlas",
            "none",
            "--out",
            At("no.csv")
        );
        Assert.Equal(2, run.Status);
        Assert.Contains($"--shapes: expected shapes, found '{form}'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "--shapes: expected shapes, found 'pentagn'; the nearest is 'pentagon'",
        "gains",
        "--density",
        "0.1",
        "--shapes",
        "antipode,pentagn"
    )]
    [InlineData("--shapes: expected shapes, found ''", "gains", "--density", "0.1", "--shapes", "antipode,")]
    [InlineData("--figure: expected two densities or more", "gains", "--density", "0.1", "--figure", "f.svg")]
    [InlineData("--density: expected a number above 0", "gains", "--density", "0")]
    [InlineData("--features: expected 3, one more than --hidden 2, found 2", "phases", "--features", "2", "--hidden", "2")]
    [InlineData("--optimise: expected at most 4 features, found 5", "phases", "--features", "5", "--hidden", "4", "--optimise")]
    [InlineData("--density: expected a number above 0, at most 1", "phases", "--features", "2", "--hidden", "1", "--density", "1.5")]
    [InlineData(
        "--density, --importance: expected at most 1000000 points, found 2000 × 1000",
        "phases",
        "--features",
        "2",
        "--hidden",
        "1",
        "--density",
        "{ linspace: [0.1, 1, 2000] }",
        "--importance",
        "{ linspace: [1, 2, 1000] }"
    )]
    [InlineData(
        "--density, --shapes: expected at most 1000000 gains, found 600000 densities × 2 shapes",
        "gains",
        "--density",
        "{ linspace: [0.1, 1, 600000] }",
        "--shapes",
        "antipode,pentagon"
    )]
    [InlineData("--features: expected at most 1024, found 4000", "linear", "--features", "4000", "--density", "0.1", "--hidden", "2")]
    [InlineData("--features: expected 4 to 512, found 3", "polygons", "--features", "3")]
    [InlineData("--samples: expected at most 1000 numbers, 1 or more", "polygons", "--features", "6", "--samples", "0.5")]
    [InlineData("--spectrum: expected at most 32 features, found 40", "polygons", "--features", "40", "--spectrum")]
    [InlineData(
        "--shapes: expected at most 256 features, found 301 in 'simplex-300'",
        "gains",
        "--density",
        "0.1",
        "--shapes",
        "simplex-300"
    )]
    [InlineData("--spectrum: expected numbers above 0, as in 3,2,1, found '3,-2'", "linear", "--spectrum", "3,-2", "--hidden", "1")]
    [InlineData("expected from 1 to 2 hidden dimensions for 2 eigenvalues, found 4", "linear", "--spectrum", "3,2", "--hidden", "4")]
    [InlineData("expected one of --spectrum, --covariance, and --features", "linear", "--hidden", "1")]
    [InlineData("--features: expected --density with it", "linear", "--features", "3", "--hidden", "1")]
    [InlineData(
        "--duration: expected a number above 0, found '0'",
        "linear",
        "--spectrum",
        "2,1",
        "--hidden",
        "1",
        "--flow",
        "f.npz",
        "--duration",
        "0"
    )]
    [InlineData("no-such.npz: no such file", "linear", "--spectrum", "2,1", "--hidden", "1", "--flow", "f.npz", "--start", "no-such.npz")]
    [InlineData("no-such.npy: no such file", "linear", "--covariance", "no-such.npy", "--hidden", "1")]
    public async Task WrongUsageIsOneLineAndStatusTwo(string named, params string[] args)
    {
        CommandRun run = await CommandRun.Of(["theory", .. args, "--out", At("no.csv")]);
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.False(File.Exists(At("no.csv")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
