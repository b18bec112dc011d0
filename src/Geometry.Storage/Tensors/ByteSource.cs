namespace Geometry.Storage.Tensors;

/// <summary>The bytes of one array's payload, read at any offset. Not thread-safe.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Whether going back starts the reading anew, so that only ascending offsets are cheap.</summary>
    public abstract bool Sequential { get; }

    /// <summary>
    /// Goes through the payload once, as far as its container has lengths and checksums to hold it against; constant memory.
    /// </summary>
    /// <exception cref="Files.InputException">The bytes are not there or are damaged.</exception>
    public virtual void Verify() { }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; the range lies within <see cref="Length"/>.</summary>
    /// <exception cref="Files.InputException">The bytes are not there or are damaged.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public virtual void Dispose() { }
}
