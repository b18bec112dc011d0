using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Geometry.Storage.Sweeps;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

/// <summary>A million instances of 5×2 pass through in constant memory, in every container and order.</summary>
public sealed class LargeSweepTests : IDisposable
{
    private const int Instances = 1_000_000,
        Entries = 10;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plain.npy", false)]
    [InlineData("fortran.npy", true)]
    public void A_plain_array(string name, bool fortran)
    {
        string path = Path.Combine(_folder.Path, name);
        using (FileStream stream = File.Create(path))
            Write(stream, fortran);
        ReadAll(path, fortran);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public void An_archive(CompressionLevel level)
    {
        string path = Path.Combine(_folder.Path, "w.npz");
        using (FileStream stream = File.Create(path))
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry("W.npy", level).Open())
            Write(entry, fortran: false);
        ReadAll(path, fortran: false);
    }

    private static void ReadAll(string path, bool fortran)
    {
        using SweepFile file = SweepFile.Open(path, new SweepFileOptions());
        Assert.Equal((Instances, 5, 2), (file.Instances, file.Features, file.Hidden));
        file.ReadConfiguration(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < Instances; k++)
        {
            ReadOnlySpan<double> columns = file.ReadConfiguration(k).Columns;
            if (columns[0] != Value(k, 0) || columns[9] != Value(k, 9))
                Assert.Fail($"instance {k} of a {(fortran ? "Fortran" : "C")} array: {columns[0]}, {columns[9]}");
        }
        // The configurations themselves: an array of ten doubles (104 bytes) and the object (32); all else is the reader's buffers.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated - (Instances * (104L + 32)), -1, 4 << 20);
    }

    private static float Value(int instance, int entry) => (instance % 100_003 * 16) + entry;

    private static void Write(Stream stream, bool fortran)
    {
        byte[] header = Encoding.ASCII.GetBytes(
            $"{{'descr': '<f4', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({Instances}, 5, 2), }}\n"
        );
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, 0, .. header]);
        var row = new float[Instances];
        if (!fortran)
            row = new float[Entries];
        for (int outer = 0; outer < (fortran ? Entries : Instances); outer++)
        {
            // Fortran order: feature runs before hidden, so column c of the file holds entry (feature c % 5, hidden c / 5).
            for (int k = 0; k < row.Length; k++)
                row[k] = fortran ? Value(k, (2 * (outer % 5)) + (outer / 5)) : Value(outer, k);
            stream.Write(MemoryMarshal.AsBytes<float>(row));
        }
    }
}
