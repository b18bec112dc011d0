namespace Geometry.Storage.Results;

/// <summary>Files that appear whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes beside <paramref name="path"/> (<c>path.tmp</c>), flushes to the disk, then renames over it: whoever opens the path finds
    /// the old content or the new, never a part. A left-over of an earlier crash is overwritten.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written or is full; the old file is as it was.</exception>
    public static void Write(string path, Action<Stream> content)
    {
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
            try { File.Delete(aside); }
            catch (IOException) { /* the first error is the one to tell */ }
            throw;
        }
    }
}
