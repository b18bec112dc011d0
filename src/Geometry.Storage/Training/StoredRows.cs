using System.Buffers.Binary;
using Geometry.Storage.Results;
using SQLitePCL;

namespace Geometry.Storage.Training;

/// <summary>Rows of one table that belong to some runs, in memory, to be inserted in another order than they were read in.</summary>
/// <remarks>
/// Cells follow each other, a byte of kind before each: nothing (NULL) · one byte (small integer) · eight bytes (integer, double) · a length and UTF-8 (text).
/// The rows of one run are read in one go, so a run is a range of bytes. All rows are added before the first is inserted, each once. Nothing is allocated per row.
/// </remarks>
/// <param name="columns">Cells a row.</param>
internal sealed class StoredRows(int columns)
{
    private const byte Null = 0, Byte = 1, Integer = 2, Number = 3, Text = 4;
    private int[] _start = [];
    private int[] _end = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _used;
    private long _left;

    /// <summary>Forgets all rows and keeps the memory.</summary>
    /// <param name="runs">Number of runs that may get rows now.</param>
    public void Clear(int runs)
    {
        if (_end.Length < runs) (_start, _end) = (new int[runs], new int[runs]);
        else Array.Clear(_end);
        (_used, _left) = (0, 0);
    }

    /// <summary>Adds the row that a statement stands at.</summary>
    /// <param name="run">The run that it belongs to; all its rows follow each other.</param>
    /// <param name="row">The statement.</param>
    /// <param name="first">Its column that is the row's first cell.</param>
    public void Add(int run, SqliteStatement row, int first)
    {
        if (_end[run] == 0) _start[run] = _used;
        for (int column = first; column < first + columns; column++) AddCell(row, column);
        _end[run] = _used;
        _left++;
    }

    /// <summary>Inserts a run's rows, whose first two columns are its source and instance.</summary>
    /// <param name="run">The run.</param>
    /// <param name="insert">Inserts into the table; every row that was added is inserted, run by run, before anything else is.</param>
    /// <param name="source">The source, UTF-8.</param>
    /// <param name="instance">The instance.</param>
    public void Insert(int run, BlockInsert insert, ReadOnlySpan<byte> source, int instance)
    {
        int at = _start[run];
        while (at < _end[run])
        {
            insert.StartRow(_left--);
            insert.Bind(0, source).Bind(1, instance);
            for (int column = 0; column < columns; column++) at = BindCell(at, insert, 2 + column);
            insert.EndRow();
        }
    }

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
            if (small) room[1] = (byte)value;
            else BinaryPrimitives.WriteInt64LittleEndian(room[1..], value);
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

    private int BindCell(int at, BlockInsert insert, int column)
    {
        ReadOnlySpan<byte> cell = _bytes.AsSpan(at);
        switch (cell[0])
        {
            case Null:
                insert.BindNull(column);
                return at + 1;
            case Byte:
                insert.Bind(column, (long)cell[1]);
                return at + 2;
            case Integer:
                insert.Bind(column, BinaryPrimitives.ReadInt64LittleEndian(cell[1..]));
                return at + 9;
            case Number:
                insert.Bind(column, BinaryPrimitives.ReadDoubleLittleEndian(cell[1..]));
                return at + 9;
            default:
                int length = BinaryPrimitives.ReadInt32LittleEndian(cell[1..]);
                insert.Bind(column, cell.Slice(5, length));
                return at + 5 + length;
        }
    }

    private Span<byte> Room(int bytes)
    {
        if (_used > _bytes.Length - bytes) Array.Resize(ref _bytes, checked((int)Math.Max(_used + (long)bytes, Math.Min(2L * _bytes.Length, Array.MaxLength))));
        Span<byte> room = _bytes.AsSpan(_used, bytes);
        _used += bytes;
        return room;
    }
}
