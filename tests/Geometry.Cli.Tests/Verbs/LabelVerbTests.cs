using System.Text;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class LabelVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task LabelsAFileAndSaysWhatItFound()
    {
        WritePairs("pairs.npy", instances: 4);
        CommandRun run = await CommandRun.Of("label", At("pairs.npy"), "--out", At("out"), "--layout", "hidden-first");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Matches(@"antipodal +4 +100\.0 % .* 2 antipode", run.Out);
        Assert.Contains("4 runs from 1 input, 0 failures", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Equal(5, File.ReadAllLines(At("out/labels.csv")).Length);
        Assert.Equal(9, File.ReadAllLines(At("out/summands.csv")).Length);
    }

    [Fact]
    public async Task BadInputsAreNamedAndTheOthersLabelled()
    {
        WritePairs("a.npy", instances: 3, broken: 1);
        File.WriteAllText(At("b.npz"), "not an archive");
        CommandRun run = await CommandRun.Of(
            "label",
            At("a.npy"),
            At("b.npz"),
            At("gone.npy"),
            "--out",
            At("out"),
            "--layout",
            "hidden-first"
        );
        Assert.Equal(1, run.Status);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"geometry: {At("a.npy")}, instance 1: the weight of feature ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"geometry: {At("b.npz")}: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"geometry: {At("gone.npy")}: ", lines[2], StringComparison.Ordinal);
        Assert.Contains("2 runs from 3 inputs, 3 failures", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResumingKeepsAndSaysSo()
    {
        WritePairs("a.npy", instances: 3);
        string[] args = ["label", At("a.npy"), "--out", At("out"), "--layout", "hidden-first"];
        await CommandRun.Of(args);
        byte[] labels = File.ReadAllBytes(At("out/labels.csv"));
        CommandRun run = await CommandRun.Of([.. args, "--resume"]);
        Assert.Contains("1 input kept unchanged", run.Out, StringComparison.Ordinal);
        Assert.Equal(labels, File.ReadAllBytes(At("out/labels.csv")));
    }

    [Fact]
    public async Task AnotherRouteIsAnotherLabelling()
    {
        WritePairs("a.npy", instances: 3);
        string[] args = ["label", At("a.npy"), "--out", At("out"), "--layout", "hidden-first"];
        await CommandRun.Of(args);
        Assert.Contains(
            "1 input kept unchanged",
            (await CommandRun.Of([.. args, "--resume", "--route", "both"])).Out,
            StringComparison.Ordinal
        );
        string before = "both";
        foreach (string route in (string[])["blocks", "planes", "both"])
        {
            CommandRun run = await CommandRun.Of([.. args, "--resume", "--route", route]);
            Assert.Equal(
                (0, $"geometry: --resume: what is in {At("out")} is labelled again, it was labelled with --route {before}, now {route}\n"),
                (run.Status, run.Error)
            );
            before = route;
            Assert.DoesNotContain("kept", run.Out, StringComparison.Ordinal);
            Assert.Contains("3 runs from 1 input, 0 failures", run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SummandsEndWithTheirNumberOfDirections()
    {
        WritePairs("a.npy", instances: 1);
        await CommandRun.Of("label", At("a.npy"), "--out", At("out"), "--layout", "hidden-first");
        string[] rows = File.ReadAllLines(At("out/summands.csv"));
        Assert.Equal(
            "source,instance,summand,dim,count,shape,features,residual_deg,p_value,sphere_radius,sphere_rms,center_norm,directions",
            rows[0]
        );
        Assert.All(rows[1..], r => Assert.EndsWith(",2", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ParametersBecomeColumnsAndUnknownSourcesAWarning()
    {
        WritePairs("a.npy", instances: 1);
        File.WriteAllText(At("p.csv"), $"source,instance,lr\n{At("a.npy")},0,0.25\nother.npy,0,1\n");
        CommandRun run = await CommandRun.Of("label", At("a.npy"), "--out", At("out"), "--layout", "hidden-first", "--params", At("p.csv"));
        Assert.Equal(0, run.Status);
        Assert.Contains("warning: --params has rows for 'other.npy'", run.Error, StringComparison.Ordinal);
        string[] rows = File.ReadAllLines(At("out/labels.csv"));
        Assert.EndsWith(",lr", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",0.25", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutputFolderThatCannotBeUsedIsWrongUsage()
    {
        WritePairs("a.npy", instances: 1);
        File.WriteAllText(At("file"), "");
        CommandRun run = await CommandRun.Of("label", At("a.npy"), "--out", At("file"));
        Assert.Equal((2, ""), (run.Status, run.Out));
        Assert.Contains(At("file"), run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task InspectShowsOneRunAndRefusesOthers()
    {
        WritePairs("a.npy", instances: 2);
        CommandRun run = await CommandRun.Of("inspect", At("a.npy"), "--instance", "1", "--layout", "hidden-first");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("antipodal  2 antipode", run.Out, StringComparison.Ordinal);
        CommandRun beyond = await CommandRun.Of("inspect", At("a.npy"), "--instance", "2", "--layout", "hidden-first");
        Assert.Equal((1, ""), (beyond.Status, beyond.Out));
        Assert.Contains("2 instances, 0 to 1", beyond.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.Of("inspect", At("gone.npy"))).Status);
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>W (instances, 2, 4), float64: e_1, −e_1, e_2, −e_2 as columns; one instance may hold a NaN.</summary>
    private void WritePairs(string name, int instances, int broken = -1)
    {
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({instances}, 2, 4), }}".PadRight(117) + "\n";
        using FileStream stream = File.Create(At(name));
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        for (int i = 0; i < instances; i++)
        {
            foreach (double weight in (ReadOnlySpan<double>)[i == broken ? double.NaN : 1, -1, 0, 0, 0, 0, 1, -1])
                stream.Write(BitConverter.GetBytes(weight));
        }
    }
}
