using System.Buffers.Binary;
using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>The bytes of a pickle, read forward with every length checked against what is left.</summary>
internal ref struct PickleReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _bytes.Length - Position)
            throw new InputException($"its pickle ends at byte {_bytes.Length}, expected {count} more from {Position} (truncated?)");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>One byte.</summary>
    public byte U8() => Take(1)[0];

    /// <summary>Two bytes, unsigned.</summary>
    public int U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Four bytes, signed.</summary>
    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Four bytes, unsigned.</summary>
    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Eight bytes, signed.</summary>
    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>A big-endian double.</summary>
    public double F64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>UTF-8 text.</summary>
    public string Text(long count) => Encoding.UTF8.GetString(Take(count));

    /// <summary>Text up to a newline.</summary>
    public string Line()
    {
        int length = _bytes[Position..].IndexOf((byte)'\n');
        if (length < 0)
            throw new InputException($"its pickle has an unterminated line at byte {Position} (truncated?)");
        string text = Text(length);
        Position++;
        return text;
    }

    /// <summary>A little-endian two's-complement integer as a long; opaque beyond eight bytes.</summary>
    public object Integer(long count)
    {
        ReadOnlySpan<byte> digits = Take(count);
        if (digits.Length > 8)
            return PickleOpaque.Instance;
        long value = digits.Length > 0 && (digits[^1] & 0x80) != 0 ? -1 : 0;
        for (int k = digits.Length - 1; k >= 0; k--)
            value = (value << 8) | digits[k];
        return value;
    }
}
