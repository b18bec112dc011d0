using System.Buffers.Binary;
using System.IO.Hashing;
using Geometry.Storage.Files;
using Geometry.Training;

namespace Geometry.Storage.Training;

/// <summary>A file with the state of runs in the middle of their training: the bytes, then their CRC-32, little-endian.</summary>
/// <param name="path">The file; its folder must exist.</param>
internal sealed class StateFile(string path) : IStateStore
{
    private const int ChecksumBytes = 4;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file exists and cannot be read.</exception>
    public byte[]? Load()
    {
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < ChecksumBytes)
            return null;
        ReadOnlySpan<byte> state = bytes.AsSpan(0, bytes.Length - ChecksumBytes);
        return Crc32.HashToUInt32(state) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(state.Length)) ? state.ToArray() : null;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be written, or is full; an earlier state is unchanged.</exception>
    public void Save(byte[] state) => AtomicFile.Write(path, stream =>
        {
            stream.Write(state);
            Span<byte> checksum = stackalloc byte[ChecksumBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.HashToUInt32(state));
            stream.Write(checksum);
        });
}
