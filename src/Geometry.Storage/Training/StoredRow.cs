using System.Buffers.Binary;
using Geometry.Storage.Results;
using SQLitePCL;

namespace Geometry.Storage.Training;

/// <summary>Goes through the rows of <see cref="StoredRows"/>, run by run. Several may do so at once, on a thread each.</summary>
/// <param name="rows">The rows.</param>
internal sealed unsafe class StoredRow(StoredRows rows) : ICells
{
    private readonly nint[] _cells = new nint[rows.Columns];
    private nint _next;
    private nint _end;

    /// <summary>Goes before the first row of a run.</summary>
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

    /// <summary>Binds all cells of the row; texts stay in place.</summary>
    /// <param name="insert">A started row.</param>
    /// <param name="first">Where its first cell goes.</param>
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
