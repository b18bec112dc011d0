using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public class OutputFolderTests
{
    [Fact]
    public void OneHolderAtATime()
    {
        using var folder = new TemporaryFolder();
        using (OutputFolder.Open(folder["out"]))
        {
            Assert.Contains(
                "another geometry process",
                Assert.Throws<ResultsException>(() => OutputFolder.Open(folder["out"])).Message,
                StringComparison.Ordinal
            );
        }
        using OutputFolder again = OutputFolder.Open(folder["out"]);
        Assert.Equal(folder["out"], again.Path);
    }

    [Fact]
    public void AFileInTheWayIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["out"], "");
        ResultsException error = Assert.Throws<ResultsException>(() => OutputFolder.Open(folder["out"]));
        Assert.Contains("it is a file", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AForeignDatabaseStaysAsItIs(bool resume)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["results.sqlite"], new string('y', 9000));
        using OutputFolder output = OutputFolder.Open(folder.Path);
        Assert.Contains(
            "not a results database",
            Assert.Throws<ResultsException>(() => output.OpenDatabase(resume)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(new string('y', 9000), File.ReadAllText(folder["results.sqlite"]));
    }

    [Fact]
    public void ResumingWithoutADatabaseTakesUpThePrevious()
    {
        using var folder = new TemporaryFolder();
        using OutputFolder output = OutputFolder.Open(folder.Path);
        using (ResultsDatabase database = output.OpenDatabase(resume: false))
        {
            database.Begin(
                new InputRecord
                {
                    Source = "a",
                    Fingerprint = "",
                    Options = "",
                    ParameterNames = [],
                    Instances = 0,
                },
                0
            );
            database.Commit();
        }
        // As a kill between the rename and the first write leaves it.
        File.Move(output.Database, folder["results.previous.sqlite"]);
        using ResultsDatabase resumed = output.OpenDatabase(resume: true);
        Assert.Single(resumed.ReadInputs());
    }

    [Fact]
    public void AnAtomicFileThatFailsLeavesTheOldOne()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["x"], s => s.Write("old"u8));
        Assert.Throws<FormatException>(() => AtomicFile.Write(folder["x"], s =>
            {
                s.Write("half"u8);
                throw new FormatException();
            }));
        Assert.Equal("old", File.ReadAllText(folder["x"]));
        Assert.Equal([folder["x"]], Directory.GetFiles(folder.Path));
    }

    /// <summary>A pipe of the test's own, so that a failing test can replace nothing else.</summary>
    [UnixFact("mkfifo")]
    public async Task AnAtomicFileReplacesFilesOnly()
    {
        using var folder = new TemporaryFolder();
        using (var make = System.Diagnostics.Process.Start("mkfifo", [folder["pipe"]]))
            await make.WaitForExitAsync();
        Assert.Contains(
            "a pipe or a device",
            Assert.Throws<IOException>(() => AtomicFile.Write(folder["pipe"], s => s.Write("new"u8))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal([folder["pipe"]], Directory.GetFiles(folder.Path));
        File.WriteAllText(folder["empty"], "");
        File.CreateSymbolicLink(folder["link"], folder["pipe"]);
        foreach (string name in (string[])["empty", "link"])
        {
            AtomicFile.Write(folder[name], s => s.Write("new"u8));
            Assert.Equal("new", File.ReadAllText(folder[name]));
        }
    }

    [UnixTheory("/proc/self/fd")]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/fd/1")]
    public void ALinkToADeviceIsNotReplaced(string device)
    {
        // /dev/stdout is such a link, and the whole machine's.
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["stdout"], device);
        Assert.Contains(
            "expected a file",
            Assert.Throws<IOException>(() => AtomicFile.Write(folder["stdout"], stream => stream.WriteByte(1))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(device, new FileInfo(folder["stdout"]).LinkTarget);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void ALinkToAFileIsReplacedItself()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["target"], "old");
        File.CreateSymbolicLink(folder["link"], "target");
        AtomicFile.Write(folder["link"], stream => stream.WriteByte((byte)'n'));
        Assert.Equal(("n", "old"), (File.ReadAllText(folder["link"]), File.ReadAllText(folder["target"])));
    }
}
