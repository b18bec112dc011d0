using Geometry.Measures;
using Geometry.Storage.Results;
using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Measures;

/// <summary>The table of one measure in the <c>results.sqlite</c> of a labelled folder, and its CSV file.</summary>
/// <remarks>
/// <para>
/// Rows are collected in a second table, <c>NAME_pending</c>, in transactions of their own. When all are there, it replaces the earlier
/// table in one transaction (<see cref="Publish"/>), so whoever opens the database finds the old table or the new. After an interruption
/// the second table is still there and can be continued.
/// </para>
/// <para>
/// Table <c>measured</c> has, per input, up to which instance it was measured, and a text that changes with its content, its labels and
/// this build; <c>measure_failures</c> has what could not be measured. Both have separate rows for pending tables. All tables are made on
/// first use. Not for use from several threads.
/// </para>
/// </remarks>
public sealed class MeasureStore : IDisposable
{
    private const string Bookkeeping = """
        CREATE TABLE IF NOT EXISTS measured(
          pending INTEGER NOT NULL, measure TEXT NOT NULL, source TEXT NOT NULL, fingerprint TEXT NOT NULL, upto INTEGER NOT NULL,
          PRIMARY KEY(pending, measure, source)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS measure_failures(
          pending INTEGER NOT NULL, measure TEXT NOT NULL, source TEXT NOT NULL, instance INTEGER, message TEXT NOT NULL);
        """;

    private const double MostExact = 1L << 53;
    private readonly ResultsReader _results;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _upTo = new(StringComparer.Ordinal);
    private SqliteStatement? _insert,
        _advance,
        _failure;

    private MeasureStore(ResultsReader results, IMeasure measure)
    {
        _results = results;
        _connection = results.Database.Connection;
        Measure = measure;
    }

    /// <summary>The measure.</summary>
    public IMeasure Measure { get; }

    /// <summary>Columns of the table and of the CSV file.</summary>
    public IReadOnlyList<string> Columns => ["source", "instance", .. Measure.Columns];

    private string QuotedColumns => string.Join(',', Columns.Select(ResultsSchema.Quote));

    private string Table => ResultsSchema.Quote(Measure.Name);

    private string Pending => ResultsSchema.Quote(Measure.Name + "_pending");

    /// <summary>Starts a pending table: with the rows of an earlier one whose inputs did not change, or empty.</summary>
    /// <param name="results">The labelled folder.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="resume">Whether to keep earlier rows.</param>
    /// <exception cref="ResultsException">The database cannot be written.</exception>
    public static MeasureStore Begin(ResultsReader results, IMeasure measure, bool resume)
    {
        ArgumentNullException.ThrowIfNull(results);
        var store = new MeasureStore(results, measure);
        store.Guarded(() =>
        {
            store.Execute("BEGIN IMMEDIATE; " + Bookkeeping);
            if (!resume || !store.IsOfTheseColumns(measure.Name + "_pending"))
            {
                store.Start();
                if (resume && store.IsOfTheseColumns(measure.Name))
                    store.Copy();
            }
            store.DropWhatChanged();
            store.Execute("COMMIT");
            string values = string.Concat(Enumerable.Repeat(",?", store.Columns.Count))[1..];
            store._insert = new SqliteStatement(store._connection, $"INSERT INTO {store.Pending}({store.QuotedColumns}) VALUES({values})");
            store._advance = new SqliteStatement(
                store._connection,
                "INSERT OR REPLACE INTO measured(pending, measure, source, fingerprint, upto) "
                    + "VALUES(1, $measure, $source, $fingerprint, $upto)"
            );
            store._failure = new SqliteStatement(
                store._connection,
                "INSERT INTO measure_failures(pending, measure, source, instance, message) "
                    + "VALUES(1, $measure, $source, $instance, $message)"
            );
        });
        return store;
    }

    /// <summary>Whether this run has been measured; it may have no rows.</summary>
    public bool Has(StoredRun run) => run.Instance < _upTo.GetValueOrDefault(_results.Inputs[run.Input].Source);

