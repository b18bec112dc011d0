using System.Collections.Frozen;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>Walks through bytes of Thrift's compact protocol and checks them against the expected structs.</summary>
/// <remarks>
/// At the end of the bytes Parquet.Net goes on reading 0xFF as more bytes of a number, without end; it accepts a field of any type; and it
/// loses its place behind unknown structs. It therefore gets only bytes that are a struct of Parquet's definition, end where the struct
/// ends, and have no list longer than themselves. Linear in the bytes. Protocol:
/// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
/// </remarks>
/// <param name="bytes">The bytes; more may follow behind the struct.</param>
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

    /// <summary>Number of bytes walked through.</summary>
    public int Position { get; private set; }

    /// <summary>Walks through a struct.</summary>
    /// <param name="name">Its name in <see cref="ParquetStructs"/>.</param>
    /// <param name="number">Called for each integer field with its struct, its number in it, and its value.</param>
    /// <exception cref="InputException">The bytes are not such a struct, or end before it does.</exception>
    public void Through(string name, Action<string, int, long>? number = null)
    {
        int field = 0;
        while (true)
        {
            int header = Next();
            if (header == 0)
                return;
            int type = header & 15;
            // The long form of a field's header has its number, zigzag-encoded.
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
        // Every element takes at least one byte.
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

    /// <summary>The error for a damaged file.</summary>
    internal static InputException Damaged(string found) => new($"the Parquet file is damaged: {found}");
}

/// <summary>The structs of a Parquet file's metadata, as far as Parquet.Net knows them; those of encrypted files are left out.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift, version 2.11.</remarks>
internal static class ParquetStructs
{
    /// <summary>
    /// One line per struct (a line that ends in a comma continues in the next): its name, then the types of its fields from 1 on. A dash
    /// stands for no field. An enumeration is an i32.
    /// </summary>
    private const string Definitions = """
        FileMetaData: i32, list SchemaElement, i64, list RowGroup, list KeyValue, binary, list ColumnOrder
        SchemaElement: i32, i32, i32, binary, i32, i32, i32, i32, i32, LogicalType
        LogicalType: Empty, Empty, Empty, Empty, DecimalType, Empty, TimeType, TimeType, -, IntType,
          Empty, Empty, Empty, Empty, Empty, VariantType, GeometryType, GeographyType
        DecimalType: i32, i32
        TimeType: bool, TimeUnit
        TimeUnit: Empty, Empty, Empty
        IntType: i8, bool
        VariantType: i8
        GeometryType: binary
        GeographyType: binary, i32
        RowGroup: list ColumnChunk, i64, i64, list SortingColumn, i64, i64, i16
        ColumnChunk: binary, i64, ColumnMetaData, i64, i32, i64, i32
        ColumnMetaData: i32, list i32, list binary, i32, i64, i64, i64, list KeyValue, i64, i64, i64, Statistics,
          list PageEncodingStats, i64, i32, SizeStatistics, GeospatialStatistics
        Statistics: binary, binary, i64, i64, binary, binary, bool, bool
        SizeStatistics: i64, list i64, list i64
        GeospatialStatistics: BoundingBox, list i32
        BoundingBox: double, double, double, double, double, double, double, double
        PageEncodingStats: i32, i32, i32
        SortingColumn: i32, bool, bool
        KeyValue: binary, binary
        ColumnOrder: Empty
        PageHeader: i32, i32, i32, i32, DataPageHeader, Empty, DictionaryPageHeader, DataPageHeaderV2
        DataPageHeader: i32, i32, i32, i32, Statistics
        DictionaryPageHeader: i32, i32, bool
        DataPageHeaderV2: i32, i32, i32, i32, i32, i32, bool, Statistics
        Empty:
        """;

    private static readonly FrozenDictionary<string, string[]> s_fields = Definitions
        .Replace(",\n", ",", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .ToFrozenDictionary(
            parts => parts[0],
            parts => parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>
    /// The type of a field; null where there is none: "bool", "i8", "i16", "i32", "i64", "double", "binary", the name of a struct, or
    /// "list", a space and one of these.
    /// </summary>
    public static string? TypeOf(string name, int field)
    {
        string[] fields = s_fields[name];
        return field > 0 && field <= fields.Length && fields[field - 1] != "-" ? fields[field - 1] : null;
    }
}
