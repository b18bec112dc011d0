namespace Geometry.Storage.Tensors;

/// <summary>The bytes of one array's payload, read at any offset. Not thread-safe.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Whether going back restarts the reading, so that only ascending offsets are cheap.</summary>
    public abstract bool Sequential { get; }

    /// <summary>
    /// Reads the payload once and checks it against the lengths and checksums of its container, if there are any; constant memory.
    /// </summary>
    /// <exception cref="Files.InputException">The bytes are missing or damaged.</exception>
    public virtual void Verify() { }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="Files.InputException">The bytes are missing or damaged.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public virtual void Dispose() { }
}

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
