using Geometry.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace Geometry.Storage.Tensors;

/// <summary>An open file of known length, read at absolute offsets.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FileBytes(SafeFileHandle handle, long length)
    {
        _handle = handle;
        Length = length;
    }

    /// <summary>Length in bytes when the file was opened, ≥ 1.</summary>
    public long Length { get; }

    /// <summary>Opens a regular, non-empty file.</summary>
    /// <exception cref="InputException">There is no such file, it is a folder, empty (pipes and devices count as empty) or
    /// unreadable.</exception>
    public static FileBytes Open(string path)
    {
        if (Directory.Exists(path))
            throw new InputException("it is a folder; expected a weight file");
        try
        {
            // The length is asked for before opening: opening a named pipe would block until something writes to it.
            long length = LengthOf(path);
            if (length == 0)
                throw new InputException("the file is empty");
            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new FileBytes(handle, length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException("the file cannot be opened: " + Quoting.Plain(e.Message), e);
        }
    }

    /// <summary>Length of the file, or of the file that a link leads to; 0 for pipes and devices. Opens nothing.</summary>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    /// <param name="offset">Absolute, in bytes.</param>
    /// <param name="destination">Filled completely.</param>
    /// <param name="what">Name of what is being read, for the message.</param>
    /// <exception cref="InputException">The file ends too early, or cannot be read.</exception>
    public void Read(long offset, Span<byte> destination, string what)
    {
        if (offset < 0 || offset > Length - destination.Length)
            throw Short(what, offset + destination.Length);
        try
        {
            while (!destination.IsEmpty)
            {
                int got = RandomAccess.Read(_handle, destination, offset);
                if (got == 0)
                    throw Short(what, offset + destination.Length);
                destination = destination[got..];
                offset += got;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{what} cannot be read: " + Quoting.Plain(e.Message), e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private InputException Short(string what, long end) =>
        new($"the file ends inside {what}: it has {Length} bytes, expected at least {end} (truncated?)");
}
