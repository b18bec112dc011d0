using Geometry.Cli.Output;
using Geometry.Cli.Tests.Cluster;
using Geometry.Tests.Shared;
using Xunit;

namespace Geometry.Cli.Tests.Robustness;

/// <summary>Standard output and error that cannot be written, in a separate process.</summary>
public sealed class UnwritableStreamsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geometry-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AWriterThatIsRefusedKeepsTheReasonAndGoesOn()
    {
        using var stream = new RefusingStream();
        using var writer = new BestEffortWriter(stream);
        writer.WriteLine("one");
        writer.Write('x');
        Assert.Equal("no room", writer.Refusal);
        Assert.Equal(1, stream.Asked);
    }

    [UnixTheory("sh", "/dev/full")]
    [InlineData("2>/dev/full", 1)]
    [InlineData("2>&-", 1)]
    [InlineData(">/dev/full", 1)]
    [InlineData(">&-", 1)]
    [InlineData(">&- 2>&-", 1)]
    [InlineData("| head -c 1 >/dev/null", 0)]
    public void ResultsAreStoredWhereMessagesCannotBeWritten(string redirection, int status)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "geometry.dll"),
            at = Path.Combine(_folder, "sums.npz"),
            missing = Path.Combine(_folder, "missing.npz");
        var environment = new Dictionary<string, string>();
        Assert.Equal(0, Shell.Run(_folder, environment, "dotnet", program, "synth", "pentagon", "--out", at).Status);
        CommandRun run = Shell.Run(
            _folder,
            environment,
            "sh",
            "-c",
            $"dotnet '{program}' label '{at}' '{missing}' --out out {redirection}"
        );
        Assert.Equal(status, run.Status);
        Assert.DoesNotContain("unexpected", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(_folder, "out", "labels.csv")).Length);
    }

    private sealed class RefusingStream : MemoryStream
    {
        public int Asked { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Refuse();

        public override void Write(ReadOnlySpan<byte> buffer) => Refuse();

        private void Refuse()
        {
            Asked++;
            throw new IOException("no room");
        }
    }
}
