using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>Goes through what Thrift's compact protocol wrote, and holds it against what may stand there.</summary>
/// <remarks>
/// Parquet.Net takes the end of the bytes for one more byte of a number, 0xFF, and reads for ever; it takes a field for what it should be,
/// whatever its type, and loses its way behind unknown structs. So nothing is handed to it but what is a struct of Parquet's definition,
/// ends where the bytes end, and has no list longer than its bytes. Linear in the bytes. Protocol:
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
/// </remarks>
/// <param name="bytes">What was written; more may follow behind the struct.</param>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes)
{
    private const int True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Struct = 12;
    private const int LongestNumber = 10;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes were gone through.</summary>
    public int Position { get; private set; }

    /// <summary>Goes through a struct.</summary>
    /// <param name="name">Its name in <see cref="ParquetStructs"/>.</param>
    /// <param name="number">Told of each integer field: its struct, its number in it, its value.</param>
    /// <exception cref="InputException">It is not such a struct, or the bytes end before it does.</exception>
    public void Through(string name, Action<string, int, long>? number = null)
    {
        int field = 0;
        while (true)
        {
            int header = Next();
            if (header == 0)
                return;
            int type = header & 15;
            // The long form has the number of the field in it, zigzag.
            field = header >> 4 is > 0 and int step ? field + step : (int)Number();
            string expected = ParquetStructs.TypeOf(name, field) ?? throw Damaged($"a {name} has a field {field}");
            if (!Fits(expected, type, inList: false))
                throw Damaged($"field {field} of a {name} is of type {type}");
            Value(name, field, expected, type, inList: false, number);
        }
    }

    private void Value(string name, int field, string expected, int type, bool inList, Action<string, int, long>? number)
    {
        switch (type)
        {
            case True or False:
                if (inList)
                    Next();
                break;
            case Byte:
                Next();
                break;
            case Int16 or Int32 or Int64:
                long value = Number();
                if (type != Int64 && value != (int)value)
                    throw Damaged($"field {field} of a {name} is {value}");
                number?.Invoke(name, field, value);
                break;
            case Double:
                Skip(sizeof(double));
                break;
            case Binary:
                Skip(Varint());
                break;
            case List:
                Elements(name, field, expected["list ".Length..], number);
                break;
            default:
                Through(expected, number);
                break;
        }
    }

    private void Elements(string name, int field, string expected, Action<string, int, long>? number)
    {
        int header = Next(),
            type = header & 15;
        ulong count = header >> 4 == 15 ? Varint() : (ulong)(header >> 4);
        // The smallest element is a byte.
        if (count > (ulong)(_bytes.Length - Position))
            throw Damaged($"field {field} of a {name} has {count} elements, but {_bytes.Length - Position} bytes follow");
        if (count > 0 && !Fits(expected, type, inList: true))
            throw Damaged($"field {field} of a {name} is a list of type {type}");
        for (ulong i = 0; i < count; i++)
            Value(name, field, expected, type, inList: true, number);
    }

    private static bool Fits(string expected, int type, bool inList) =>
        expected switch
        {
            "bool" => type is True or False,
            "i8" => type == Byte,
            "i16" => type == Int16,
            "i32" => type == Int32,
            "i64" => type == Int64,
            "double" => type == Double,
            "binary" => type == Binary,
            _ when expected.StartsWith("list ", StringComparison.Ordinal) => type == List && !inList,
            _ => type == Struct,
        };

    private int Next() => Position < _bytes.Length ? _bytes[Position++] : throw Damaged("it ends in the middle");

    private void Skip(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
            throw Damaged($"a value of {count} bytes, but {_bytes.Length - Position} follow");
        Position += (int)count;
    }

    private long Number()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestNumber; i++)
        {
            int part = Next();
            value |= (ulong)(part & 127) << (7 * i);
            if (part < 128)
                return value;
        }
        throw Damaged("an integer of more than 64 bits");
    }

    /// <summary>What a damaged file is refused with.</summary>
    internal static InputException Damaged(string found) => new($"the Parquet file is damaged: {found}");
}
