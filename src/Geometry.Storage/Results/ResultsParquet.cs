using Geometry.Storage.Sweeps;
using Parquet;
using Parquet.Schema;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>
/// labels.parquet and summands.parquet: the rows and columns of the CSV files with their types, for DuckDB, polars and pandas.
/// </summary>
/// <remarks>
/// The type of a column (int64, double or text) follows from the stored values; a column with numbers and texts is text; empty cells are
/// null. Rows have the order of the CSV files. Memory: one group of 65,536 rows.
/// </remarks>
public static class ResultsParquet
{
    private const int RowsPerGroup = 1 << 16;

    /// <summary>Writes the labels.</summary>
    public static void WriteLabels(ResultsDatabase database, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(database);
        Write(database, stream, "runs", [.. RunColumns.Labels, .. ResultsCsv.FurtherParameters(database.ReadInputs())]);
    }

    /// <summary>Writes the summands.</summary>
    public static void WriteSummands(ResultsDatabase database, Stream stream) =>
        Write(database, stream, "summands", ResultsSchema.SummandColumns);

    private static void Write(ResultsDatabase database, Stream stream, string table, IReadOnlyList<string> columns)
    {
        List<string> stored = ResultsSchema.ColumnsOf(database.Connection, table);
        Column[] all =
        [
            .. columns.Select(name =>
                Column.Of(name, stored.Contains(name, StringComparer.OrdinalIgnoreCase) ? TypeOf(database, table, name) : raw.SQLITE_NULL)
            ),
        ];
        using SqliteStatement rows = ResultsCsv.Select(database, table, columns);
        ParquetWriter writer = ParquetWriter.CreateAsync(new ParquetSchema([.. all.Select(c => c.Field)]), stream).GetAwaiter().GetResult();
        try
        {
            int count = 0;
            foreach (InputRecord input in database.ReadInputs())
            {
                rows.Bind(0, input.Source);
                while (rows.Read())
                {
                    for (int k = 0; k < all.Length; k++)
                        all[k].Add(rows, k);
                    if (++count == RowsPerGroup)
                    {
                        Flush(writer, all);
                        count = 0;
                    }
                }
            }
            if (count > 0)
                Flush(writer, all);
        }
        finally
        {
            writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Flush(ParquetWriter writer, Column[] columns)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach (Column column in columns)
            column.Flush(group).GetAwaiter().GetResult();
    }

    /// <summary>The type that holds every value of a column.</summary>
    private static int TypeOf(ResultsDatabase database, string table, string column)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        using (var found = new SqliteStatement(database.Connection, $"SELECT DISTINCT typeof({ResultsSchema.Quote(column)}) FROM {table}"))
        {
            while (found.Read())
                types.Add(found.Text(0));
        }
        if (types.Contains("text"))
            return raw.SQLITE_TEXT;
        if (types.Contains("real"))
            return raw.SQLITE_FLOAT;
        return types.Contains("integer") ? raw.SQLITE_INTEGER : raw.SQLITE_NULL;
    }

    private abstract class Column(DataField field)
    {
        public DataField Field { get; } = field;

        public static Column Of(string name, int type) =>
            type switch
            {
                raw.SQLITE_TEXT => new Texts(name),
                raw.SQLITE_INTEGER => new Numbers<long>(name, (rows, k) => rows.Integer(k)),
                _ => new Numbers<double>(name, (rows, k) => rows.Float(k)),
            };

        public abstract void Add(SqliteStatement rows, int column);

        public abstract Task Flush(ParquetRowGroupWriter group);
    }

    private sealed class Numbers<T>(string name, Func<SqliteStatement, int, T> read) : Column(new DataField<T?>(name))
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override void Add(SqliteStatement rows, int column) => _values.Add(rows.IsNull(column) ? null : read(rows, column));

        public override async Task Flush(ParquetRowGroupWriter group)
        {
            await group.WriteAsync<T>(Field, _values.ToArray().AsMemory()).ConfigureAwait(false);
            _values.Clear();
        }
    }

    private sealed class Texts(string name) : Column(new DataField<string>(name))
    {
        private readonly List<string?> _values = [];

        public override void Add(SqliteStatement rows, int column) => _values.Add(rows.IsNull(column) ? null : rows.Text(column));

        public override async Task Flush(ParquetRowGroupWriter group)
        {
            await group.WriteAsync(Field, _values!).ConfigureAwait(false);
            _values.Clear();
        }
    }
}
