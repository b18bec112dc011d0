using Geometry.Cli.Tests.Documents;
using Xunit;

namespace Geometry.Cli.Tests.RepositoryRules;

/// <summary>No line is longer than 140 columns: a table or a sentence that needs more is split.</summary>
public sealed class LineLengthTests
{
    private const int MostColumns = 140;

    private static IEnumerable<string> Files =>
        [.. DocumentPage.All, .. Repository.Files("src", ".cs"), .. Repository.Files("tests", ".cs"), .. Repository.Files("tools", ".cs")];

    [Fact]
    public void NoLineIsLongerThan140Columns() =>
        Assert.Empty(
            from file in Files
            from line in Repository.Read(file).Split('\n').Select((text, i) => (text, number: i + 1))
            where Columns(line.text) > MostColumns
            select FormattableString.Invariant($"{file}:{line.number}: {Columns(line.text)} columns")
        );

    [Fact]
    public void ReadmeIsShort() => Assert.InRange(Repository.Read("README.md").TrimEnd().Split('\n').Length, 60, 120);

    [Theory]
    [InlineData("–⊕√", 3)]
    [InlineData("a̅b", 2)]
    [InlineData("tail\r", 4)]
    public void ColumnsAreCharactersAsSeen(string line, int columns) => Assert.Equal(columns, Columns(line));

    /// <summary>Characters as a reader counts them.</summary>
    private static int Columns(string line) => new System.Globalization.StringInfo(line.TrimEnd('\r')).LengthInTextElements;
}
