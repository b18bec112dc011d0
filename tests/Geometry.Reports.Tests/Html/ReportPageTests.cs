using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Geometry.Reports.Html;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Reports.Tests.Html;

public sealed partial class ReportPageTests : IClassFixture<ReportPageTests.Labelled>
{
    public const string Hostile = "<script>alert(1)<!--<img src=x onerror=alert(2)>&amp;\"'.npz";
    private readonly Labelled _labelled;

    public ReportPageTests(Labelled labelled) => _labelled = labelled;

    /// <summary>Two real sweeps, one under a hostile name.</summary>
    public sealed class Labelled : IDisposable
    {
        internal LabelledFolder Folder { get; } = LabelledFolder.Of(("poster_n5_m2_s0.npz", "poster.npz"), ("uni_n8_m3_s0.npz", Hostile));

        public void Dispose() => Folder.Dispose();
    }

    [Fact]
    public void ThePageIsOneFileThatNeedsNoOther()
    {
        string html = Page(_labelled.Folder.Path, new ReportOptions());
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 2_600_000, 4_000_000);
        Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]+(src|href)=[""']?(https?:|//|/)", html);
        Assert.Contains("plotly.js (cartesian - minified) v4", Unpacked(html, "plotly-flat"), StringComparison.Ordinal);
        Assert.Contains("scatter3d", Unpacked(html, "plotly-full"), StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html[..2000], StringComparison.Ordinal);
        // data, the page's own script and two bundles of plotly.js: nothing that came from a file opened another
        Assert.Equal(4, ScriptEnd().Count(html));
        // and without any script the phase diagram is there
        Assert.Matches("<div id=\"first\"><svg [^>]*role=\"img\">\n<title>Dominant label over ", html);
    }

    [Fact]
    public void NamesFromFilesAreDataWhateverTheyHold()
    {
        string html = Page(_labelled.Folder.Path, new ReportOptions());
        Assert.DoesNotContain("<script>alert(1)", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
        JsonElement data = Data(html);
        Assert.Contains(Hostile, data.GetProperty("sources").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public void TheDataSaysWhatTheResultsSay()
    {
        JsonElement data = Data(Page(_labelled.Folder.Path, new ReportOptions()));
        Assert.Equal(58, data.GetProperty("allRuns").GetInt32());
        Assert.Equal(58, data.GetProperty("labelRuns").EnumerateArray().Sum(l => l.GetInt32()));
        Assert.Equal(58, data.GetProperty("cells").EnumerateArray().Sum(c => c.GetProperty("all").GetInt32()));
        Assert.Equal((50 * 5) + (8 * 8), data.GetProperty("features").GetProperty("d").GetArrayLength());
        JsonElement gallery = data.GetProperty("gallery");
        Assert.Equal(58, gallery.GetProperty("runs").GetArrayLength());
        Assert.Equal(0, gallery.GetProperty("problems").GetArrayLength());
        JsonElement run = gallery.GetProperty("runs")[0];
        Assert.Equal(0, run.GetProperty("views")[0].GetProperty("features").EnumerateArray().First().GetInt32());
    }

    [Fact]
    public void BigDataIsThinnedAndTheCellsCountAll()
    {
        JsonElement data = Data(
            Page(
                _labelled.Folder.Path,
                new ReportOptions
                {
                    MostRuns = 20,
                    MostPoints = 100,
                    MostWeights = 200,
                }
            )
        );
        Assert.Equal(20, data.GetProperty("runs").GetProperty("index").GetArrayLength());
        Assert.Equal(58, data.GetProperty("cells").EnumerateArray().Sum(c => c.GetProperty("all").GetInt32()));
        Assert.InRange(data.GetProperty("features").GetProperty("d").GetArrayLength(), 40, 100);
        Assert.Equal(314, data.GetProperty("features").GetProperty("all").GetInt64());
        Assert.InRange(data.GetProperty("gallery").GetProperty("runs").GetArrayLength(), 1, 8);
    }

    [Fact]
    public void WeightsThatAreGoneOrChangedAreSaidAndNotDrawn()
    {
        using LabelledFolder folder = LabelledFolder.Of(("poster_n5_m2_s0.npz", "a.npz"), ("uni_n8_m3_s0.npz", "b.npz"));
        File.Delete(folder["in/a.npz"]);
        File.Copy(LabelledFolder.Fixture("sweeps", "uni_n9_m3_s0.npz"), folder["in/b.npz"], overwrite: true);
        ReportModel model = ReportReader.Read(folder.Path, new ReportOptions());
        Assert.Empty(model.Gallery.Runs);
        Assert.Equal(
            ["a.npz: the weight file is no longer there", "b.npz: the weight file has changed since it was labelled"],
            model.Gallery.Problems
        );
        Directory.CreateDirectory(folder["elsewhere"]);
        File.Copy(LabelledFolder.Fixture("sweeps", "poster_n5_m2_s0.npz"), folder["elsewhere/a.npz"]);
        Assert.Equal(50, ReportReader.Read(folder.Path, new ReportOptions { Inputs = folder["elsewhere"] }).Gallery.Runs.Count);
    }

    [Fact]
    public void ManyCellsAreThinnedToAGridAndSaidSo()
    {
        JsonElement data = Data(Page(_labelled.Folder.Path, new ReportOptions { MostCells = 20 }));
        JsonElement axis = data.GetProperty("axes")[0];
        Assert.Equal(58, data.GetProperty("allCells").GetInt32());
        Assert.InRange(data.GetProperty("cells").GetArrayLength(), 8, 20);
        HashSet<int> shown = [.. axis.GetProperty("shown").EnumerateArray().Select(i => i.GetInt32())];
        Assert.True(shown.Count < axis.GetProperty("text").GetArrayLength());
        Assert.All(data.GetProperty("cells").EnumerateArray(), c => Assert.Contains(c.GetProperty("at")[0].GetInt32(), shown));
        Assert.False(Data(Page(_labelled.Folder.Path, new ReportOptions())).GetProperty("axes")[0].TryGetProperty("shown", out _));
    }

    [Fact]
    public void AConjectureAloneHasAReportAndSoHaveFailures()
    {
        using var folder = new LabelledFolder();
        File.WriteAllText(
            folder["conjecture.csv"],
            "formula,noise_in,sigma,method,trials,recovered,rate,rate_low,rate_high,formula_rate\n2 pentagon,ambient,0,gram,10,10,1,1,1,1\n"
        );
        (ReportModel model, string page, IReadOnlyList<string> figures) = ReportJob.Run(
            folder.Path,
            new ReportOptions { Figures = folder["figures"], Best = 0.5 }
        );
        Assert.Single(model.Recovery);
        Assert.Equal(["recovery.svg"], figures);
        Assert.Equal(0, Data(File.ReadAllText(page)).GetProperty("allRuns").GetInt32());

        using LabelledFolder failed = LabelledFolder.Of();
        Directory.CreateDirectory(failed["broken"]);
        File.WriteAllText(failed["broken/a.npz"], "no archive");
        using (OutputFolder output = OutputFolder.Open(failed["out"]))
            LabelJob.Run(
                Geometry.Storage.Sweeps.InputDiscovery.Expand([failed["broken"]]),
                output,
                new LabelJobOptions(),
                CancellationToken.None
            );
        Assert.Equal(1, Data(Page(failed["out"], new ReportOptions())).GetProperty("failureCount").GetInt32());
    }

    [Fact]
    public void TheSameResultsGiveTheSameBytes() =>
        Assert.Equal(Page(_labelled.Folder.Path, new ReportOptions()), Page(_labelled.Folder.Path, new ReportOptions()));

    [Fact]
    public void AFolderWithoutResultsIsRefusedInOneLine()
    {
        using var folder = new LabelledFolder();
        Assert.Contains(
            "no results here",
            Assert.Throws<ResultsException>(() => ReportJob.Run(folder.Path, new ReportOptions())).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no such folder",
            Assert.Throws<ResultsException>(() => ReportJob.Run(folder["gone"], new ReportOptions())).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(folder["results.sqlite"], "not a database, but long enough to be looked at");
        Assert.Contains(
            "not a results database",
            Assert.Throws<ResultsException>(() => ReportJob.Run(folder.Path, new ReportOptions())).Message,
            StringComparison.Ordinal
        );
    }

    internal static string Page(string folder, ReportOptions options)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(ReportReader.Read(folder, options), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static JsonElement Data(string html)
    {
        const string Open = "<script type=\"application/json\" id=\"data\">";
        int start = html.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        return JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement;
    }

    private static string Unpacked(string html, string id)
    {
        string open = $"<script type=\"text/plain\" id=\"{id}\">";
        int start = html.IndexOf(open, StringComparison.Ordinal) + open.Length;
        using var packed = new MemoryStream(
            Convert.FromBase64String(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)])
        );
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptEnd();
}
