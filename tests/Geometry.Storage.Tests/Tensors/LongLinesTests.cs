using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tensors.Tables;
using Xunit;

namespace Geometry.Storage.Tests.Tensors;

public sealed class LongLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "1,2\n3,4\n",
        "5,",
        "line 3 has more than 16 MiB; expected a row of a matrix of numbers; save so large an array as npy or npz"
    )]
    [InlineData(
        "a,\"b\"\r\n\"",
        "1,2\n",
        "line 2 has more than 16 MiB, a quote that is not closed; expected a row of a matrix of numbers; save so large an array as "
            + "npy or npz"
    )]
    public void AFileThatIsOneLineIsRefused(string start, string repeated, string message)
    {
        string path = Write(start, repeated, (LongLines.Most / repeated.Length) + 1);
        Assert.EndsWith(
            message,
            Assert.Throws<InputException>(() => SweepFile.Open(path, new SweepFileOptions())).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InputException>(() => MatrixFile.Read(path));
    }

    [Theory]
    [InlineData("1,2\n")]
    [InlineData("1,2\r")]
    [InlineData("\"1\",\"2\"\r\n")]
    public void ALongFileIsNot(string line) => LongLines.Refuse(Write("", line, (LongLines.Most / line.Length) + 10), "a row");

    [Fact]
    public void ATableOfParametersThatIsOneLineIsRefused() =>
        Assert.Equal(
            "line 1 has more than 16 MiB; expected a row with source, instance and parameters",
            Assert.Throws<InputException>(() => ParameterTable.Read(Write("source,instance", ",a", (LongLines.Most / 2) + 1))).Message
        );

    private string Write(string start, string repeated, int times)
    {
        string path = Path.Combine(_folder.Path, "matrix.csv");
        using FileStream file = File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(start));
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, 1 << 16)));
        for (int left = times * repeated.Length; left > 0; left -= block.Length)
            file.Write(block.AsSpan(0, Math.Min(left, block.Length)));
        return path;
    }
}
