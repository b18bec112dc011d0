using System.Buffers.Binary;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Zip;

/// <summary>A zip member's bytes, located in the file and checked against its neighbours.</summary>
internal sealed class ZipMember
{
    private readonly FileBytes _file;
    private readonly ZipEntry _entry;
    private readonly long _start;

    private ZipMember(FileBytes file, ZipEntry entry, long start)
    {
        _file = file;
        _entry = entry;
        _start = start;
    }

    /// <summary>Bytes when unpacked.</summary>
    public long Length => _entry.Length;

    /// <summary>Bytes in the file.</summary>
    public long CompressedLength => _entry.CompressedLength;

    /// <summary>Reads the local header.</summary>
    /// <exception cref="InputException">The header is not there, or the member is encrypted or packed by another method than
    /// deflate.</exception>
    public static ZipMember Locate(FileBytes file, ZipEntry entry)
    {
        string what = Describe(entry);
        if ((entry.Flags & 1) != 0)
            throw new InputException($"{what} is encrypted; expected a plain archive");
        if (entry.Method is not (0 or 8))
            throw new InputException($"{what} uses compression method {entry.Method}; expected 0 (stored) or 8 (deflated)");
        Span<byte> header = stackalloc byte[30];
        file.Read(entry.HeaderOffset, header, what);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034b50)
            throw new InputException($"{what} has no local header at byte {entry.HeaderOffset} (damaged?)");
        long start =
            entry.HeaderOffset
            + 30
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (entry.Limit - start < entry.CompressedLength)
            throw new InputException(
                $"{what} overlaps the next member or the directory: {entry.CompressedLength} bytes from {start}, expected to end by "
                    + $"{entry.Limit}"
            );
        return new ZipMember(file, entry, start);
    }

    /// <summary>Opens the unpacked bytes from <paramref name="skip"/> on as a payload.</summary>
    /// <param name="skip">Bytes in front of the payload, such as an npy header.</param>
    /// <param name="check">Whether to check the bytes against the CRC-32 (PyTorch may write archives without one).</param>
    public ByteSource Open(long skip, bool check)
    {
        string what = Describe(_entry);
        if (_entry.Method == 8)
            return new InflateSource(_file, _start, _entry, skip, what, check);
        ZipChecksum? checksum = check ? new ZipChecksum(_start, _entry.Length, _entry.Crc) : null;
        return new FileSource(_file, _start + skip, _entry.Length - skip, what, checksum);
    }

    /// <summary>The first bytes of the member, at most <paramref name="count"/>.</summary>
    public byte[] Prefix(int count)
    {
        byte[] bytes = new byte[Math.Min(count, _entry.Length)];
        using ByteSource source = Open(0, check: false);
        source.Read(0, bytes);
        return bytes;
    }

    private static string Describe(ZipEntry entry) => $"zip member {entry.Name.Quote()}";
}

/// <summary>The CRC-32 that a zip directory states for a range of the file.</summary>
/// <param name="Start">First byte of the range, absolute.</param>
/// <param name="Length">Bytes of the range.</param>
/// <param name="Expected">The stated checksum.</param>
internal sealed record ZipChecksum(long Start, long Length, uint Expected)
{
    /// <summary>Throws where a computed checksum differs.</summary>
    /// <exception cref="InputException">The checksums differ.</exception>
    public void Require(uint found, string what)
    {
        if (found != Expected)
            throw new InputException($"{what} is damaged: CRC-32 {found:x8}, expected {Expected:x8}");
    }
}
