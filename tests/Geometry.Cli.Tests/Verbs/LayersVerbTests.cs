using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class LayersVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_matrix_of_an_untied_model_has_a_row_of_its_own()
    {
        Untied("a.safetensors");
        Tied("b.safetensors");
        CommandRun run = await CommandRun.Of("label", _folder, "--weights", "all", "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        string[] rows = File.ReadAllLines(At("out/labels.csv"));
        Assert.EndsWith(",orthogonality_defect,weights", rows[0], StringComparison.Ordinal);
        string[] shown = [.. rows[1..].Select(r => r.Split(',')).Select(c => $"{c[0]} {c[2]} {c[3]} {c[13]} {c[^1]}")];
        Assert.Equal(["a.safetensors#w1 4 2 2 antipode w1", "a.safetensors#w2 4 2 2 antipode w2", "b.safetensors 4 2 2 antipode "], shown);
        Assert.StartsWith("a.safetensors#w2,0,0,1,2,antipode,", File.ReadAllLines(At("out/summands.csv"))[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matrices_are_kept_measured_and_tabulated_apart()
    {
        Untied("a.safetensors");
        await CommandRun.Of("label", At("a.safetensors"), "--weights", "all", "--out", At("out"));
        byte[] before = File.ReadAllBytes(At("out/labels.csv"));
        CommandRun again = await CommandRun.Of("label", At("a.safetensors"), "--weights", "all", "--out", At("out"), "--resume", "--json");
        using (JsonDocument json = JsonDocument.Parse(again.Out))
            Assert.Equal(2, json.RootElement.GetProperty("kept").GetInt32());
        Assert.Equal(before, File.ReadAllBytes(At("out/labels.csv")));
        Assert.Equal((0, ""), await Status("phase", At("out")));
        string[] cells = File.ReadAllLines(At("out/phase.csv"));
        Assert.StartsWith("weights,", cells[0], StringComparison.Ordinal);
        Assert.Equal(["w1", "w2"], cells[1..].Select(c => c.Split(',')[0]));
        Assert.Equal((0, ""), await Status("measure", At("out"), "--what", "topology,codes"));
        Assert.Contains("#w2,0", File.ReadAllText(At("out/codes.csv")), StringComparison.Ordinal);
        Assert.Equal((0, ""), await Status("report", At("out")));
    }

    [Fact]
    public async Task Inspect_shows_the_layers_and_what_one_sends_into_the_next()
    {
        Untied("a.safetensors");
        CommandRun run = await CommandRun.Of("inspect", At("a.safetensors"), "--weights", "all");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("summands of w1 (rows) are read by summands of w2 (columns)", run.Out, StringComparison.Ordinal);
        // Features 0 and 2 are one axis, 1 and 3 the other, in both matrices.
        Assert.Matches(@"0 antipode +1\.00 +0\.00 +0\.00", run.Out);
        Assert.Matches(@"1 antipode +0\.00 +1\.00 +0\.00", run.Out);
        Assert.Matches(@"\n +3 +2\.00 +0\.50 +1\.00 +1\.00 +0\.00", run.Out);

        CommandRun json = await CommandRun.Of("inspect", At("a.safetensors"), "--weights", "all", "--json");
        string[] lines = json.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        using JsonDocument overlaps = JsonDocument.Parse(lines[2]);
        Assert.Equal("space", overlaps.RootElement.GetProperty("junction").GetString());
        Assert.Equal(1, overlaps.RootElement.GetProperty("shares")[1][1].GetDouble(), 1e-6);
    }

    /// <summary>A square matrix between two others is read as a layer on the hidden space, without a layout.</summary>
    [Fact]
    public async Task A_square_layer_is_stacked_on_the_hidden_space()
    {
        Write(
            "deep.safetensors",
            ("l1.weight", [2, 4], [1, 0, -1, 0, 0, 1, 0, -1]),
            ("l2.weight", [2, 2], [0, 1, 1, 0]),
            ("l3.weight", [4, 2], [2, 0, 0, 1, -2, 0, 0, -1])
        );
        CommandRun run = await CommandRun.Of("label", At("deep.safetensors"), "--weights", "all", "--out", At("out"));
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            ["2 antipode", "2 dedicated", "2 antipode"],
            File.ReadAllLines(At("out/labels.csv"))[1..].Select(r => r.Split(',')[13])
        );
        CommandRun inspected = await CommandRun.Of("inspect", At("deep.safetensors"), "--weights", "all");
        Assert.Contains(
            "summands of l1.weight (rows) are sent into summands of l2.weight (columns)",
            inspected.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "summands of l2.weight (rows) are read by summands of l3.weight (columns)",
            inspected.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_once()
    {
        File.WriteAllText(At("bad.npz"), "no archive");
        CommandRun run = await CommandRun.Of("label", At("bad.npz"), "--weights", "all", "--out", At("out"));
        Assert.Equal(1, run.Status);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        CommandRun figure = await CommandRun.Of("inspect", At("bad.npz"), "--weights", "all", "--figure", At("f.svg"));
        Assert.Equal(
            (1, $"geometry: {At("bad.npz")}: --figure: expected one matrix, named with --weights, found all\n"),
            (figure.Status, figure.Error)
        );
    }

    private static async Task<(int Status, string Error)> Status(params string[] arguments)
    {
        CommandRun run = await CommandRun.Of(arguments);
        return (run.Status, run.Error);
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>Two antipodes; the decoder has half and twice the norms of the encoder.</summary>
    private void Untied(string name) =>
        Write(name, ("w1", [4, 2], [1, 0, 0, 1, -1, 0, 0, -2]), ("w2", [2, 4], [1, 0, -1, 0, 0, 1, 0, -0.5f]), ("b", [4], [0, 0, 0, 0]));

    private void Tied(string name) => Write(name, ("w1", [4, 2], [1, 0, 0, 1, -1, 0, 0, -2]), ("b", [4], [0, 0, 0, 0]));

    private void Write(string name, params (string Key, int[] Shape, float[] Values)[] arrays)
    {
        var header = new List<string>();
        var data = new MemoryStream();
        byte[] four = new byte[4];
        foreach ((string key, int[] shape, float[] values) in arrays)
        {
            long start = data.Length;
            foreach (float value in values)
            {
                BinaryPrimitives.WriteSingleLittleEndian(four, value);
                data.Write(four);
            }
            header.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{key}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{start},{data.Length}]}}"
                )
            );
        }
        byte[] text = Encoding.UTF8.GetBytes("{" + string.Join(',', header) + "}"),
            length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(At(name), [.. length, .. text, .. data.ToArray()]);
    }
}
