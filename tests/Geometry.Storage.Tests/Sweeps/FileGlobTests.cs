using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class FileGlobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileGlobTests()
    {
        foreach (string name in (string[])["a1.npz", "a2.npz", "b/a3.npz", "b/c/a4.npz", ".hidden.npz", "notes.txt"])
        {
            string path = Path.Combine(_folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.npz", "a1.npz a2.npz")]
    [InlineData("a?.npz", "a1.npz a2.npz")]
    [InlineData("*/a3.npz", "b/a3.npz")]
    [InlineData("**/a*.npz", "a1.npz a2.npz b/a3.npz b/c/a4.npz")]
    [InlineData(".h*", ".hidden.npz")]
    public void Patterns_are_expanded_as_a_shell_does(string pattern, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', InputDiscovery.Expand([_folder.Path + "/" + pattern]).Select(i => Path.GetRelativePath(_folder.Path, i.Path)))
        );

    [Fact]
    public void A_pattern_that_meets_nothing_is_one_failure() =>
        Assert.Equal("no file or folder matches the pattern", Assert.Single(InputDiscovery.Expand([_folder.Path + "/*.pt"])).Failure);
}
