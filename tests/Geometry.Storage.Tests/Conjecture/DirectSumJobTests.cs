using Geometry.Conjecture;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Storage.Configurations;
using Geometry.Storage.Conjecture;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Storage.Tests.Conjecture;

public sealed class DirectSumJobTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-sums-").FullName;

    public DirectSumJobTests()
    {
        SyntheticFile.Write(
            At("weights/a.npz"),
            FormulaParser.Parse("pentagon + triangle"),
            new SyntheticOptions { Sigma = 0.01, Hidden = 6 },
            5
        );
        SyntheticFile.Write(
            At("weights/b.npz"),
            FormulaParser.Parse("tetrahedron + pentagon"),
            new SyntheticOptions
            {
                Sigma = 0.02,
                Hidden = 6,
                Features = 8 + 1,
            },
            3
        );
        Label();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cells_hold_the_labels_and_a_null_model_that_is_no_sum()
    {
        LabelledFolder runs = LabelledFolder.Read(At("out"));
        Assert.Equal(["sigma"], runs.Axes);
        DirectSumResult result = DirectSumJob.Run(runs, Files(runs), 3, 1, 2);
        Assert.Empty(result.Failures);
        Assert.Equal(
            [(8, 6, 0.01, 5, 15), (9, 6, 0.02, 3, 9)],
            result.Cells.Select(c => (c.Features, c.Hidden, c.Values[0], c.Trained.Runs, c.Random.Runs))
        );
        foreach (DirectSumCell cell in result.Cells)
        {
            Assert.Equal(cell.Trained.Runs, cell.Trained.DecomposedAndNamed);
            Assert.InRange(cell.Trained.MedianDefect, 0, 0.1);
            Assert.InRange(cell.Random.Named, 0, 1);
        }
    }

    [Fact]
    public void The_csv_does_not_depend_on_threads()
    {
        LabelledFolder runs = LabelledFolder.Read(At("out"));
        string one = DirectSumCsv.Write(At("one"), DirectSumJob.Run(runs, Files(runs), 2, 1, 1)),
            many = DirectSumCsv.Write(At("many"), DirectSumJob.Run(runs, Files(runs), 2, 1, 5));
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(many));
        string[] lines = File.ReadAllLines(one);
        Assert.Equal(
            "n,m,sigma,model,runs,decomposed,decomposed_low,decomposed_high,named,named_low,named_high,"
                + "decomposed_named,decomposed_named_low,decomposed_named_high,median_defect",
            lines[0]
        );
        Assert.Matches(@"^8,6,0\.01,trained,5(,1,0\.5655175\d*,1){3},", lines[1]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void Weights_that_are_gone_or_changed_are_failures_that_say_so()
    {
        LabelledFolder runs = LabelledFolder.Read(At("out"));
        File.Delete(At("weights/a.npz"));
        SyntheticFile.Write(At("weights/b.npz"), FormulaParser.Parse("pentagon"), new SyntheticOptions(), 3);
        DirectSumResult result = DirectSumJob.Run(runs, Files(runs), 1, 1, 1);
        Assert.Empty(result.Cells);
        Assert.Contains("--weights-in", result.Failures[0].Message, StringComparison.Ordinal);
        Assert.Contains("found another content in", result.Failures[1].Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DirectSumJob.Run(runs, Files(runs), 0, 1, 1));
        Assert.Throws<ResultsException>(() => LabelledFolder.Read(At("weights")));
    }

    [Fact]
    public void The_options_of_labelling_are_read_back()
    {
        var options = new LabelJobOptions
        {
            File = new SweepFileOptions
            {
                Layout = WeightLayout.FeaturesFirst,
                Weights = "W;bias=%3B",
                Bias = "state.b;",
            },
            Label = new LabelOptions
            {
                MinNorm = 0.25,
                MaxPlaneDim = 2,
                Route = SummandRoute.Planes,
            },
        };
        Assert.Equal((options.File, options.Label), LabelJobOptions.ReadFingerprint(options.Fingerprint()));
        Assert.Equal((new SweepFileOptions(), new LabelOptions()), LabelJobOptions.ReadFingerprint(new LabelJobOptions().Fingerprint()));
    }

    [Fact]
    public void Rows_of_the_experiment_become_the_published_columns()
    {
        ConjectureRow[] rows = [new("pentagon + triangle", NoiseIn.Ambient, 0.05, "gram", 10, 5, 4)];
        string[] lines = File.ReadAllLines(ConjectureCsv.Write(At("csv"), rows));
        Assert.Equal("formula,noise_in,sigma,method,trials,recovered,rate,rate_low,rate_high,formula_rate", lines[0]);
        Assert.Matches(@"^pentagon \+ triangle,ambient,0\.05,gram,10,5,0\.5,0\.2365930905\d*,0\.7634069094\d*,0\.4$", lines[1]);
    }

    [Fact]
    public void Weights_are_found_where_they_were_when_both_folders_move_and_in_another_folder_when_it_is_named()
    {
        Directory.CreateDirectory(At("moved/x"));
        Directory.Move(At("weights"), At("moved/weights"));
        Directory.Move(At("out"), At("moved/out"));
        LabelledFolder runs = LabelledFolder.Read(At("moved/out"));
        Assert.All(runs.Inputs, i => Assert.True(i.SameBuild));
        Assert.Empty(DirectSumJob.Run(runs, new LabelledFiles(At("moved/out"), runs.Locations), 1, 1, 1).Failures);
        Directory.Move(At("moved/weights"), At("elsewhere"));
        Assert.Equal(2, DirectSumJob.Run(runs, new LabelledFiles(At("moved/out"), runs.Locations), 1, 1, 1).Failures.Count);
        Assert.Empty(DirectSumJob.Run(runs, new LabelledFiles(At("moved/out"), runs.Locations, At("elsewhere")), 1, 1, 1).Failures);
        Assert.Empty(
            DirectSumJob.Run(runs, new LabelledFiles(At("nowhere"), new Dictionary<string, string>(), At("elsewhere")), 1, 1, 1).Failures
        );
    }

    private LabelledFiles Files(LabelledFolder runs) => new(At("out"), runs.Locations);

    private void Label()
    {
        using OutputFolder folder = OutputFolder.Open(At("out"));
        LabelJob.Run(InputDiscovery.Expand([At("weights")]), folder, new LabelJobOptions { Threads = 2 }, CancellationToken.None);
    }

    private string At(string name)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
