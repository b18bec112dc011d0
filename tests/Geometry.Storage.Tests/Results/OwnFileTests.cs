using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class OwnFileTests
{
    private static readonly LabelJobOptions s_options = new() { Labeller = HandMadeLabels.Of, Threads = 2 };

    [Theory]
    [InlineData("labels.csv")]
    [InlineData("summands.csv")]
    public void AStrangersTableIsNamedAndStaysAsItIs(string name)
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = LabelJobTests.Sweeps(folder, ("a.npz", 1, 4));
        File.WriteAllText(folder[name], "name,colour\ncat,black\n");
        ResultsException error = Assert.Throws<ResultsException>(() => LabelJobTests.Run(inputs, folder.Path, s_options));
        Assert.StartsWith($"{folder[name]}: is in the way: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("name,colour\ncat,black\n", File.ReadAllText(folder[name]));
        Assert.Equal(["a.npz", name], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void OurOwnTablesAreReplacedWithAndWithoutTheirDatabase()
    {
        using var folder = new TemporaryFolder();
        InputFile[] inputs = LabelJobTests.Sweeps(folder, ("a.npz", 1, 4));
        LabelJobTests.Run(inputs, folder.Path, s_options);
        LabelJobTests.Run(inputs, folder.Path, s_options);
        File.Delete(folder["results.sqlite"]);
        Assert.Equal(4, LabelJobTests.Run(inputs, folder.Path, s_options).Runs);
    }
}
