using System.Collections.Frozen;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>The structs of a Parquet file's metadata, as far as Parquet.Net knows them; encrypted files are left out.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift, version 2.11.</remarks>
internal static class ParquetStructs
{
    /// <summary>
    /// One line per struct (a line that ends in a comma goes on in the next): its name, then the types of its fields from 1 on; a dash is
    /// no field. An enumeration is an i32.
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
