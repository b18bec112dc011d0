using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>A weight file of the merged sweep.</summary>
/// <param name="Chunk">What it is for.</param>
/// <param name="Source">Its name within the folder.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Runs">The runs that are in it, ascending: those of the chunk that some part has.</param>
internal sealed record MergedFile(SweepChunk Chunk, string Source, string Path, IReadOnlyList<int> Runs)
{
    /// <summary>The one of its matrices that labels are of; null where they are of the file.</summary>
    public string? Matrix { get; init; }
}

/// <summary>Neighbouring files of the merged sweep that are made together.</summary>
/// <remarks>
/// A sweep is dealt to its parts run by run, so a merged file takes a few runs from each part. Made one by one, 1,000 files of 1,000 parts
/// would open a million files; made in windows of what fits in memory, each part is opened once a window.
/// </remarks>
/// <param name="Files">The files.</param>
internal sealed record MergeWindow(IReadOnlyList<MergedFile> Files)
{
    private const long MostBytes = 64L << 20;

    /// <summary>All runs of the window, file by file.</summary>
    public int[] Runs { get; } = [.. Files.SelectMany(f => f.Runs)];

    /// <summary>Cuts files into windows of about 64 MiB, and of one file at least.</summary>
    /// <param name="files">The files, in the order in which they are made.</param>
    /// <param name="bytesOfRun">Bytes that a run of n features and m hidden dimensions takes in memory.</param>
    public static IEnumerable<MergeWindow> Cut(IReadOnlyList<MergedFile> files, Func<int, int, long> bytesOfRun)
    {
        var window = new List<MergedFile>();
        long bytes = 0;
        foreach (MergedFile file in files)
        {
            long own = file.Runs.Count * bytesOfRun(file.Chunk.Features, file.Chunk.Hidden);
            if (window.Count > 0 && bytes + own > MostBytes)
            {
                yield return new MergeWindow([.. window]);
                window.Clear();
                bytes = 0;
            }
            window.Add(file);
            bytes += own;
        }
        if (window.Count > 0)
            yield return new MergeWindow(window);
    }

    /// <summary>Goes through a sequence whose next element is made on another thread while this one is worked on.</summary>
    public static IEnumerable<T> Ahead<T>(IEnumerable<T> sequence)
    {
        using IEnumerator<T> source = sequence.GetEnumerator();
        Task<bool> next = Task.Run(source.MoveNext);
        try
        {
            while (next.GetAwaiter().GetResult())
            {
                T current = source.Current;
                next = Task.Run(source.MoveNext);
                yield return current;
            }
        }
        finally
        {
            // Whoever stops half-way must not leave the thread with the enumerator behind.
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
        }
    }
}
