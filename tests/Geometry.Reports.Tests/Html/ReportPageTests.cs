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
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 4_500_000, 6_000_000);
        Assert.DoesNotMatch(@"<(script|link|img|iframe)[^>]+(src|href)=[""']?(https?:|//|/)", html);
        Assert.Contains("plotly.js v4", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html[..2000], StringComparison.Ordinal);
        // head's style, data, plotly.js and the page's own script: nothing that came from a file opened another
        Assert.Equal(3, ScriptEnd().Count(html));
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
        JsonElement data = Data(Page(_labelled.Folder.Path, new ReportOptions { MostRuns = 20, MostPoints = 100, MostWeights = 200 }));
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
        Assert.Equal(["a.npz: the weight file is no longer there", "b.npz: the weight file has changed since it was labelled"], model.Gallery.Problems);
        Directory.CreateDirectory(folder["elsewhere"]);
        File.Copy(LabelledFolder.Fixture("sweeps", "poster_n5_m2_s0.npz"), folder["elsewhere/a.npz"]);
        Assert.Equal(50, ReportReader.Read(folder.Path, new ReportOptions { Inputs = folder["elsewhere"] }).Gallery.Runs.Count);
    }

    [Fact]
    public void TheSameResultsGiveTheSameBytes() =>
        Assert.Equal(Page(_labelled.Folder.Path, new ReportOptions()), Page(_labelled.Folder.Path, new ReportOptions()));

    [Fact]
    public void AFolderWithoutResultsIsRefusedInOneLine()
    {
        using var folder = new LabelledFolder();
        Assert.Contains("no results here", Assert.Throws<ResultsException>(() => ReportJob.Run(folder.Path, new ReportOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<ResultsException>(() => ReportJob.Run(folder["gone"], new ReportOptions())).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["results.sqlite"], "not a database, but long enough to be looked at");
        Assert.Contains("not a results database", Assert.Throws<ResultsException>(() => ReportJob.Run(folder.Path, new ReportOptions())).Message, StringComparison.Ordinal);
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

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptEnd();
}
