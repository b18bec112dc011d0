using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Geometry.Storage.Results;
using SQLitePCL;

namespace Geometry.Storage.Training;

/// <summary>Rows of one table in memory, by run, to be read in another order than they were added.</summary>
/// <remarks>
/// Cells lie one behind the other, each with a byte of kind before it: nothing (NULL) · one byte (small integer) · eight bytes (integer,
/// double) · a length and UTF-8 (text). The rows of a run are added together, so a run is a range of bytes. Once all rows are there, <see
/// cref="StoredRow"/>s read them. The memory is unmanaged: it grows without garbage and does not move, so that SQLite can read texts in
/// place.
/// </remarks>
/// <param name="columns">Cells per row.</param>
internal sealed unsafe class StoredRows(int columns) : IDisposable
{
    internal const byte Null = 0,
        Byte = 1,
        Integer = 2,
        Number = 3,
        Text = 4;
    private long[] _start = [];
    private long[] _end = [];
    private byte* _bytes;
    private long _room;
    private long _used;

    /// <summary>Cells per row.</summary>
    public int Columns => columns;

    /// <summary>Number of rows of all runs.</summary>
    public long Count { get; private set; }

    /// <summary>Removes all rows and keeps the memory.</summary>
    /// <param name="runs">Largest number of runs that get rows now.</param>
    public void Clear(int runs)
    {
        if (_end.Length < runs)
            (_start, _end) = (new long[runs], new long[runs]);
        else
            Array.Clear(_end);
        (_used, Count) = (0, 0);
    }

    /// <summary>Adds the current row of a statement.</summary>
    /// <param name="run">The run of the row; the rows of a run must follow each other.</param>
    /// <param name="row">The statement.</param>
    /// <param name="first">Index of the statement's column that is the first cell.</param>
    public void Add(int run, SqliteStatement row, int first)
    {
        if (_end[run] == 0)
            _start[run] = _used;
        for (int column = first; column < first + columns; column++)
            AddCell(row, column);
        _end[run] = _used;
        Count++;
    }

    /// <summary>The range of bytes with a run's rows; empty for a run without rows.</summary>
    public (nint Start, nint End) Of(int run) => _end[run] == 0 ? default : (Address(_start[run]), Address(_end[run]));

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _room = 0;
    }

    private nint Address(long offset) => (nint)_bytes + (nint)offset;

    private void AddCell(SqliteStatement row, int column)
    {
        int type = row.Type(column);
        if (type == raw.SQLITE_NULL)
        {
            Room(1)[0] = Null;
        }
        else if (type == raw.SQLITE_FLOAT)
        {
            Span<byte> room = Room(9);
            room[0] = Number;
            BinaryPrimitives.WriteDoubleLittleEndian(room[1..], row.Float(column));
        }
        else if (type == raw.SQLITE_INTEGER)
        {
            long value = row.Integer(column);
            bool small = value is >= 0 and <= byte.MaxValue;
            Span<byte> room = Room(small ? 2 : 9);
            room[0] = small ? Byte : Integer;
            if (small)
                room[1] = (byte)value;
            else
                BinaryPrimitives.WriteInt64LittleEndian(room[1..], value);
        }
        else
        {
            ReadOnlySpan<byte> text = row.Utf8(column);
            Span<byte> room = Room(5 + text.Length);
            room[0] = Text;
            BinaryPrimitives.WriteInt32LittleEndian(room[1..], text.Length);
            text.CopyTo(room[5..]);
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_used + bytes > _room)
        {
            _room = Math.Max(_used + bytes, Math.Max(1 << 16, 2 * _room));
            _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)_room);
        }
        var room = new Span<byte>(_bytes + _used, bytes);
        _used += bytes;
        return room;
    }
}

