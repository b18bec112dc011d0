using Geometry.Cli.Tests.RepositoryRules;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Cli.Tests.Documents;

/// <summary>
/// The commands of README and docs: every block <c>sh</c> or <c>python</c> is run, in order, in a folder of its page, and has to end with 0
/// and print the block <c>text</c> behind it. Blocks that are not run say why: <c>sh not-run: REASON</c>. Blocks <c>usage</c> show options
/// that the verb has.
/// </summary>
[Collection(PageFolder.Collection)]
public sealed class DocumentCommandsTests(PageFolder folders)
{
    [Theory]
    [Pages]
    public void CommandsPrintWhatThePageShows(string path) => AssertNone(folders.Of(DocumentPage.Read(path)).Failure);

    [Theory]
    [PagesNeeding("python")]
    [PagesNeeding("duckdb")]
    public void CommandsWithFurtherNeedsPrintWhatThePageShows(string path, string need) =>
        AssertNone(folders.Of(DocumentPage.Read(path), need));

    /// <summary>The picture in README is a figure of the sweep that README's first command trains.</summary>
    [UnixFact("bash")]
    public async Task ThePictureIsTheOneThatTheReportDraws()
    {
        (string folder, string? failure) = folders.Of(DocumentPage.Read("README.md"));
        AssertNone(failure);
        CommandRun run = await CommandRun.Of("report", Path.Combine(folder, "out"), "--figures", Path.Combine(folder, "figures"));
        Assert.True(run.Status == 0, run.Error);
        Assert.Equal(
            Repository.Read("docs/pictures/shares.svg"),
            await File.ReadAllTextAsync(Path.Combine(folder, "figures", "shares.svg"))
        );
    }

    [Fact]
    public void EveryBlockIsOfAKnownKind()
    {
        string[] languages = ["", "sh", "python", "csharp", "yaml", "text", "usage"];
        Assert.All(DocumentPage.All.Select(DocumentPage.Read), page => Assert.All(page.Blocks, block =>
            {
                Assert.True(
                    languages.Contains(block.Language),
                    $"{page.Path}:{block.Line}: expected one of {string.Join(", ", languages)}, found '{block.Language}'"
                );
                Assert.True(
                    block.IsProgram ? block.HasKnownTag : block.Tag.Length == 0,
                    $"{page.Path}:{block.Line}: unknown tag '{block.Tag}'"
                );
            }));
    }

    [Fact]
    public void NeedsAreThoseThatTestsKnow() =>
        Assert.All(DocumentPage.All.SelectMany(p => DocumentPage.Read(p).Blocks), block =>
            Assert.Contains(block.Need, (string[])["", "python", "duckdb"])
        );

    /// <summary>Commands in indented blocks would not be tested, so there are none.</summary>
    [Fact]
    public void CommandsStandBetweenFences()
    {
        foreach (DocumentPage page in DocumentPage.All.Select(DocumentPage.Read))
        {
            bool fenced = false;
            for (int i = 0; i < page.Lines.Count; i++)
            {
                if (page.Lines[i].StartsWith("```", StringComparison.Ordinal))
                    fenced = !fenced;
                else
                    Assert.False(
                        !fenced
                            && page.Lines[i].StartsWith("    ", StringComparison.Ordinal)
                            && page.Lines[i].Contains("geometry ", StringComparison.Ordinal),
                        $"{page.Path}:{i + 1}"
                    );
            }
        }
    }

    [Fact]
    public async Task UsageShowsOptionsThatTheVerbHas()
    {
        int options = 0;
        foreach (DocumentPage page in DocumentPage.All.Select(DocumentPage.Read))
        {
            foreach (FencedBlock block in page.Blocks.Where(b => b.Language == "usage"))
            {
                string help = "";
                foreach (string line in block.Lines)
                {
                    if (line.StartsWith("geometry ", StringComparison.Ordinal))
                        help = (await CommandRun.Of("help", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])).Out;
                    foreach (
                        string option in line.Split([' ', '[', ']', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)
                            .Where(w => w.StartsWith("--", StringComparison.Ordinal))
                    )
                    {
                        Assert.True(
                            help.Contains(option, StringComparison.Ordinal),
                            $"{page.Path}:{block.Line}: {option} is no option of '{line}'"
                        );
                        options++;
                    }
                }
            }
        }
        Assert.True(options > 20);
    }

    [Theory]
    [InlineData("a|…|c", "a|b|b|c", true)]
    [InlineData("a|…|c", "a|b|b", false)]
    [InlineData("a…c", "abbc", true)]
    [InlineData("a", "a|b", false)]
    [InlineData("a|b", "a", false)]
    [InlineData("…", "", true)]
    [InlineData("a  |…", "a", true)]
    public void TheComparisonCanFail(string shown, string printed, bool same) =>
        Assert.Equal(same, ExpectedOutput.Difference(shown.Split('|'), printed.Length == 0 ? [] : printed.Split('|')) is null);

    private static void AssertNone(string? failure) => Assert.True(failure is null, failure);
}
