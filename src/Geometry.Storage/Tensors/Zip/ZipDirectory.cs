using System.Buffers.Binary;
using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Zip;

/// <summary>Reads and checks the central directory of a zip archive (PKWARE APPNOTE 6.3, with zip64).</summary>
/// <remarks>
/// Only the directory is read. Members may not overlap, reach past the directory, or claim to unpack to more than
/// deflate can yield (1032:1), so that memory and time stay in proportion to the file whatever it claims.
/// </remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LargestDirectory = 64 << 20;
    private const int DeflateLimit = 1032;

    /// <summary>The members in the order of the directory.</summary>
    /// <exception cref="InputException">The archive is truncated or contradicts itself.</exception>
    public static List<ZipEntry> Read(FileBytes file)
    {
        (long start, long size, long count, long end) = FindEnd(file);
        if (start < 0 || size < 0 || start > end || size > end - start)
            throw new InputException($"the zip directory claims {size} bytes at {start}, but must lie before byte {end} (damaged?)");
        if (size > LargestDirectory)
            throw new InputException($"the zip directory has {size} bytes; at most {LargestDirectory} are read");
        if (count < 0 || count > size / 46)
            throw new InputException($"the zip directory claims {count} members in {size} bytes; each takes at least 46");
        byte[] bytes = new byte[size];
        file.Read(start, bytes, "the zip directory");
        var entries = new List<ZipEntry>((int)count);
        int at = 0;
        for (long k = 0; k < count; k++)
            entries.Add(ReadEntry(bytes, ref at, k));
        SetLimits(entries, start);
        return entries;
    }

    private static (long Start, long Size, long Count, long End) FindEnd(FileBytes file)
    {
        int tail = (int)Math.Min(file.Length, EndLength + ushort.MaxValue);
        byte[] bytes = new byte[tail];
        file.Read(file.Length - tail, bytes, "the end of the zip archive");
        for (int at = tail - EndLength; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = bytes.AsSpan(at);
            if (U32(end) != 0x06054b50 || at + EndLength + U16(end[20..]) != tail)
                continue;
            long position = file.Length - tail + at;
            if (U16(end[4..]) is not (0 or ushort.MaxValue))
                throw new InputException("the zip archive is one part of several; expected a single file");
            (long start, long size, long count) = (U32(end[16..]), U32(end[12..]), U16(end[10..]));
            if (start == uint.MaxValue || size == uint.MaxValue || count == ushort.MaxValue)
                return FindEnd64(file, position);
            return (start, size, count, position);
        }
        throw new InputException("the zip archive has no end record (truncated?)");
    }

    private static (long Start, long Size, long Count, long End) FindEnd64(FileBytes file, long end)
    {
        Span<byte> locator = stackalloc byte[20];
        Span<byte> record = stackalloc byte[56];
        if (end < 76)
            throw new InputException("the zip archive lacks its zip64 end record (damaged?)");
        file.Read(end - 20, locator, "the zip64 locator");
        long at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (U32(locator) != 0x07064b50 || at < 0 || at > end - 76)
            throw new InputException("the zip64 end record cannot be found (damaged?)");
        file.Read(at, record, "the zip64 end record");
        if (U32(record) != 0x06064b50)
            throw new InputException("the zip64 end record has a wrong signature (damaged?)");
        return (I64(record[48..]), I64(record[40..]), I64(record[32..]), at);
    }

    private static ZipEntry ReadEntry(ReadOnlySpan<byte> directory, ref int at, long number)
    {
        ReadOnlySpan<byte> head = directory[at..];
        if (head.Length < 46 || U32(head) != 0x02014b50)
            throw new InputException($"the zip directory breaks off at member {number} (damaged?)");
        int nameLength = U16(head[28..]),
            extraLength = U16(head[30..]),
            commentLength = U16(head[32..]);
        if (46 + nameLength + extraLength + commentLength > head.Length)
            throw new InputException($"the zip directory breaks off at member {number} (damaged?)");
        int flags = U16(head[8..]);
        string name = ((flags & 0x800) != 0 ? Encoding.UTF8 : Encoding.Latin1).GetString(head.Slice(46, nameLength));
        long length = U32(head[24..]),
            compressed = U32(head[20..]),
            offset = U32(head[42..]);
        ReadZip64(head.Slice(46 + nameLength, extraLength), name, ref length, ref compressed, ref offset);
        at += 46 + nameLength + extraLength + commentLength;
        var entry = new ZipEntry(name, U16(head[10..]), flags, U32(head[16..]), compressed, length, offset) { NameBytes = nameLength };
        CheckSizes(entry);
        return entry;
    }

    private static void ReadZip64(ReadOnlySpan<byte> extra, string name, ref long length, ref long compressed, ref long offset)
    {
        if (length != uint.MaxValue && compressed != uint.MaxValue && offset != uint.MaxValue)
            return;
        while (extra.Length >= 4)
        {
            int size = U16(extra[2..]);
            if (size > extra.Length - 4)
                break;
            ReadOnlySpan<byte> field = extra.Slice(4, size);
            if (U16(extra) == 1)
            {
                Take(ref field, ref length, name);
                Take(ref field, ref compressed, name);
                Take(ref field, ref offset, name);
                return;
            }
            extra = extra[(4 + size)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> field, ref long value, string name)
    {
        if (value != uint.MaxValue)
            return;
        if (field.Length < 8)
            throw new InputException($"zip member {name.Quote()} has an incomplete zip64 field (damaged?)");
        value = I64(field);
        field = field[8..];
    }

    private static void CheckSizes(ZipEntry entry)
    {
        if (entry.Length < 0 || entry.CompressedLength < 0 || entry.HeaderOffset < 0)
            throw new InputException($"zip member {entry.Name.Quote()} states a negative size or offset (damaged?)");
        if (entry.Method == 0 && entry.Length != entry.CompressedLength)
            throw new InputException(
                $"zip member {entry.Name.Quote()} is stored but states {entry.CompressedLength} and {entry.Length} bytes (damaged?)"
            );
        if (entry.Method == 8 && entry.Length / DeflateLimit > entry.CompressedLength)
            throw new InputException(
                $"zip member {entry.Name.Quote()} claims to unpack {entry.CompressedLength} bytes to {entry.Length}; deflate yields "
                    + $"at most {DeflateLimit}:1"
            );
    }

    private static void SetLimits(List<ZipEntry> entries, long directory)
    {
        ZipEntry[] sorted = [.. entries];
        Array.Sort(sorted, (a, b) => a.HeaderOffset.CompareTo(b.HeaderOffset));
        for (int k = 0; k < sorted.Length; k++)
        {
            ZipEntry entry = sorted[k];
            if (entry.HeaderOffset > directory)
                throw new InputException(
                    $"zip member {entry.Name.Quote()} begins at byte {entry.HeaderOffset}, behind the directory at {directory} (damaged?)"
                );
            entry.Limit = k + 1 < sorted.Length ? sorted[k + 1].HeaderOffset : directory;
            // Compared by subtraction: the stated size may be near 2^63.
            if (entry.Limit - entry.HeaderOffset - 30 - entry.NameBytes < entry.CompressedLength)
                throw new InputException(
                    $"zip member {entry.Name.Quote()} overlaps the next member or the directory; expected {entry.CompressedLength} "
                        + $"bytes before byte {entry.Limit}"
                );
        }
    }

    private static int U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long I64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);
}

/// <summary>One member of a zip archive as the central directory states it; its sizes have been checked against the file.</summary>
/// <param name="Name">Path inside the archive.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Flags">General purpose flags; bit 0 = encrypted.</param>
/// <param name="Crc">CRC-32 of the uncompressed bytes.</param>
/// <param name="CompressedLength">Bytes in the file.</param>
/// <param name="Length">Bytes when unpacked.</param>
/// <param name="HeaderOffset">Absolute offset of the local header.</param>
internal sealed record ZipEntry(string Name, int Method, int Flags, uint Crc, long CompressedLength, long Length, long HeaderOffset)
{
    /// <summary>Where the next member or the directory begins; this member's bytes end before it.</summary>
    public long Limit { get; set; }

    /// <summary>Length of the name in bytes, the same in the local header.</summary>
    public int NameBytes { get; init; }
}
