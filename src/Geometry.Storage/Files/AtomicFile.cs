namespace Geometry.Storage.Files;

/// <summary>Writes files that appear whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes <c>path.tmp</c>, flushes it to the disk and renames it to <paramref name="path"/>: whoever opens the path finds the old
    /// content or the new, never a part. A leftover of an earlier crash is overwritten.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written or is full, or the path is a pipe, a device or a link to one; the earlier
    /// file is unchanged.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        RefuseDevice(path);
        string aside = path + ".tmp";
        try
        {
            using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            try
            {
                File.Delete(aside);
            }
            catch (IOException)
            { /* the first error is the one to tell */
            }
            throw;
        }
    }

    /// <summary>
    /// Throws for a pipe or a device: renaming over /dev/null would remove it for the whole machine. Only files that are not regular have
    /// length zero and cannot be truncated.
    /// </summary>
    private static void RefuseDevice(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
        {
            // Renaming would replace the link and not its target, and /dev/stdout would be gone.
            if (IsDevice(Path.GetFullPath(target, file.DirectoryName!)))
                throw new IOException($"it is a link to {target}; expected a file");
            return;
        }
        if (file is not { Exists: true, Length: 0 })
            return;
        try
        {
            // Opened for reading too, because opening a pipe only for writing blocks until it has a reader.
            using var stream = new FileStream(
                path,
                FileMode.Open,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            );
            if (stream.CanSeek)
            {
                stream.SetLength(0);
                return;
            }
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException or UnauthorizedAccessException)
        {
            throw new IOException("it is a pipe or a device, or cannot be written; expected a file", e);
        }
        throw new IOException("it is a pipe or a device; expected a file");
    }

    /// <summary>
    /// Decided by name, because no property of the link says that it leads to a stream of this process. /dev/shm has ordinary files.
    /// </summary>
    private static bool IsDevice(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal)
        || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal));
}