    /// <summary>The failures among the rows that were kept, by input and instance.</summary>
    public IReadOnlyList<InputFailure> Failures()
    {
        using var rows = new SqliteStatement(
            _connection,
            "SELECT source, instance, message FROM measure_failures WHERE pending = 1 AND measure = ? ORDER BY instance, rowid"
        );
        rows.Bind(0, Measure.Name);
        var failures = new List<InputFailure>();
        while (rows.Read())
            failures.Add(new InputFailure(rows.Text(0), rows.IsNull(1) ? null : (int)rows.Integer(1), rows.Text(2)));
        Dictionary<string, int> order = _results
            .Inputs.Select((input, i) => (input.Source, i))
            .ToDictionary(p => p.Source, p => p.i, StringComparer.Ordinal);
        return [.. failures.OrderBy(f => order.GetValueOrDefault(f.Source))];
    }

    /// <summary>Opens a transaction, which <see cref="Commit"/> ends. One call serves all measures of a folder.</summary>
    public void BeginTransaction() => Execute("BEGIN IMMEDIATE");

    /// <summary>Makes everything since <see cref="BeginTransaction"/> durable.</summary>
    public void Commit() => Execute("COMMIT");

    /// <summary>Adds the rows of a run; runs come by input and ascending instance.</summary>
    public void Add(StoredRun run, IReadOnlyList<MeasureCell[]> rows)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(rows);
        InputRecord input = _results.Inputs[run.Input];
        foreach (MeasureCell[] row in rows)
        {
            if (row.Length != Measure.Columns.Count)
                throw new InvalidOperationException($"{Measure.Name} has {Measure.Columns.Count} columns, and a row of {row.Length} cells");
            _insert!.Bind(0, input.Source).Bind(1, run.Instance);
            for (int i = 0; i < row.Length; i++)
            {
                // The columns have no type: digits of a text stay text, and whole numbers are stored as integers.
                if (row[i].Text is { } text)
                    _insert.Bind(i + 2, text);
                else if (Math.Abs(row[i].Number) < MostExact && Math.Floor(row[i].Number) == row[i].Number)
                    _insert.Bind(i + 2, (long)row[i].Number);
                else
                    _insert.Bind(i + 2, row[i].Number);
            }
            _insert.Execute();
        }
        _advance!
            .Bind(_advance.At("$measure"), Measure.Name)
            .Bind(_advance.At("$source"), input.Source)
            .Bind(_advance.At("$fingerprint"), Fingerprint(input))
            .Bind(_advance.At("$upto"), run.Instance + 1)
            .Execute();
    }

    /// <summary>Stores that something could not be measured.</summary>
    public void Add(InputFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _failure!.Bind(_failure.At("$measure"), Measure.Name).Bind(_failure.At("$source"), failure.Source);
        if (failure.Instance is { } instance)
            _failure.Bind(_failure.At("$instance"), instance);
        else
            _failure.BindNull(_failure.At("$instance"));
        _failure.Bind(_failure.At("$message"), failure.Message).Execute();
    }

    /// <summary>Replaces the earlier table by the pending one, and writes the CSV file from it.</summary>
    /// <returns>Number of rows, and of runs that have rows.</returns>
    /// <exception cref="ResultsException">The file or the database cannot be written.</exception>
    public (long Rows, long Runs) Publish()
    {
        Guarded(() =>
        {
            DisposeStatements();
            Execute(
                $"""
                BEGIN IMMEDIATE;
                DROP TABLE IF EXISTS {Table};
                ALTER TABLE {Pending} RENAME TO {Table};
                CREATE INDEX {ResultsSchema.Quote(Measure.Name + "_by_run")} ON {Table}(source, instance);
                DELETE FROM measured WHERE pending = 0 AND measure = '{Measure.Name}';
                UPDATE measured SET pending = 0 WHERE measure = '{Measure.Name}';
                DELETE FROM measure_failures WHERE pending = 0 AND measure = '{Measure.Name}';
                UPDATE measure_failures SET pending = 0 WHERE measure = '{Measure.Name}';
                COMMIT
                """
            );
        });
        long rows = 0,
            runs = 0;
        CsvFile.Write(Path.Combine(_results.Folder, Measure.Name + ".csv"), Columns, csv => (rows, runs) = WriteRows(csv));
        return (rows, runs);
    }

    /// <summary>Leaves the pending table as it is; what was not committed is lost.</summary>
    public void Dispose() => DisposeStatements();

    private void Start()
    {
        Execute(
            $"DROP TABLE IF EXISTS {Pending}; DELETE FROM measured WHERE pending = 1 AND measure = '{Measure.Name}'; DELETE FROM "
                + $"measure_failures WHERE pending = 1 AND measure = '{Measure.Name}'"
        );
        Execute(
            $"CREATE TABLE {Pending}(source TEXT NOT NULL, instance INTEGER NOT "
                + $"NULL{string.Concat(Measure.Columns.Select(c => $", {ResultsSchema.Quote(c)}"))})"
        );
    }

    private void Copy() =>
        Execute(
            $"""
            INSERT INTO {Pending}({QuotedColumns}) SELECT {string.Join(',', Columns.Select(c => "t." + ResultsSchema.Quote(c)))}
            FROM {Table} AS t ORDER BY t.rowid;
            INSERT INTO measured(pending, measure, source, fingerprint, upto) SELECT 1, measure, source, fingerprint, upto FROM measured
            WHERE pending = 0 AND measure = '{Measure.Name}';
            INSERT INTO measure_failures(pending, measure, source, instance, message)
            SELECT 1, measure, source, instance, message FROM measure_failures
            WHERE pending = 0 AND measure = '{Measure.Name}' ORDER BY rowid
            """
        );

    /// <summary>
    /// Deletes from the pending table the inputs that are gone or changed, and failures of whole inputs, which are tried again.
    /// </summary>
    private void DropWhatChanged()
    {
        Dictionary<string, string> now = _results.Inputs.ToDictionary(i => i.Source, Fingerprint, StringComparer.Ordinal);
        var dropped = new List<string>();
        using (
            var rows = new SqliteStatement(_connection, "SELECT source, fingerprint, upto FROM measured WHERE pending = 1 AND measure = ?")
        )
        {
            rows.Bind(0, Measure.Name);
            while (rows.Read())
            {
                if (now.GetValueOrDefault(rows.Text(0)) == rows.Text(1))
                    _upTo.Add(rows.Text(0), (int)rows.Integer(2));
                else
                    dropped.Add(rows.Text(0));
            }
        }
        foreach (string source in dropped)
        {
            foreach (
                string delete in (ReadOnlySpan<string>)[$"DELETE FROM {Pending} WHERE source = ?1", Of("measured"), Of("measure_failures")]
            )
            {
                using var statement = new SqliteStatement(_connection, delete);
                statement.Bind(0, source).Execute();
            }
        }
        Execute($"DELETE FROM measure_failures WHERE pending = 1 AND measure = '{Measure.Name}' AND instance IS NULL");

        string Of(string table) => $"DELETE FROM {table} WHERE pending = 1 AND measure = '{Measure.Name}' AND source = ?1";
    }

    private (long Rows, long Runs) WriteRows(Utf8CsvWriter csv)
    {
        long count = 0,
            runs = 0,
            last = -1;
        using var rows = new SqliteStatement(_connection, $"SELECT * FROM {Table} WHERE source = ? ORDER BY instance, rowid");
        foreach (InputRecord input in _results.Inputs)
        {
            rows.Bind(0, input.Source);
            for (last = -1; rows.Read(); count++)
            {
                if (rows.Integer(1) != last)
                    runs++;
                last = rows.Integer(1);
                for (int i = 0; i < rows.Columns; i++)
                {
                    if (rows.Type(i) == SQLitePCL.raw.SQLITE_TEXT)
                        csv.Text(rows.Utf8(i));
                    else
                        csv.Number(rows.Number(i));
                }
                csv.EndRow();
            }
        }
        return (count, runs);
    }

    private bool IsOfTheseColumns(string table) =>
        ResultsSchema.ColumnsOf(_connection, table).SequenceEqual(Columns, StringComparer.Ordinal);

    /// <summary>Everything that the rows of an input depend on.</summary>
    private string Fingerprint(InputRecord input) =>
        FormattableString.Invariant(
            $"{input.Fingerprint};{input.Options};measures={Measure.GetType().Module.ModuleVersionId:N};{Measure.Settings}"
        );

    private void Execute(string sql) => ResultsDatabase.Execute(_connection, sql);

    private void DisposeStatements()
    {
        _insert?.Dispose();
        _advance?.Dispose();
        _failure?.Dispose();
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException e)
        {
            throw ResultsFile.Unusable(_results.Database.Path, e);
        }
    }
}
