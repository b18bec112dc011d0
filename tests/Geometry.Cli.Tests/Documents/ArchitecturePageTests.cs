using System.Text.RegularExpressions;
using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Documents;

/// <summary>The files in the walk of docs/architecture.md exist.</summary>
public sealed partial class ArchitecturePageTests
{
    private const string Page = "docs/architecture.md";

    [Fact]
    public void TheWalkLeadsThroughFilesThatAreThere()
    {
        string[] stops =
        [
            .. Section("## The walk")
                .SelectMany(l => Quoted().Matches(l))
                .Select(m => m.Groups[1].Value)
                .Where(s => s.Contains('/', StringComparison.Ordinal) && !s.Contains(' ', StringComparison.Ordinal)),
        ];
        Assert.True(stops.Length >= 12);
        Assert.All(stops, stop =>
            Assert.True(Candidates(stop).Any(c => Path.Exists(Path.Combine(Repository.Root, c))), $"{Page}: nothing is at {stop}")
        );
    }

    /// <summary>The first name is that of a project without its prefix, or a folder of the library.</summary>
    private static IEnumerable<string> Candidates(string stop) =>
        from path in new[] { $"src/Geometry.{stop}", $"src/Geometry/{stop}" }
        from candidate in new[] { path, path + ".cs" }
        select candidate;

    private static IEnumerable<string> Section(string heading) =>
        DocumentPage
            .Read(Page)
            .Lines.SkipWhile(l => !l.StartsWith(heading, StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
