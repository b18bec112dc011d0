using System.Text.Json;
using Geometry.Atlas;
using Geometry.Reports.Atlas;
using Xunit;

namespace Geometry.Cli.Tests.Verbs;

public sealed class AtlasVerbTests : IDisposable
{
    private const string Name = "form(4,15)s72";
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WhatRecursIsFoundNamedLabelledAndReported()
    {
        await Run("synth", $"{Name} + antipode", "--count", "6", "--sigma", "0.01", "--out", At("runs.npz"));
        await Run("label", At("runs.npz"), "--out", At("unnamed"), "--atlas", "none");
        Assert.All(Formulas("unnamed"), f => Assert.Equal("irregular(4,15) + antipode", f));

        // The name is the same with the built-in atlas at hand and without: it says what the form is.
        foreach (string atlas in (string[])["anew", "known"])
        {
            CommandRun made = await Run([
                "atlas",
                At("unnamed"),
                "--out",
                At(atlas),
                "--starts",
                "20",
                .. atlas == "anew" ? (string[])["--atlas", "none"] : [],
            ]);
            Assert.Contains("1 form holds 6 of 6 summands of 6 runs", made.Out, StringComparison.Ordinal);
            Form form = Assert.Single(AtlasFolder.Read(At(atlas)).Forms);
            Assert.Equal((Name, 0, 20), (form.Name, form.Invariants.FreeParameters, form.GroundStateStarts));
            Assert.Equal(["-√(1/2)", "-1/2", "0", "1/4", "√(1/8)"], form.Invariants.ExactCosines);
        }
        string[] rows = File.ReadAllLines(Path.Combine(At("anew"), "atlas.csv"));
        Assert.StartsWith(
            "name,dim,directions,runs,sweeps,symmetries,orbits,angles_deg,antipodal,tight,design,"
                + "min_angle_deg,best_code_deg,spread_deg,ground_state,",
            rows[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith($"\"{Name}\",4,15,6,1,72,2,", rows[1], StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(Path.Combine(At("anew"), "members.csv")).Length);

        await Run("label", At("runs.npz"), "--out", At("named"), "--atlas", At("anew"));
        Assert.All(Formulas("named"), f => Assert.Equal($"{Name} + antipode", f));

        Assert.Contains("the report of 6 runs is", (await Run("report", At("named"))).Out, StringComparison.Ordinal);
        JsonElement labelled = Assert.Single(Cards("named"));
        Assert.Equal((Name, 6), (labelled.GetProperty("name").GetString(), labelled.GetProperty("runs").GetInt32()));
        Assert.Contains("the report of 1 form is", (await Run("report", At("anew"))).Out, StringComparison.Ordinal);
        JsonElement card = Assert.Single(Cards("anew"));
        Assert.Equal(45, card.GetProperty("x").GetArrayLength());
        Assert.Equal(36, card.GetProperty("edges").GetArrayLength() / 2);
        // The runs lead to the report of the folder that they come from once it has one; that folder's has the run.
        Assert.All(card.GetProperty("nearest").EnumerateArray(), r => Assert.False(r.TryGetProperty("link", out _)));
        await Run("report", At("unnamed"));
        await Run("report", At("anew"));
        Assert.All(Cards("anew")[0].GetProperty("nearest").EnumerateArray(), r =>
            Assert.StartsWith(
                $"../unnamed/report.html#run={Uri.EscapeDataString(At("runs.npz"))}%2C",
                r.GetProperty("link").GetString(),
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task WhatIsNoAtlasIsOneLine()
    {
        await Run("synth", "pentagon", "--count", "1", "--out", At("runs.npz"));
        File.WriteAllText(At("broken.yaml"), "{\"geometry-atlas\": 1, \"forms\": [{\"name\": 3}]}");
        foreach (
            (string atlas, string message) in new[]
            {
                ("broken.yaml", "form 1: name: expected a text, found 3"),
                ("missing", "no such file; expected an atlas"),
            }
        )
        {
            CommandRun run = await CommandRun.Of("label", At("runs.npz"), "--out", At("out"), "--atlas", At(atlas));
            Assert.Equal(2, run.Status);
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
            Assert.Equal(1, run.Error.Count(c => c == '\n'));
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<CommandRun> Run(params string[] args)
    {
        CommandRun run = await CommandRun.Of(args);
        Assert.Equal((0, ""), (run.Status, run.Error));
        return run;
    }

    private string[] Formulas(string folder)
    {
        string[] lines = File.ReadAllLines(Path.Combine(At(folder), "summands.csv"))[1..];
        return
        [
            .. lines
                .GroupBy(l => l.Split(',')[1])
                .Select(g =>
                    string.Join(" + ", g.Select(l => l.Contains('"', StringComparison.Ordinal) ? l.Split('"')[1] : l.Split(',')[5]))
                ),
        ];
    }

    private JsonElement[] Cards(string folder)
    {
        string html = File.ReadAllText(Path.Combine(At(folder), "report.html")),
            start = "id=\"data\">";
        int from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return
        [
            .. JsonDocument
                .Parse(html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)])
                .RootElement.GetProperty("forms")
                .GetProperty("cards")
                .EnumerateArray(),
        ];
    }
}
