using System.IO.Hashing;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors;

/// <summary>An uncompressed payload: a range of the file, read through one small window.</summary>
/// <remarks>
/// The window is 4 KiB for scattered reads and 64 KiB while reads go forward: many small instances then take few system calls, and a far
/// jump reads little.
/// </remarks>
internal sealed class FileSource(FileBytes file, long start, long length, string what, ZipChecksum? checksum = null) : ByteSource
{
    private const int SmallWindow = 4 << 10;
    private const int LargeWindow = 64 << 10;
    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override bool Sequential => false;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > length - destination.Length)
            throw new InputException($"{what} has {length} bytes; a value was looked for at byte {offset}");
        if (destination.Length >= LargeWindow)
        {
            file.Read(start + offset, destination, what);
            return;
        }
        if (offset < _windowStart || offset + destination.Length > _windowStart + _windowLength)
            Fill(offset, destination.Length);
        _window.AsSpan((int)(offset - _windowStart), destination.Length).CopyTo(destination);
    }

    /// <inheritdoc/>
    public override void Verify()
    {
        if (checksum is null)
            return;
        var crc = new Crc32();
        byte[] buffer = new byte[(int)Math.Min(LargeWindow, checksum.Length)];
        for (long at = 0; at < checksum.Length; at += buffer.Length)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, checksum.Length - at));
            file.Read(checksum.Start + at, part, what);
            crc.Append(part);
        }
        checksum.Require(crc.GetCurrentHashAsUInt32(), what);
    }

    private void Fill(long offset, int needed)
    {
        bool forward = offset >= _windowStart && offset <= _windowStart + _windowLength;
        int size = (int)Math.Min(Math.Max(needed, forward ? LargeWindow : SmallWindow), length - offset);
        if (_window.Length < size)
            _window = new byte[size];
        _windowLength = 0;
        file.Read(start + offset, _window.AsSpan(0, size), what);
        _windowStart = offset;
        _windowLength = size;
    }
}
