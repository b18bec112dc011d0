using System.Globalization;
using Geometry.Storage.Tests.Library;
using Xunit;

namespace Geometry.Storage.Tests;

/// <summary>docs/library.md: its program is the one that is compiled here, and prints what the page shows.</summary>
public sealed class LibraryPageTests
{
    private static readonly string s_root = Fixtures.Root;

    [Fact]
    public void ThePageShowsTheProgramThatIsCompiled()
    {
        string[] source = File.ReadAllLines(Path.Combine(s_root, "tests", "Geometry.Storage.Tests", "LibraryProgram.cs"));
        int begin = Array.FindIndex(source, l => l.Contains("// begin", StringComparison.Ordinal)),
            end = Array.FindIndex(source, l => l.Contains("// end", StringComparison.Ordinal));
        string[] program =
        [
            .. source.Where(l => l.StartsWith("using Geometry.", StringComparison.Ordinal)),
            "",
            .. source[(begin + 1)..end].Select(l => l.Length > 8 ? l[8..] : ""),
        ];
        Assert.Equal(program, Block("csharp"));
        Assert.InRange(program.Length, 15, 22);
    }

    [Fact]
    public void TheProgramPrintsWhatThePageShows()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        LibraryProgram.Run(Fixtures.Sweeps("n20_m5.npz"), output);
        Assert.Equal(Block("text"), output.ToString().TrimEnd().Split(Environment.NewLine));
    }

    /// <summary>The lines of the page's first block of a language.</summary>
    private static string[] Block(string language)
    {
        string[] page = File.ReadAllLines(Path.Combine(s_root, "docs", "library.md"));
        int fence = Array.IndexOf(page, "```" + language);
        return page[(fence + 1)..Array.IndexOf(page, "```", fence + 1)];
    }
}
