using System.Globalization;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Geometry.Storage.Tests.Tensors;

public sealed class ParquetMatrixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Several groups of rows, pages that are packed, dictionaries and differences: what is sound passes the check of the metadata.
    /// </summary>
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Every_way_of_writing_numbers_is_read(CompressionMethod compression)
    {
        using SweepFile file = SweepFile.Open(await Written(compression), new SweepFileOptions { Layout = WeightLayout.FeaturesFirst });
        Assert.Equal((120, 4), (file.Features, file.Hidden));
        double[] first = file.ReadConfiguration(0).Column(7).ToArray();
        Assert.Equal([7 % 3, -7, 0.5f * 7, 7.0 / 8], first);
    }

    /// <summary>A byte in turn is each value that makes a length, a type or a sign another; tools/fuzz changes every byte.</summary>
    [Fact]
    public async Task A_file_with_a_byte_changed_is_read_or_refused_in_a_line()
    {
        foreach (string name in (string[])[Fixtures.Tensors("people/matrix.parquet"), await Written(CompressionMethod.Snappy)])
        {
            byte[] sound = File.ReadAllBytes(name);
            int step = 1 + (sound.Length / 150);
            for (int at = 0; at < sound.Length; at += step)
            {
                foreach (byte value in (byte[])[0x00, 0x01, 0xff, (byte)(sound[at] ^ 0x10)])
                {
                    byte[] damaged = [.. sound];
                    damaged[at] = value;
                    ReadOrRefuse(damaged);
                }
            }
            for (int length = 0; length < sound.Length; length += 4 * step)
                ReadOrRefuse(sound.AsSpan(0, length));
        }
    }

    private void ReadOrRefuse(ReadOnlySpan<byte> bytes)
    {
        string path = _folder.File("damaged.parquet", bytes);
        try
        {
            using SweepFile file = SweepFile.Open(path, new SweepFileOptions { Layout = WeightLayout.FeaturesFirst });
            file.ReadConfiguration(0);
        }
        catch (InputException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private async Task<string> Written(CompressionMethod compression)
    {
        const int Rows = 40,
            Groups = 3;
        DataField<int> whole = new("whole");
        DataField<long> wide = new("wide");
        DataField<float> half = new("half");
        DataField<double?> part = new("part");
        string path = Path.Combine(_folder.Path, string.Create(CultureInfo.InvariantCulture, $"{compression}.parquet"));
        await using Stream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(whole, wide, half, part),
            stream,
            new ParquetOptions { CompressionMethod = compression }
        );
        for (int g = 0; g < Groups; g++)
        {
            int[] at = [.. Enumerable.Range(g * Rows, Rows)];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(whole, Array.ConvertAll(at, i => i % 3));
            await group.WriteAsync<long>(wide, Array.ConvertAll(at, i => -(long)i));
            await group.WriteAsync<float>(half, Array.ConvertAll(at, i => 0.5f * i));
            await group.WriteAsync<double>(part, Array.ConvertAll(at, i => (double?)(i / 8.0)));
        }
        return path;
    }
}
