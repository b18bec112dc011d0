using System.Buffers.Binary;

namespace Geometry.Storage.Tensors.Zip;

/// <summary>The CRC-32 of zip files (reflected polynomial 0xEDB88320), eight bytes a step.</summary>
/// <remarks>Slicing-by-8: Kounavis and Berry, "Novel Table Lookup-Based Algorithms for High-Performance CRC Generation", 2008, doi:10.1109/TC.2008.85.</remarks>
internal struct Crc32
{
    private static readonly uint[] Table = BuildTable();
    private uint _state;

    /// <summary>The checksum of all bytes so far; 0 for none.</summary>
    public readonly uint Value => _state;

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint[] table = Table;
        uint crc = ~_state;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[(7 * 256) + (int)(low & 255)] ^ table[(6 * 256) + (int)((low >> 8) & 255)]
                ^ table[(5 * 256) + (int)((low >> 16) & 255)] ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + (int)(high & 255)] ^ table[(2 * 256) + (int)((high >> 8) & 255)]
                ^ table[256 + (int)((high >> 16) & 255)] ^ table[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte b in bytes) crc = table[(int)((crc ^ b) & 255)] ^ (crc >> 8);
        _state = ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        for (int n = 256; n < table.Length; n++) table[n] = table[(int)(table[n - 256] & 255)] ^ (table[n - 256] >> 8);
        return table;
    }
}
