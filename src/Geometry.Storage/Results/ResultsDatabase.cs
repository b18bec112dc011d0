using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>The file <c>results.sqlite</c>: which inputs were labelled, with what outcome, and how far.</summary>
/// <remarks>
/// Everything written since the last <see cref="Commit"/> is one transaction under SQLite's rollback journal with full synchronisation:
/// after a kill or a power loss the file is valid and lacks at most that transaction. Between transactions others may read. Not for use
/// from several threads. Cost: about 1 µs per row.
/// </remarks>
public sealed class ResultsDatabase : IDisposable
{
    private const char NameSeparator = '\u001f';
    private readonly SqliteConnection _connection;
    private readonly RunInserts _runs;
    private static readonly RowChecksum s_inputChecksum = new(ResultsSchema.InputColumns),
        s_failureChecksum = new(ResultsSchema.FailureColumns);
    private readonly BlockInsert _failure;
    private readonly SqliteStatement _advance;
    private bool _inTransaction;

    private ResultsDatabase(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        _runs = new RunInserts(connection);
        _failure = new BlockInsert(connection, "failures", ResultsSchema.FailureColumns, s_failureChecksum);
        _advance = new SqliteStatement(connection, "UPDATE inputs SET done = ?, complete = ? WHERE source = ?");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    internal SqliteConnection Connection => _connection;

    /// <summary>Opens the database, or makes an empty one where there is no file.</summary>
    /// <exception cref="ResultsException">The file is something else, damaged, of another version, or cannot be opened.</exception>
    public static ResultsDatabase Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path);
            ResultsFileState state = ResultsFile.Inspect(path, connection);
            if (state == ResultsFileState.OtherVersion)
                throw new ResultsException($"{path}: written by another version of geometry; label again without --resume");
            if (state == ResultsFileState.Foreign)
                throw ResultsFile.NotOurs(path);
            if (state == ResultsFileState.Empty)
            {
                Execute(
                    connection,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"BEGIN IMMEDIATE; {ResultsSchema.Create} PRAGMA application_id={ResultsSchema.ApplicationId}; PRAGMA "
                            + $"user_version={ResultsSchema.Version}; COMMIT"
                    )
                );
            }
            return new ResultsDatabase(path, connection);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw ResultsFile.Unusable(path, e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>All inputs, in input order.</summary>
    /// <exception cref="ResultsException">A row is not as it was stored.</exception>
    public IReadOnlyList<InputRecord> ReadInputs()
    {
        using var rows = new SqliteStatement(
            _connection,
            $"SELECT source, fingerprint, options, parameters, instances, done, complete, "
                + $"{string.Join(", ", ResultsSchema.InputColumns)} FROM inputs ORDER BY position, source"
        );
        var records = new List<InputRecord>();
        while (rows.Read())
        {
            if (!s_inputChecksum.Holds(rows, 7))
                throw new ResultsException(
                    $"{Path}: the row of the input {rows.Text(0)} is not as it was stored: the database is damaged; geometry label "
                        + $"with --resume labels it again"
                );
            string names = rows.Text(3);
            records.Add(
                new InputRecord
                {
                    Source = rows.Text(0),
                    Fingerprint = rows.Text(1),
                    Options = rows.Text(2),
                    ParameterNames = names.Length == 0 ? [] : names.Split(NameSeparator),
                    Instances = (int)rows.Integer(4),
                    Done = (int)rows.Integer(5),
                    Complete = rows.Integer(6) != 0,
                }
            );
        }
        return records;
    }

    /// <summary>The sources of all inputs, in input order, without checking their rows.</summary>
    internal IReadOnlyList<string> ReadSources()
    {
        using var rows = new SqliteStatement(_connection, "SELECT source FROM inputs ORDER BY position, source");
        var sources = new List<string>();
        while (rows.Read())
            sources.Add(rows.Text(0));
        return sources;
    }

    /// <summary>Starts an input from nothing: all stored rows of this source are removed.</summary>
    public void Begin(InputRecord input, int position)
    {
        Remove(input.Source);
        string names = string.Join(NameSeparator, input.ParameterNames);
        ulong sum =
            Cell("fingerprint", input.Fingerprint)
            + Cell("options", input.Options)
            + Cell("parameters", names)
            + s_inputChecksum.Cell(ResultsSchema.Place(ResultsSchema.InputColumns, "instances"), input.Instances);
        using var insert = new SqliteStatement(
            _connection,
            "INSERT INTO inputs(source, position, fingerprint, options, parameters, instances, done, complete, checksum) "
                + "VALUES($source, $position, $fingerprint, $options, $parameters, $instances, 0, 0, $checksum)"
        );
        insert
            .Bind(insert.At("$source"), input.Source)
            .Bind(insert.At("$position"), position)
            .Bind(insert.At("$fingerprint"), input.Fingerprint)
            .Bind(insert.At("$options"), input.Options)
            .Bind(insert.At("$parameters"), names)
            .Bind(insert.At("$instances"), input.Instances)
            .Bind(insert.At("$checksum"), RowChecksum.Fold(sum))
            .Execute();

        static ulong Cell(string column, string text) =>
            s_inputChecksum.Cell(ResultsSchema.Place(ResultsSchema.InputColumns, column), Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Keeps an input's rows and sets its position in the input order.</summary>
    public void Place(string source, int position)
    {
        EnsureTransaction();
        using var update = new SqliteStatement(_connection, "UPDATE inputs SET position = ? WHERE source = ?");
        update.Bind(0, position).Bind(1, source).Execute();
    }

    /// <summary>Adds a run of an input that has been begun.</summary>
    public void Add(InputRecord input, RunResult run) => Add(input, [run]);

    /// <summary>Adds runs of an input that has been begun, by ascending instance; faster than one by one.</summary>
    public void Add(InputRecord input, IReadOnlyList<RunResult> runs)
    {
        EnsureTransaction();
        _runs.Add(input.Source, input.Weights, input.ParameterNames, runs);
    }

    /// <summary>Adds a failure of an input that has been begun.</summary>
    public void Add(InputFailure failure)
    {
        EnsureTransaction();
        _failure.StartRow(left: 1);
        _failure.Bind(At("source"), Encoding.UTF8.GetBytes(failure.Source));
        if (failure.Instance is { } instance)
            _failure.Bind(At("instance"), instance);
        else
            _failure.BindNull(At("instance"));
        _failure.Bind(At("message"), Encoding.UTF8.GetBytes(failure.Message)).EndRow();

        static int At(string column) => ResultsSchema.Place(ResultsSchema.FailureColumns, column);
    }

    /// <summary>Stores how many instances of an input are done, and whether these are all.</summary>
    public void Advance(string source, int done, bool complete)
    {
        EnsureTransaction();
        _advance.Bind(0, done).Bind(1, complete ? 1 : 0).Bind(2, source).Execute();
    }

    /// <summary>Removes all rows of an input.</summary>
    public void Remove(string source)
    {
        EnsureTransaction();
        foreach (string table in (ReadOnlySpan<string>)["runs", "summands", "features", "failures", "inputs"])
        {
            using var delete = new SqliteStatement(_connection, $"DELETE FROM {table} WHERE source = ?");
            delete.Bind(0, source).Execute();
        }
    }

    /// <summary>The failures of one input: first those of the whole input, then by instance.</summary>
    public IReadOnlyList<InputFailure> ReadFailures(string source)
    {
        using var rows = new SqliteStatement(
            _connection,
            "SELECT instance, message FROM failures WHERE source = ? ORDER BY instance, rowid"
        );
        rows.Bind(0, source);
        var failures = new List<InputFailure>();
        while (rows.Read())
            failures.Add(new InputFailure(source, rows.IsNull(0) ? null : (int)rows.Integer(0), rows.Text(1)));
        return failures;
    }

    /// <summary>Number of an input's instances that failed.</summary>
    public long CountFailedInstances(string source)
    {
        using var count = new SqliteStatement(_connection, "SELECT count(instance) FROM failures WHERE source = ?");
        return count.Bind(0, source).Read() ? count.Integer(0) : 0;
    }

    /// <summary>Number of failures, of whole inputs and of single instances.</summary>
    public long CountFailures()
    {
        using var count = new SqliteStatement(_connection, "SELECT count(*) FROM failures");
        return count.Read() ? count.Integer(0) : 0;
    }

    /// <summary>Removes the failures of whole inputs; those of single instances stay.</summary>
    public void ForgetInputFailures()
    {
        EnsureTransaction();
        Execute(_connection, "DELETE FROM failures WHERE instance IS NULL");
    }

    /// <summary>Makes everything written so far durable.</summary>
    public void Commit()
    {
        if (!_inTransaction)
            return;
        Execute(_connection, "COMMIT");
        _inTransaction = false;
    }

    /// <summary>Closes the file; what was not committed is lost.</summary>
    public void Dispose()
    {
        _runs.Dispose();
        _failure.Dispose();
        _advance.Dispose();
        _connection.Dispose();
    }

    internal static SqliteConnection Connect(string path)
    {
        NativeSqlite.Prepare();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        // Writing waits up to 30 s for readers that look in; 16 MiB of pages stay in memory (KiB, hence the minus).
        Execute(connection, "PRAGMA busy_timeout=30000; PRAGMA page_size=16384; PRAGMA cache_size=-16384; PRAGMA temp_store=FILE");
        return connection;
    }

    internal static void Execute(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    private void EnsureTransaction()
    {
        if (_inTransaction)
            return;
        Execute(_connection, "BEGIN IMMEDIATE");
        _inTransaction = true;
    }
}
