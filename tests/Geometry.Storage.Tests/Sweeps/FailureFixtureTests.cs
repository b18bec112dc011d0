using System.Security.Cryptography;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public class FailureFixtureTests
{
    private static string Folder => Path.Combine(Fixtures.Root, "fixtures", "failures");

    [Fact]
    public void Every_broken_fixture_is_refused_with_exactly_its_line()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "expected.tsv"));
        string[] broken =
        [
            .. Directory
                .GetFiles(Folder)
                .Select(f => Path.GetFileName(f)!)
                .Where(f => f is not ("README.md" or "expected.tsv" or ".gitattributes"))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(broken, lines.Select(l => l.Split('\t')[0]));
        foreach (string[] parts in lines.Select(l => l.Split('\t')))
            Assert.Equal(parts[1], Assert.Throws<InputException>(() => Read(Path.Combine(Folder, parts[0]))).Message);
    }

    private static void Read(string path)
    {
        using SweepFile file = SweepFile.Open(path, new SweepFileOptions());
        file.ReadConfiguration(0);
    }

    [Theory]
    [InlineData("tensors")]
    [InlineData("tensors/people")]
    [InlineData("failures")]
    [InlineData("sweeps")]
    public void Fixtures_have_the_hashes_that_their_readme_states(string name)
    {
        string folder = Path.Combine(Fixtures.Root, "fixtures", name);
        string[][] rows =
        [
            .. File.ReadAllLines(Path.Combine(folder, "README.md"))
                .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
                .Skip(2)
                .Select(l => l.Split('|', StringSplitOptions.TrimEntries)),
        ];
        Assert.InRange(rows.Length, 8, 100);
        foreach (string[] row in rows)
            Assert.Equal(
                (row[1], row[2]),
                (row[1], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, row[1])))))
            );
    }
}
