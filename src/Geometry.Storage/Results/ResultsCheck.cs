using System.Text;
using Geometry.Storage.Sweeps;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Checks a results database before its rows are kept.</summary>
/// <remarks>
/// SQLite's own check of pages, orders and formats comes first. Then, per input: the checksum of every row; that there are as many runs and
/// failed instances as the input counts; that every run has n features, and summands with all learned features. One pass over all rows,
/// about 1 µs per row.
/// </remarks>
internal static class ResultsCheck
{
    private static readonly (string Name, IReadOnlyList<string> Columns)[] s_tables =
    [
        ("runs", [.. RunColumns.Labels, .. RunColumns.Diagnostics]),
        ("summands", [.. ResultsSchema.SummandColumns, .. ResultsSchema.DescriptionColumns]),
        ("features", ResultsSchema.FeatureColumns),
        ("failures", ResultsSchema.FailureColumns),
    ];

    /// <summary>
    /// What is wrong with the file as a whole; null when nothing is, and when the file is no results database of this version.
    /// </summary>
    /// <exception cref="ResultsException">It is no database, or cannot be opened.</exception>
    public static string? Fault(string path)
    {
        try
        {
            using SqliteConnection connection = ResultsDatabase.Connect(path);
            if (ResultsFile.Inspect(path, connection) != ResultsFileState.Ours)
                return null;
            using (var check = new SqliteStatement(connection, "PRAGMA quick_check(1)"))
            {
                if (!check.Read())
                    return "its check gives no answer";
                if (check.Text(0) is not "ok" and string found)
                    return found.ReplaceLineEndings(" ");
            }
            foreach ((string table, IReadOnlyList<string> columns) in s_tables)
            {
                if (!ResultsSchema.ColumnsOf(connection, table).Take(columns.Count).SequenceEqual(columns, StringComparer.Ordinal))
                    return $"its table {table} has other columns";
            }
            return null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_ERROR)
        {
            return ResultsFile.Reason(e);
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(path, e);
        }
    }

    /// <summary>Copies the rows of some inputs from a damaged database into an empty one, in one transaction.</summary>
    /// <param name="target">The empty database.</param>
    /// <param name="damaged">Path of the damaged one, of the same version.</param>
    /// <param name="sources">The inputs, whose rows have passed <see cref="DamagedInputs"/>.</param>
    /// <exception cref="SqliteException">The rows cannot be read.</exception>
    public static void CopyInputs(ResultsDatabase target, string damaged, IEnumerable<string> sources)
    {
        SqliteConnection connection = target.Connection;
        using (var attach = new SqliteStatement(connection, "ATTACH ? AS damaged"))
            attach.Bind(0, damaged).Execute();
        ResultsDatabase.Execute(connection, "BEGIN IMMEDIATE");
        var stored = new List<string>();
        using (var info = new SqliteStatement(connection, "SELECT name FROM pragma_table_info('runs', 'damaged') ORDER BY cid"))
        {
            while (info.Read())
                stored.Add(info.Text(0));
        }
        foreach (string parameter in stored.Skip(s_tables[0].Columns.Count))
            ResultsDatabase.Execute(connection, $"ALTER TABLE main.runs ADD COLUMN {ResultsSchema.Quote(parameter)}");
        foreach (string source in sources)
        {
            foreach (string table in (string[])["inputs", .. s_tables.Select(t => t.Name)])
            {
                List<string> names = ResultsSchema.ColumnsOf(connection, table);
                // Qualified: SQLite takes an unknown name that stands alone in quotation marks for a text.
                string into = string.Join(',', names.Select(ResultsSchema.Quote)),
                    from = string.Join(',', names.Select(c => "t." + ResultsSchema.Quote(c)));
                using var copy = new SqliteStatement(
                    connection,
                    $"INSERT INTO main.{table}({into}) SELECT {from} FROM damaged.{table} AS t WHERE t.source = ?"
                );
                copy.Bind(0, source).Execute();
            }
        }
        ResultsDatabase.Execute(connection, "COMMIT; DETACH damaged");
    }

    /// <summary>The inputs with rows that are missing or differ from what was stored, in input order.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<string> DamagedInputs(ResultsDatabase database, CancellationToken cancellation)
    {
        SqliteConnection connection = database.Connection;
        var inputChecksum = new RowChecksum(ResultsSchema.InputColumns);
        using var inputs = new SqliteStatement(
            connection,
            $"SELECT source, done, complete, {string.Join(", ", ResultsSchema.InputColumns)} FROM inputs ORDER BY position, source"
        );
        using var runs = new Rows(connection, "runs", "instance, n, learned", "instance");
        using var summands = new Rows(connection, "summands", "instance, count", "instance, summand");
        using var features = new Rows(connection, "features", "instance", "instance, feature");
        using var failures = new Rows(connection, "failures", "instance", "instance");
        var damaged = new List<string>();
        while (inputs.Read())
        {
            string source = inputs.Text(0);
            long done = inputs.Integer(1),
                instances = inputs.Integer(6);
            bool complete = inputs.Integer(2) != 0;
            foreach (Rows rows in (ReadOnlySpan<Rows>)[runs, summands, features, failures])
                rows.Start(source);
            if (!inputChecksum.Holds(inputs, 3) || done < 0 || done > instances || (complete && done != instances) || !RowsHold(done))
                damaged.Add(source);
            foreach (Rows rows in (ReadOnlySpan<Rows>)[runs, summands, features, failures])
                rows.Statement.Reset();
        }
        return damaged;

        bool RowsHold(long done)
        {
            long stored = 0;
            bool summand = summands.Next(),
                feature = features.Next();
            while (runs.Next())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!runs.Holds)
                    return false;
                stored++;
                long instance = runs.Statement.Integer(0),
                    n = runs.Statement.Integer(1),
                    learned = runs.Statement.Integer(2);
                if (instance < 0 || instance >= done)
                    return false;
                for (; summand && summands.Statement.Integer(0) == instance; summand = summands.Next())
                {
                    if (!summands.Holds)
                        return false;
                    learned -= summands.Statement.Integer(1);
                }
                for (; feature && features.Statement.Integer(0) == instance; feature = features.Next())
                {
                    if (!features.Holds)
                        return false;
                    n--;
                }
                if (n != 0 || learned != 0)
                    return false;
            }
            while (failures.Next())
            {
                if (!failures.Holds)
                    return false;
                if (!failures.Statement.IsNull(0))
                    stored++;
            }
            return stored == done && !summand && !feature;
        }
    }

    /// <summary>The rows of one table that belong to an input.</summary>
    private sealed class Rows : IDisposable
    {
        private readonly RowChecksum _checksum;
        private readonly int _first;
        private byte[] _source = [];

        public Rows(SqliteConnection connection, string table, string cells, string order)
        {
            _checksum = new RowChecksum(ResultsSchema.ColumnsOf(connection, table));
            _first = cells.Count(c => c == ',') + 1;
            Statement = new SqliteStatement(connection, $"SELECT {cells}, * FROM {table} WHERE source = ? ORDER BY {order}");
        }

        public SqliteStatement Statement { get; }

        /// <summary>
        /// Whether the row is as it was stored. Its source is compared too: in a damaged table SQLite may find a row by the key of another.
        /// </summary>
        public bool Holds => Statement.Utf8(_first).SequenceEqual(_source) && _checksum.Holds(Statement, _first);

        public void Start(string source)
        {
            _source = Encoding.UTF8.GetBytes(source);
            Statement.Bind(0, source);
        }

        public bool Next() => Statement.Read();

        public void Dispose() => Statement.Dispose();
    }
}
