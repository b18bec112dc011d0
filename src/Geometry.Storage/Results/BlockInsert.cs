using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Inserts many rows into one table, several per statement.</summary>
/// <remarks>
/// A value is bound to the position of its column in the list given here, so the order of the columns in the table does not matter. Every
/// statement that SQLite starts opens a cursor and searches the tree for the first key; the other rows of the statement, in the order of
/// their keys, are appended there, which halves the time per row. A failing insert rolls the whole transaction back (OR ROLLBACK), so that
/// SQLite need not save changed pages for each statement. Where the <see cref="RowChecksum"/> is computed on the way, each cell of a row
/// may be bound to a value only once.
/// </remarks>
internal sealed class BlockInsert : IDisposable
{
    private const int RowsPerBlock = 4;
    private readonly IReadOnlyList<string> _columns;
    private readonly SqliteStatement _block;
    private readonly SqliteStatement _single;
    private readonly RowChecksum? _checksum;
    private ulong _sum;
    private bool _inBlock;
    private int _row;

    /// <param name="connection">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that get values; others are null.</param>
    /// <param name="checksum">Fills the column of checksums; null where the caller binds it like the others.</param>
    public BlockInsert(SqliteConnection connection, string table, IReadOnlyList<string> columns, RowChecksum? checksum = null)
    {
        (_columns, _checksum) = (columns, checksum);
        string row = $"({string.Join(',', Enumerable.Repeat("?", columns.Count))})",
            sql = $"INSERT OR ROLLBACK INTO {table}({string.Join(',', columns.Select(ResultsSchema.Quote))}) VALUES";
        _single = new SqliteStatement(connection, sql + row);
        _block = new SqliteStatement(connection, sql + string.Join(',', Enumerable.Repeat(row, RowsPerBlock)));
    }

    /// <summary>Starts a row; all its values must be bound, then <see cref="EndRow"/> called.</summary>
    /// <param name="left">Number of rows that will certainly be inserted next, this one included; ≥ 1.</param>
    public void StartRow(long left)
    {
        if (_row == 0)
            _inBlock = left >= RowsPerBlock;
        _sum = 0;
    }

    /// <summary>Ends a row; a started block reaches the database with its last row.</summary>
    public void EndRow()
    {
        if (_checksum is not null)
            Target.Bind(Parameter(_checksum.Place), RowChecksum.Fold(_sum));
        if (_inBlock && ++_row < RowsPerBlock)
            return;
        _row = 0;
        (_inBlock ? _block : _single).Execute();
    }

    public BlockInsert Bind(int column, long value)
    {
        if (_checksum is not null)
            _sum += _checksum.Cell(column, value);
        Target.Bind(Parameter(column), value);
        return this;
    }

    public BlockInsert Bind(int column, double value)
    {
        if (_checksum is not null)
            _sum += _checksum.Cell(column, value);
        Target.Bind(Parameter(column), value);
        return this;
    }

    public BlockInsert Bind(int column, ReadOnlySpan<byte> utf8)
    {
        if (_checksum is not null)
            _sum += _checksum.Cell(column, utf8);
        Target.Bind(Parameter(column), utf8);
        return this;
    }

    /// <summary>Binds a text that SQLite does not copy: it must not move until the rows of the block are inserted.</summary>
    public BlockInsert BindInPlace(int column, ReadOnlySpan<byte> utf8)
    {
        if (_checksum is not null)
            _sum += _checksum.Cell(column, utf8);
        Target.BindInPlace(Parameter(column), utf8);
        return this;
    }

    public BlockInsert BindNull(int column)
    {
        Target.BindNull(Parameter(column));
        return this;
    }

    public void Dispose()
    {
        _single.Dispose();
        _block.Dispose();
    }

    private SqliteStatement Target => _inBlock ? _block : _single;

    private int Parameter(int column) => (_row * _columns.Count) + column;
}
