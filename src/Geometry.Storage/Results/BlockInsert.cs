using Microsoft.Data.Sqlite;

namespace Geometry.Storage.Results;

/// <summary>Inserts many rows into one table, several with one statement.</summary>
/// <remarks>
/// Every statement that SQLite starts opens a cursor and goes down the tree to its key; the further rows of the same statement, in the
/// order of the keys, are appended where the last one went: half the time a row. An insert that fails gives the whole transaction up (OR
/// ROLLBACK): so SQLite need not save the pages that it changes against half a statement. A row may get its <see cref="RowChecksum"/> on
/// the way: then a cell is bound to something that is not empty at most once.
/// </remarks>
internal sealed class BlockInsert : IDisposable
{
    private const int RowsPerBlock = 4;
    private readonly int _columns;
    private readonly SqliteStatement _block;
    private readonly SqliteStatement _single;
    private readonly RowChecksum? _checksum;
    private ulong _sum;
    private bool _inBlock;
    private int _row;

    /// <param name="connection">The database.</param>
    /// <param name="into">The table, and its columns in parentheses where not all are given.</param>
    /// <param name="columns">Number of values a row.</param>
    /// <param name="checksum">Fills the column of checksums; null where the caller binds all values.</param>
    public BlockInsert(SqliteConnection connection, string into, int columns, RowChecksum? checksum = null)
    {
        (_columns, _checksum) = (columns, checksum);
        string row = $"({string.Join(',', Enumerable.Repeat("?", columns))})",
            sql = $"INSERT OR ROLLBACK INTO {into} VALUES";
        _single = new SqliteStatement(connection, sql + row);
        _block = new SqliteStatement(connection, sql + string.Join(',', Enumerable.Repeat(row, RowsPerBlock)));
    }

    /// <summary>Starts a row; all its values must be bound, then <see cref="EndRow"/> called.</summary>
    /// <param name="left">How many rows are sure to come before anything else happens to the database, this one included; ≥ 1.</param>
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

    /// <summary>Binds a text that stays where it is until the rows of the block are inserted.</summary>
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

    private int Parameter(int column) => (_row * _columns) + column;
}
