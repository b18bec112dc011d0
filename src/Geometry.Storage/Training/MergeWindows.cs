using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>A weight file of the merged sweep.</summary>
/// <param name="Chunk">Its chunk of the sweep.</param>
/// <param name="Source">Its name within the folder.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Runs">The runs in it, ascending: those of the chunk that some part has.</param>
internal sealed record MergedFile(SweepChunk Chunk, string Source, string Path, IReadOnlyList<int> Runs)
{
    /// <summary>The matrix that the labels belong to; null where they belong to the file.</summary>
    public string? Matrix { get; init; }
}

/// <summary>Neighbouring files of the merged sweep that are made together.</summary>
/// <remarks>
/// The runs of a sweep are dealt to its parts in turn, so a merged file takes a few runs from each part. Making 1,000 files of 1,000 parts
/// one by one would open a million files; in windows that fit in memory, each part is opened once per window.
/// </remarks>
/// <param name="Files">The files.</param>
internal sealed record MergeWindow(IReadOnlyList<MergedFile> Files)
{
    private const long MostBytes = 64L << 20;

    /// <summary>All runs of the window, file by file.</summary>
    public int[] Runs { get; } = [.. Files.SelectMany(f => f.Runs)];

    /// <summary>Cuts files into windows of about 64 MiB, each with at least one file.</summary>
    /// <param name="files">The files, in the order in which they are written.</param>
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

    /// <summary>Enumerates a sequence; the next element is computed on another thread while the caller works on this one.</summary>
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
            // A caller that stops early must not leave the thread behind with the enumerator.
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
        }
    }
}
