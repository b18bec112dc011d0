namespace Geometry.Storage.Tensors;

/// <summary>Joins arrays of one shape, one behind the other, to one payload; at most one of them is open at a time.</summary>
/// <param name="parts">The arrays, of one element type and one set of strides.</param>
/// <param name="partBytes">Bytes from the first element of a part to the end of its last.</param>
internal sealed class StackedSource(IReadOnlyList<TensorEntry> parts, long partBytes) : ByteSource
{
    private ByteSource? _source;
    private int _part = -1;

    /// <inheritdoc/>
    public override long Length => parts.Count * partBytes;

    /// <inheritdoc/>
    public override bool Sequential => Part(0).Sequential;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int part = (int)(offset / partBytes);
            long within = offset % partBytes;
            int length = (int)Math.Min(destination.Length, partBytes - within);
            Part(part).Read((parts[part].Offset * parts[part].Type.Size()) + within, destination[..length]);
            destination = destination[length..];
            offset += length;
        }
    }

    /// <inheritdoc/>
    public override void Verify()
    {
        for (int k = 0; k < parts.Count; k++)
            Part(k).Verify();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _source?.Dispose();
        base.Dispose();
    }

    private ByteSource Part(int part)
    {
        if (part == _part)
            return _source!;
        _source?.Dispose();
        (_source, _part) = (null, -1);
        _source = parts[part].Open();
        _part = part;
        return _source;
    }
}
