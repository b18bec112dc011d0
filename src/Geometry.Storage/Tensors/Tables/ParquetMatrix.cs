using Geometry.Storage.Files;
using Parquet;
using Parquet.Schema;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>
/// Reads a matrix from a Parquet file: each column of numbers is a column of the matrix, as pandas and polars write a frame.
/// </summary>
internal static class ParquetMatrix
{
    private const long LargestRatio = 1000;
    private const long SmallBytes = 64L << 20;

    /// <summary>Reads the matrix; pandas' index columns are left out.</summary>
    /// <exception cref="InputException">The file is damaged, or a column does not have numbers everywhere.</exception>
    public static TensorEntry Read(string path)
    {
        try
        {
            return ReadAsync(path).GetAwaiter().GetResult();
        }
        catch (InputException)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever the library throws at a damaged file becomes one line.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new InputException("the Parquet file cannot be read (damaged?): " + Quoting.Plain(e.Message), e);
        }
    }

    private static async Task<TensorEntry> ReadAsync(string path)
    {
        await using var file = new BoundedStream(File.OpenRead(path));
        file.Begin();
        ParquetCheck.Footer(file);
        await using ParquetReader reader = await ParquetReader.CreateAsync(file).ConfigureAwait(false);
        DataField[] fields = [.. reader.Schema.GetDataFields().Where(f => !f.Name.StartsWith("__index", StringComparison.Ordinal))];
        if (fields.Any(f => f.Name == "source") && fields.Any(f => f.Name == "instance"))
            throw new InputException("it is a table of results (it has columns source and instance), not weights");
        long rows = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            rows += part.RowCount;
        }
        long length = file.Length,
            bytes = checked(8 * rows * fields.Length);
        if (fields.Length == 0 || rows <= 0)
            throw new InputException("the Parquet file holds no numbers");
        if (bytes > Array.MaxLength || (bytes > SmallBytes && bytes / LargestRatio > length))
            throw new InputException(
                $"the Parquet file claims {rows} rows of {fields.Length} columns in {length} bytes; no trained weights shrink like that"
            );
        double[] values = new double[rows * fields.Length];
        long first = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            for (int c = 0; c < fields.Length; c++)
            {
                file.Begin();
                double[] column = await Column(file, part, fields[c]).ConfigureAwait(false);
                for (int r = 0; r < column.Length; r++)
                    values[((first + r) * fields.Length) + c] = column[r];
            }
            first += part.RowCount;
        }
        return TextMatrix.Entry(values, rows, fields.Length);
    }

    private static Task<double[]> Column(Stream file, ParquetRowGroupReader part, DataField field)
    {
        Type type = field.ClrType;
        if (field.IsArray)
            throw Unfit(field, "lists");
        if (type == typeof(double))
            return Numbers<double>(file, part, field, v => v);
        if (type == typeof(float))
            return Numbers<float>(file, part, field, v => v);
        if (type == typeof(int))
            return Numbers<int>(file, part, field, v => v);
        if (type == typeof(long))
            return Numbers<long>(file, part, field, v => v);
        throw Unfit(field, type.Name);
    }

    private static async Task<double[]> Numbers<T>(Stream file, ParquetRowGroupReader part, DataField field, Func<T, double> convert)
        where T : struct
    {
        if (part.GetMetadata(field)?.MetaData is { } pages)
            ParquetCheck.Pages(file, pages);
        int rows = checked((int)part.RowCount);
        if (!field.IsNullable)
        {
            T[] values = new T[rows];
            await part.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            return Array.ConvertAll(values, v => convert(v));
        }
        T?[] cells = new T?[rows];
        await part.ReadAsync<T>(field, cells.AsMemory()).ConfigureAwait(false);
        return Array.ConvertAll(cells, v => v is { } value ? convert(value) : throw Unfit(field, "numbers with missing ones"));
    }

    private static InputException Unfit(DataField field, string found) =>
        new(
            $"column {field.Name.Quote()} of the Parquet file holds {found}; expected a matrix: one column of numbers for each of "
                + $"its columns"
        );
}
