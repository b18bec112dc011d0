using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Geometry.Storage.Results;
using SQLitePCL;

namespace Geometry.Storage.Training;

/// <summary>Rows of one table that belong to some runs, in memory, to be gone through in another order than they were read in.</summary>
/// <remarks>
/// Cells follow each other, a byte of kind before each: nothing (NULL) · one byte (small integer) · eight bytes (integer, double) · a
/// length and UTF-8 (text). The rows of one run are added in one go, so a run is a range of bytes; they are gone through by
/// <see cref="StoredRow"/>s, once all rows are there. Memory is the system's: it grows without garbage, and stays where it is, so that
/// SQLite can read texts in place.
/// </remarks>
/// <param name="columns">Cells a row.</param>
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

    /// <summary>Cells a row.</summary>
    public int Columns => columns;

    /// <summary>Number of rows of all runs.</summary>
    public long Count { get; private set; }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    /// <param name="runs">Number of runs that may get rows now.</param>
    public void Clear(int runs)
    {
        if (_end.Length < runs)
            (_start, _end) = (new long[runs], new long[runs]);
        else
            Array.Clear(_end);
        (_used, Count) = (0, 0);
    }

    /// <summary>Adds the row that a statement stands at.</summary>
    /// <param name="run">The run that it belongs to; all its rows follow each other.</param>
    /// <param name="row">The statement.</param>
    /// <param name="first">Its column that is the row's first cell.</param>
    public void Add(int run, SqliteStatement row, int first)
    {
        if (_end[run] == 0)
            _start[run] = _used;
        for (int column = first; column < first + columns; column++)
            AddCell(row, column);
        _end[run] = _used;
        Count++;
    }

    /// <summary>Where the bytes of a run's rows are; an empty range for a run without rows.</summary>
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