/// <summary>Reads the rows of <see cref="StoredRows"/>, run by run. Several may read at once, each on a thread of its own.</summary>
/// <param name="rows">The rows.</param>
internal sealed unsafe class StoredRow(StoredRows rows) : ICells
{
    private readonly nint[] _cells = new nint[rows.Columns];
    private nint _next;
    private nint _end;

    /// <summary>Goes to the position before the first row of a run.</summary>
    public void Start(int run) => (_next, _end) = rows.Of(run);

    /// <summary>Goes to the run's next row; false after the last.</summary>
    public bool Next()
    {
        if (_next >= _end)
            return false;
        nint at = _next;
        for (int column = 0; column < _cells.Length; column++)
        {
            _cells[column] = at;
            at += *(byte*)at switch
            {
                StoredRows.Null => 1,
                StoredRows.Byte => 2,
                StoredRows.Text => 5 + Length(at),
                _ => 9,
            };
        }
        _next = at;
        return true;
    }

    /// <inheritdoc/>
    public int Type(int column) =>
        Kind(column) switch
        {
            StoredRows.Null => raw.SQLITE_NULL,
            StoredRows.Number => raw.SQLITE_FLOAT,
            StoredRows.Text => raw.SQLITE_TEXT,
            _ => raw.SQLITE_INTEGER,
        };

    /// <inheritdoc/>
    public long Integer(int column) =>
        Kind(column) == StoredRows.Byte
            ? *(byte*)(_cells[column] + 1)
            : BinaryPrimitives.ReadInt64LittleEndian(Payload(column, sizeof(long)));

    /// <inheritdoc/>
    public double Float(int column) => BinaryPrimitives.ReadDoubleLittleEndian(Payload(column, sizeof(double)));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Utf8(int column) => new((byte*)(_cells[column] + 5), Length(_cells[column]));

    /// <summary>Binds all cells of the row; SQLite reads texts where they are.</summary>
    /// <param name="insert">A started row.</param>
    /// <param name="first">Index of the parameter for the first cell.</param>
    public void Bind(BlockInsert insert, int first)
    {
        for (int column = 0; column < _cells.Length; column++)
        {
            switch (Kind(column))
            {
                case StoredRows.Null:
                    insert.BindNull(first + column);
                    break;
                case StoredRows.Number:
                    insert.Bind(first + column, Float(column));
                    break;
                case StoredRows.Text:
                    insert.BindInPlace(first + column, Utf8(column));
                    break;
                default:
                    insert.Bind(first + column, Integer(column));
                    break;
            }
        }
    }

    private static int Length(nint cell) => BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>((byte*)(cell + 1), sizeof(int)));

    private byte Kind(int column) => *(byte*)_cells[column];

    private ReadOnlySpan<byte> Payload(int column, int bytes) => new((byte*)(_cells[column] + 1), bytes);
}

/// <summary>
/// Memory for windows of rows: sets of <see cref="StoredRows"/>, one per table, which are taken, filled, read and given back.
/// </summary>
/// <param name="tables">The tables.</param>
internal sealed class RowsPool(IReadOnlyList<LabelTable> tables) : IDisposable
{
    private readonly ConcurrentBag<StoredRows[]> _spare = [];
    private readonly ConcurrentBag<StoredRows[]> _all = [];

    /// <summary>A set without rows.</summary>
    /// <param name="runs">Largest number of runs that get rows.</param>
    public StoredRows[] Take(int runs)
    {
        if (!_spare.TryTake(out StoredRows[]? rows))
        {
            rows = [.. tables.Select(t => new StoredRows(t.Columns.Count))];
            _all.Add(rows);
        }
        foreach (StoredRows table in rows)
            table.Clear(runs);
        return rows;
    }

    /// <summary>Gives a set back, which nobody uses any more.</summary>
    public void Give(StoredRows[] rows) => _spare.Add(rows);

    /// <summary>Frees all sets, whether given back or not.</summary>
    public void Dispose()
    {
        foreach (StoredRows table in _all.SelectMany(r => r))
            table.Dispose();
    }
}
