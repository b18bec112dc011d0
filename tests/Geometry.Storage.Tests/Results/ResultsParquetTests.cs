using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Geometry.Storage.Tests.Results;

public sealed class ResultsParquetTests : IDisposable
{
    private readonly Tests.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parquet_has_the_rows_and_columns_of_the_csv_with_types()
    {
        IReadOnlyList<InputFile> inputs = InputDiscovery.Expand([
            Fixtures.Tensors("people/grid5.npz"),
            Fixtures.Tensors("people/sweep.h5"),
        ]);
        using OutputFolder folder = OutputFolder.Open(Path.Combine(_folder.Path, "out"));
        LabelJob.Run(inputs, folder, new LabelJobOptions { Threads = 1 }, CancellationToken.None);
        folder.PublishParquet();
        string[][] csv = [.. File.ReadAllLines(folder.Labels).Select(l => l.Split(','))];
        await using ParquetReader reader = await ParquetReader.CreateAsync(Path.Combine(folder.Path, "labels.parquet"));
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(csv[0], fields.Select(f => f.Name));
        Assert.Equal((typeof(long), typeof(double)), (fields[1].ClrType, fields[10].ClrType));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(12, group.RowCount);
        string?[] labels = new string?[12];
        await group.ReadAsync(fields[12], labels.AsMemory());
        Assert.Equal(csv.Skip(1).Select(r => r[12]), labels);
        double?[] axis = new double?[12];
        int column = Array.IndexOf(csv[0], "axis1");
        if (fields[column].ClrType == typeof(double))
        {
            await group.ReadAsync<double>(fields[column], axis.AsMemory());
        }
        else
        {
            long?[] whole = new long?[12];
            await group.ReadAsync<long>(fields[column], whole.AsMemory());
            axis = Array.ConvertAll(whole, v => (double?)v);
        }
        Assert.Equal([0, 0, 0, 1, 1, 1, null, null, null, null, null, null], axis);
    }
}
