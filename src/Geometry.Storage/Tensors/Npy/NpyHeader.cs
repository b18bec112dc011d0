using System.Buffers.Binary;
using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Npy;

/// <summary>The header of an npy array, format versions 1.0 to 3.0 (NumPy documentation, numpy.lib.format).</summary>
/// <param name="Type">Element type.</param>
/// <param name="TypeName">Its name for messages.</param>
/// <param name="BigEndian">Byte order.</param>
/// <param name="Fortran">Whether the first axis is the contiguous one.</param>
/// <param name="Shape">Axes.</param>
/// <param name="Count">∏ shape.</param>
/// <param name="Length">Bytes from the magic to the first element.</param>
internal sealed record NpyHeader(ElementType Type, string TypeName, bool BigEndian, bool Fortran, long[] Shape, long Count, int Length)
{
    /// <summary>Most bytes of header that are read; NumPy's own arrays need about a hundred.</summary>
    public const int MaxLength = 64 << 10;

    /// <summary>The first bytes of every npy array.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Parses a header.</summary>
    /// <param name="bytes">The array's first bytes, at least the header or <see cref="MaxLength"/> of them.</param>
    /// <param name="available">Bytes of the array including the header: the payload must fill them exactly.</param>
    /// <param name="what">The array's name for messages.</param>
    /// <exception cref="InputException">The header is damaged, or does not agree with <paramref name="available"/>.</exception>
    public static NpyHeader Parse(ReadOnlySpan<byte> bytes, long available, string what)
    {
        if (bytes.Length < 12 || !bytes.StartsWith(Magic))
            throw new InputException($"{what} has no npy header (truncated?)");
        int version = bytes[6];
        if (version is < 1 or > 3)
            throw new InputException($"{what} is npy version {version}; expected 1, 2 or 3");
        int start = version == 1 ? 10 : 12;
        long length =
            version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > bytes.Length - start)
            throw new InputException(
                $"{what} claims an npy header of {length} bytes; expected at most {Math.Min(available, MaxLength) - start}"
            );
        ReadOnlySpan<byte> text = bytes.Slice(start, (int)length);
        NpyHeaderText fields = NpyHeaderText.Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), what);
        (ElementType type, bool bigEndian) = ReadType(fields.Descr);
        string name =
            type != ElementType.Unsupported ? type.DisplayName()
            : fields.Descr.EndsWith('O') ? "Python objects (never loaded)"
            : Quoting.Plain(fields.Descr);
        if (fields.Shape.Length > TensorShape.MaxRank)
            throw new InputException($"{what} has {fields.Shape.Length} axes; expected at most {TensorShape.MaxRank}");
        if (!TensorShape.TryCount(fields.Shape, out long count))
            throw new InputException($"{what} has the impossible shape {TensorShape.Text(fields.Shape)}");
        var header = new NpyHeader(type, name, bigEndian, fields.Fortran, fields.Shape, count, start + (int)length);
        if (type != ElementType.Unsupported)
            header.CheckPayload(available, what);
        return header;
    }

    private void CheckPayload(long available, string what)
    {
        Int128 expected = (Int128)Count * Type.Size();
        long found = available - Length;
        if (expected != found)
            throw new InputException(
                $"{what} has shape {TensorShape.Text(Shape)} of {TypeName}, {expected} bytes, but {found} bytes follow its "
                    + $"header{(found < expected ? " (truncated?)" : "")}"
            );
    }

    private static (ElementType Type, bool BigEndian) ReadType(string descr)
    {
        bool marked = descr.Length > 0 && descr[0] is '<' or '>' or '|' or '=';
        return (ElementTypes.OfNumpy(marked ? descr[1..] : descr), marked && descr[0] == '>');
    }
}
