namespace Geometry.Storage.Files;

/// <summary>Files that appear whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes beside <paramref name="path"/> (<c>path.tmp</c>), flushes to the disk, then renames over it: whoever opens the path finds
    /// the old content or the new, never a part. A left-over of an earlier crash is overwritten.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written or is full, or the path is a pipe, a device or a link to one; what was
    /// there is as it was.</exception>
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
    /// Renaming over /dev/null would take it from the whole machine. Only what is no regular file has no length and cannot be cut to none.
    /// </summary>
    private static void RefuseDevice(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
        {
            // A link is replaced itself, not what it leads to: /dev/stdout would be gone.
            if (IsDevice(Path.GetFullPath(target, file.DirectoryName!)))
                throw new IOException($"it is a link to {target}; expected a file");
            return;
        }
        if (file is not { Exists: true, Length: 0 })
            return;
        try
        {
            // For reading too: opening a pipe for writing alone waits for its reader.
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

    /// <summary>By name: where a stream of this process leads is told by no property of the link. /dev/shm holds files.</summary>
    private static bool IsDevice(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal)
        || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal));
}
