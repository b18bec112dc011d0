using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Geometry.Storage.Results;

/// <summary>
/// A prepared statement on the handle of a connection. Values go directly to and from SQLite, without parameter objects, boxing and a
/// string per text, which matters at 10⁵ runs with ten rows each (docs/packages.md has the figures).
/// </summary>
/// <remarks>
/// Parameters and columns count from 0 here (SQLite's parameters count from 1). NaN is stored as NULL, −0 as 0. A statement and its
/// connection are used by one thread at a time (<see cref="NativeSqlite"/>), and not after they are disposed.
/// </remarks>
internal sealed unsafe class SqliteStatement : ICells, IDisposable
{
    /// <summary>Key of the database's path in the data of an exception.</summary>
    internal const string PathKey = "path";

    private const int StackBytes = 256;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _owner;

    /// <summary>The handle of <see cref="_owner"/>, which keeps it valid: counting uses per call would cost more than most calls.</summary>
    private readonly nint _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _owner));
        _statement = _owner.DangerousGetHandle();
    }

    public int Columns => raw.sqlite3_column_count(_owner);

    /// <summary>The position of a parameter with a name, such as <c>$source</c>.</summary>
    public int At(string parameter) =>
        raw.sqlite3_bind_parameter_index(_owner, parameter) is > 0 and int number
            ? number - 1
            : throw new ArgumentException($"the statement has no parameter {parameter}", nameof(parameter));

    public SqliteStatement Bind(int parameter, double value)
    {
        // SQLite turns NaN into NULL itself; adding 0 turns −0 into 0, so that equal results have equal bytes.
        Check(NativeSqlite.bind_double(_statement, parameter + 1, value + 0.0));
        return this;
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(NativeSqlite.bind_int64(_statement, parameter + 1, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
            return BindNull(parameter);
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[StackBytes];
        Bind(parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        // SQLite takes a null pointer for NULL, and an empty span may have one.
        byte nothing = 0;
        fixed (byte* text = utf8)
            Check(NativeSqlite.bind_text(_statement, parameter + 1, text is null ? &nothing : text, utf8.Length, NativeSqlite.Copy));
        return this;
    }

    /// <summary>Binds a text that SQLite does not copy: it must not move until the statement has run.</summary>
    public SqliteStatement BindInPlace(int parameter, ReadOnlySpan<byte> utf8)
    {
        byte nothing = 0;
        fixed (byte* text = utf8)
            Check(
                NativeSqlite.bind_text(
                    _statement,
                    parameter + 1,
                    text is null ? &nothing : text,
                    utf8.Length,
                    text is null ? NativeSqlite.Copy : NativeSqlite.InPlace
                )
            );
        return this;
    }

    public SqliteStatement BindNull(int parameter)
    {
        Check(NativeSqlite.bind_null(_statement, parameter + 1));
        return this;
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next values.</summary>
    public void Execute()
    {
        int code = NativeSqlite.step(_statement);
        int reset = NativeSqlite.reset(_statement);
        if (code != raw.SQLITE_DONE && code != raw.SQLITE_ROW)
            Check(reset == raw.SQLITE_OK ? code : reset);
    }

    /// <summary>Goes to the next row; after the last one returns false, and the statement can run again.</summary>
    public bool Read()
    {
        int code = NativeSqlite.step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        int reset = NativeSqlite.reset(_statement);
        if (code != raw.SQLITE_DONE)
            Check(reset == raw.SQLITE_OK ? code : reset);
        return false;
    }

    public void Reset() => _ = NativeSqlite.reset(_statement);

    public int Type(int column) => NativeSqlite.column_type(_statement, column);

    public bool IsNull(int column) => Type(column) == raw.SQLITE_NULL;

    public long Integer(int column) => NativeSqlite.column_int64(_statement, column);

    public double Number(int column) => IsNull(column) ? double.NaN : NativeSqlite.column_double(_statement, column);

    /// <summary>The number in a column that is known to have one.</summary>
    public double Float(int column) => NativeSqlite.column_double(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The bytes of a text column, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        byte* text = NativeSqlite.column_text(_statement, column);
        return new ReadOnlySpan<byte>(text, NativeSqlite.column_bytes(_statement, column));
    }

    public string ColumnName(int column) => raw.sqlite3_column_name(_owner, column).utf8_to_string();

    public void Dispose() => _owner.Dispose();

    private void Check(int code)
    {
        if (code == raw.SQLITE_OK)
            return;
        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        catch (SqliteException e)
        {
            e.Data[PathKey] = raw.sqlite3_db_filename(_database, "main").utf8_to_string();
            throw;
        }
    }
}
