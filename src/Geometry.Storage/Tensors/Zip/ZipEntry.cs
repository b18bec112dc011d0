namespace Geometry.Storage.Tensors.Zip;

/// <summary>One member of a zip archive as the central directory states it; sizes already held against the file.</summary>
/// <param name="Name">Path inside the archive.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Flags">General purpose flags; bit 0 = encrypted.</param>
/// <param name="Crc">CRC-32 of the uncompressed bytes.</param>
/// <param name="CompressedLength">Bytes in the file.</param>
/// <param name="Length">Bytes when unpacked.</param>
/// <param name="HeaderOffset">Absolute offset of the local header.</param>
internal sealed record ZipEntry(string Name, int Method, int Flags, uint Crc, long CompressedLength, long Length, long HeaderOffset)
{
    /// <summary>Where the next member or the directory begins: this member's bytes end before.</summary>
    public long Limit { get; set; }

    /// <summary>Length of the name in bytes, the same in the local header.</summary>
    public int NameBytes { get; init; }
}
