namespace Geometry.Storage.Tensors;

/// <summary>A payload held in memory.</summary>
internal sealed class MemorySource(byte[] bytes) : ByteSource
{
    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override bool Sequential => false;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
