using System.Text.Json;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class LabelOptionsTests : IDisposable
{
    private static readonly string s_sweeps = Path.Combine(RepositoryRules.Repository.Root, "fixtures", "sweeps");
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Chosen_instances_have_the_rows_of_a_whole_labelling()
    {
        string sweep = Path.Combine(s_sweeps, "n20_m5.npz");
        await CommandRun.Of("label", sweep, "-o", At("all"), "-q");
        CommandRun some = await CommandRun.Of("label", sweep, "-o", At("some"), "--instances", "3,5-7,6", "-q");
        Assert.Equal((0, "", ""), (some.Status, some.Out, some.Error));
        string[] all = File.ReadAllLines(At("all/labels.csv"));
        Assert.Equal([all[0], all[4], all[6], all[7], all[8]], File.ReadAllLines(At("some/labels.csv")));
        CommandRun none = await CommandRun.Of("label", sweep, "-o", At("none"), "--instances", "99");
        Assert.Equal(1, none.Status);
        Assert.Contains("--instances 99: the file has 20 instances, 0 to 19", none.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.Of("label", sweep, "-o", At("none"), "--instances", "5-3")).Status);
    }

    [Fact]
    public async Task The_summary_is_json_and_verbose_says_what_was_found()
    {
        CommandRun run = await CommandRun.Of("label", Path.Combine(s_sweeps, "uni_n6_m3_s0.npz"), "-o", At("out"), "--json", "-v");
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal(8, json.RootElement.GetProperty("runs").GetInt32());
        Assert.Equal("antipodal", json.RootElement.GetProperty("labels")[0].GetProperty("label").GetString());
        Assert.Contains("8 runs of n = 6, m = 3; weights 'W' float32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_come_from_standard_input_and_from_patterns()
    {
        string list = Path.Combine(s_sweeps, "uni_n6_m3_s0.npz") + "\n\n" + Path.Combine(s_sweeps, "uni_n7_m3_s0.npz") + "\n";
        CommandRun read = await CommandRun.Reading(list, "label", "-", "-o", At("read"));
        CommandRun matched = await CommandRun.Of(
            "label",
            Path.Combine(s_sweeps, "uni_n[67]*").Replace("[67]", "?", StringComparison.Ordinal),
            "-o",
            At("matched")
        );
        Assert.Contains("16 runs from 2 inputs", read.Out, StringComparison.Ordinal);
        Assert.Equal(0, matched.Status);
        Assert.Contains("from 6 inputs", matched.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.Reading("", "label", "-", "-o", At("empty"))).Status);
    }

    [Fact]
    public async Task Exported_projectors_project()
    {
        CommandRun run = await CommandRun.Of("export", Path.Combine(s_sweeps, "n20_m5.npz"), "--instances", "14", "--out", At("e.npz"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        using var file = Geometry.Storage.Sweeps.SweepFile.Open(
            At("e.npz"),
            new() { Weights = "run14/projectors", Layout = Geometry.Storage.Sweeps.WeightLayout.HiddenFirst }
        );
        Assert.Equal((2, 5, 5), (file.Instances, file.Hidden, file.Features));
        double[] sum = new double[25];
        for (int s = 0; s < 2; s++)
        {
            double[] p = file.ReadConfiguration(s).Columns.ToArray();
            for (int i = 0; i < 5; i++)
            {
                for (int j = 0; j < 5; j++)
                {
                    double square = Enumerable.Range(0, 5).Sum(k => p[(i * 5) + k] * p[(k * 5) + j]);
                    Assert.Equal(p[(i * 5) + j], square, 12);
                    sum[(i * 5) + j] += p[(i * 5) + j];
                }
            }
        }
        // A four-dimensional summand and an antipode, nearly orthogonal, fill R^5.
        for (int i = 0; i < 25; i++)
            Assert.Equal(i % 6 == 0 ? 1 : 0, sum[i], 1);
    }

    [Theory]
    [InlineData("run.svg", "<svg")]
    [InlineData("run.png", "PNG")]
    public async Task A_run_is_drawn_and_given_as_json(string name, string start)
    {
        CommandRun run = await CommandRun.Of(
            "inspect",
            Path.Combine(s_sweeps, "n20_m5.npz"),
            "--instance",
            "11",
            "--json",
            "--figure",
            At(name)
        );
        Assert.Equal((0, ""), (run.Status, run.Error));
        using JsonDocument json = JsonDocument.Parse(run.Out);
        Assert.Equal("pentagon + 3 antipode", json.RootElement.GetProperty("formula").GetString());
        Assert.Equal(20, json.RootElement.GetProperty("features").GetArrayLength());
        Assert.Contains(start, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(At(name)))[..2000], StringComparison.Ordinal);
        Assert.Equal(2, (await CommandRun.Of("inspect", Path.Combine(s_sweeps, "n20_m5.npz"), "--figure", At("run.gif"))).Status);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
