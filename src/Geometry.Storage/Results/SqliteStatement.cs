using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>
/// A prepared statement on a connection's handle. Binding and reading go straight to SQLite: no parameter objects, no boxing, and
/// no string per text column, which matters at 10⁵ runs and ten rows a run.
/// </summary>
/// <remarks>Parameters and columns count from 0 here (SQLite's parameters count from 1). NaN is stored as NULL, −0 as 0.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public int Columns => raw.sqlite3_column_count(_statement);

    public SqliteStatement Bind(int parameter, double value)
    {
        // SQLite turns NaN into NULL itself; adding 0 turns −0 into 0, so that no reader depends on the sign of nothing.
        Check(raw.sqlite3_bind_double(_statement, parameter + 1, value + 0.0));
        return this;
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter + 1, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(_statement, parameter + 1) : raw.sqlite3_bind_text(_statement, parameter + 1, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter + 1, utf8));
        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter + 1));
        return this;
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next values.</summary>
    public void Execute()
    {
        int code = raw.sqlite3_step(_statement);
        int reset = raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE && code != raw.SQLITE_ROW) Check(reset == raw.SQLITE_OK ? code : reset);
    }

    /// <summary>Goes to the next row; false, and ready to run again, after the last.</summary>
    public bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        int reset = raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE) Check(reset == raw.SQLITE_OK ? code : reset);
        return false;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public int Type(int column) => raw.sqlite3_column_type(_statement, column);

    public bool IsNull(int column) => Type(column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Number(int column) => IsNull(column) ? double.NaN : raw.sqlite3_column_double(_statement, column);

    /// <summary>The number of a column known to hold one.</summary>
    public double Float(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <summary>The text column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public string ColumnName(int column) => raw.sqlite3_column_name(_statement, column).utf8_to_string();

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
