using Geometry.Training;

namespace Geometry.Storage.Training;

/// <summary>The finished runs of a weight file that is not complete: a file of <see cref="RunRecord"/>s, appended one by one.</summary>
/// <remarks>
/// A record is written before the next run counts as finished, so a killed process loses none. A record that a kill or a power loss left
/// half-written fails its checksum, and the next <see cref="Read"/> cuts it off.
/// </remarks>
internal static class RunJournal
{
    /// <summary>Adds a finished run.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(string path, TrainedRun run)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(RunRecord.Write(run));
    }

    /// <summary>
    /// All whole records, in the order in which they were added; bytes behind them are cut off. Empty where there is no journal.
    /// </summary>
    public static List<TrainedRun> Read(string path, Func<int, TrainingRun?> runs)
    {
        var finished = new List<TrainedRun>();
        if (!File.Exists(path))
            return finished;
        byte[] bytes = File.ReadAllBytes(path);
        int start = 0;
        while (RunRecord.TryRead(bytes.AsSpan(start), runs, out TrainedRun? run, out int used))
        {
            finished.Add(run!);
            start += used;
        }
        if (start < bytes.Length)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
            stream.SetLength(start);
        }
        return finished;
    }
}
