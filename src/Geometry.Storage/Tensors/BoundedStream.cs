using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors;

/// <summary>A file for reading that throws behind its end, and when more is read than its length justifies.</summary>
/// <remarks>
/// A damaged header may claim 2⁶⁰ messages or send a reader round in circles, and a library that trusts it would read without end. Every
/// read counts as at least <see cref="LeastOfRead"/> bytes. Between two calls of <see cref="Begin"/> the reads may add up to <see
/// cref="Times"/> times the file's length and <see cref="Room"/> bytes, so the time is linear in the length.
/// </remarks>
/// <param name="file">The file; disposing this stream closes it.</param>
internal sealed class BoundedStream(FileStream file) : Stream
{
    private const long Room = 16 << 20,
        Times = 16;
    private const int LeastOfRead = 64;
    private readonly long _length = file.Length;
    private long _left;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <summary>Starts an object with a new allowance of reads.</summary>
    public void Begin() => _left = Room + (Times * _length);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (Position < 0 || Position > _length - buffer.Length)
            throw new InputException($"it is damaged: {buffer.Length} bytes at {Position} are behind its end, at {_length}");
        if ((_left -= Math.Max(LeastOfRead, buffer.Length)) < 0)
            throw new InputException("it is damaged: its headers lead round in circles");
        file.Position = Position;
        file.ReadExactly(buffer);
        Position += buffer.Length;
        return buffer.Length;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => _length + offset,
        };

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
