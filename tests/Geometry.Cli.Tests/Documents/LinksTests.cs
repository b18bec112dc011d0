using System.Text.RegularExpressions;
using Geometry.Cli.Tests.RepositoryRules;
using Xunit;

namespace Geometry.Cli.Tests.Documents;

/// <summary>The targets of links and pictures in the pages exist.</summary>
public sealed partial class LinksTests
{
    [Fact]
    public void EveryLinkLeadsToAFile()
    {
        int links = 0;
        foreach (string path in DocumentPage.All)
        {
            foreach (Match link in Link().Matches(Repository.Read(path)))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal))
                    continue;
                Assert.True(Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, target)), $"{path}: no {target}");
                links++;
            }
        }
        Assert.True(links > 50);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
