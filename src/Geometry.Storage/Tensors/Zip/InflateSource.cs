using System.IO.Compression;
using System.IO.Hashing;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Zip;

/// <summary>
/// A deflated payload, unpacked as a stream in constant memory: ascending reads make one pass, and going back starts again.
/// </summary>
/// <remarks>
/// Never gives more than the stated length, which was checked with the zip directory. Verification is a pass of its own.
/// </remarks>
internal sealed class InflateSource(FileBytes file, long start, ZipEntry entry, long skip, string what, bool checksum) : ByteSource
{
    private const int DiscardLength = 32 << 10;
    private DeflateStream? _stream;
    private byte[]? _discard;
    private long _position;

    /// <inheritdoc/>
    public override long Length => entry.Length - skip;

    /// <inheritdoc/>
    public override bool Sequential => true;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
            throw new InputException($"{what} has {Length} bytes; a value was looked for at byte {offset}");
        if (_stream is null || offset + skip < _position)
            Restart();
        while (_position < offset + skip)
        {
            _discard ??= new byte[DiscardLength];
            Inflate(_discard.AsSpan(0, (int)Math.Min(DiscardLength, offset + skip - _position)));
        }
        Inflate(destination);
    }

    /// <inheritdoc/>
    public override void Verify()
    {
        Restart();
        var crc = new Crc32();
        _discard ??= new byte[DiscardLength];
        while (_position < entry.Length)
        {
            Span<byte> part = _discard.AsSpan(0, (int)Math.Min(DiscardLength, entry.Length - _position));
            Inflate(part);
            if (checksum)
                crc.Append(part);
        }
        if (checksum && crc.GetCurrentHashAsUInt32() is var found && found != entry.Crc)
            throw new InputException($"{what} is damaged: CRC-32 {found:x8}, expected {entry.Crc:x8}");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stream?.Dispose();
        base.Dispose();
    }

    private void Restart()
    {
        _stream?.Dispose();
        _stream = new DeflateStream(new FileRangeStream(file, start, entry.CompressedLength, what), CompressionMode.Decompress);
        _position = 0;
    }

    private void Inflate(Span<byte> destination)
    {
        try
        {
            while (!destination.IsEmpty)
            {
                int got = _stream!.Read(destination);
                if (got == 0)
                    throw new InputException($"{what} unpacks to {_position} bytes, expected {entry.Length} (damaged?)");
                destination = destination[got..];
                _position += got;
            }
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{what} cannot be unpacked after {_position} bytes (damaged?)", e);
        }
    }
}
