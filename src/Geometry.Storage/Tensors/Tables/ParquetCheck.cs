using System.Buffers.Binary;
using Geometry.Storage.Files;
using Parquet.Meta;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>Checks the metadata of a Parquet file against its length, before Parquet.Net relies on it.</summary>
internal static class ParquetCheck
{
    private const int MagicBytes = 4,
        TailBytes = 8;

    /// <summary>Bound of a page header, which has tens of bytes, the page's smallest and largest number among them.</summary>
    private const int MostHeaderBytes = 4096;

    private const long LargestRatio = 1000;
    private const long SmallBytes = 1L << 24;

    /// <summary>
    /// Bound of the groups of columns. A matrix has one; a library that recurses into nested groups must not run out of stack.
    /// </summary>
    private const int MostGroups = 1000;

    /// <summary>Checks the footer: its structure, and that its numbers are not negative and lie inside the file.</summary>
    /// <exception cref="InputException">It is damaged.</exception>
    public static void Footer(Stream file)
    {
        long length = file.Length;
        if (length < MagicBytes + TailBytes)
            throw ThriftWalk.Damaged($"it has {length} bytes");
        Span<byte> tail = stackalloc byte[TailBytes];
        ReadAt(file, length - TailBytes, tail);
        int footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail[MagicBytes..].SequenceEqual("PAR1"u8))
            throw ThriftWalk.Damaged("it does not end with PAR1 (truncated?)");
        if (footer <= 0 || footer > length - TailBytes - MagicBytes)
            throw ThriftWalk.Damaged($"its footer claims {footer} of its {length} bytes");
        byte[] bytes = new byte[footer];
        ReadAt(file, length - TailBytes - footer, bytes);
        int groups = 0;
        var walk = new ThriftWalk(bytes);
        walk.Through("FileMetaData", (name, field, value) =>
        {
            if (name == "SchemaElement" && field == 5 && value > 0 && ++groups > MostGroups)
                throw new InputException($"the Parquet file has more than {MostGroups} groups of columns; expected a matrix");
            if (name is "RowGroup" or "ColumnMetaData" && (value < 0 || (IsOffset(name, field) && value >= length)))
                throw ThriftWalk.Damaged($"field {field} of a {name} is {value}, of {length} bytes");
        });
        if (walk.Position != footer)
            throw ThriftWalk.Damaged($"its footer ends {footer - walk.Position} bytes early");
    }

    /// <summary>Checks the page headers of a column, one after the other, until they have as many values as the column.</summary>
    /// <exception cref="InputException">One is damaged, or there are too few.</exception>
    public static void Pages(Stream file, ColumnMetaData column)
    {
        long end = file.Length - TailBytes;
        long offset = new[] { column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0 }
                .Where(o => o != 0)
                .DefaultIfEmpty(0)
                .Min(),
            values = 0;
        byte[] bytes = new byte[MostHeaderBytes];
        while (values < column.NumValues)
        {
            if (offset < MagicBytes || offset >= end)
                throw ThriftWalk.Damaged($"a page at {offset}, outside its {end} bytes");
            Span<byte> header = bytes.AsSpan(0, (int)Math.Min(MostHeaderBytes, end - offset));
            ReadAt(file, offset, header);
            var walk = new ThriftWalk(header);
            long unpacked = 0,
                packed = 0,
                entries = 0;
            walk.Through("PageHeader", (name, field, value) =>
            {
                if (value < 0 && name != "Statistics" && (name, field) != ("PageHeader", 4))
                    throw ThriftWalk.Damaged($"field {field} of a {name} is {value}");
                if (name == "PageHeader" && field == 2)
                    unpacked = value;
                if (name == "PageHeader" && field == 3)
                    packed = value;
                if (name is "DataPageHeader" or "DataPageHeaderV2" && field == 1)
                    values += value;
                if (name == "DictionaryPageHeader" && field == 1)
                    entries = value;
            });
            offset += walk.Position + packed;
            if (offset > end)
                throw ThriftWalk.Damaged($"a page of {packed} bytes ends behind its {end} bytes");
            if (entries > unpacked || (unpacked > SmallBytes && unpacked / LargestRatio > packed))
                throw ThriftWalk.Damaged($"a page of {packed} bytes claims {unpacked} unpacked, {entries} entries");
        }
    }

    private static bool IsOffset(string name, int field) => (name, field) is ("ColumnMetaData", 9 or 10 or 11);

    private static void ReadAt(Stream file, long offset, Span<byte> bytes)
    {
        file.Position = offset;
        file.ReadExactly(bytes);
    }
}
