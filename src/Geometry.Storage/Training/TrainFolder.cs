using System.Text;
using Geometry.Storage.Results;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>The two text files that say what a folder's weights are of.</summary>
internal static class TrainFolder
{
    /// <summary>Makes the folder ready: writes both files into a new one, holds them against the job in one that has a sweep.</summary>
    /// <exception cref="ResultsException">The folder has a sweep and this is no resumption, or it is another sweep, part or engine.</exception>
    public static void Prepare(SweepFiles files, SweepSpec spec, TrainJobOptions options)
    {
        string text = spec.ToYaml(), training = Training(options.Engine, options.Shard);
        if (!File.Exists(files.Spec))
        {
            if (Directory.Exists(files.WeightsFolder) && Directory.EnumerateFiles(files.WeightsFolder, "*.npz").Any())
                throw new ResultsException($"{files.WeightsFolder}: there are weights already, but no sweep.yaml that says of what; choose another --out");
            AtomicFile.Write(files.Training, stream => stream.Write(Encoding.UTF8.GetBytes(training)));
            AtomicFile.Write(files.Spec, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        else if (!options.Resume)
        {
            throw new ResultsException($"{files.Root}: the folder holds a trained sweep; --resume goes on with it, or choose another --out");
        }
        else
        {
            RefuseDifference(files.Spec, File.ReadAllText(files.Spec), "the given spec", text);
            RefuseDifference(files.Training, File.Exists(files.Training) ? File.ReadAllText(files.Training) : "", "what is asked for", training);
        }
        Directory.CreateDirectory(files.WeightsFolder);
        Directory.CreateDirectory(files.JournalFolder);
        if (spec.Checkpoints > 0) Directory.CreateDirectory(files.CheckpointsFolder);
    }

    /// <summary>The text of training.yaml.</summary>
    public static string Training(string engine, Shard shard) => $"engine: {engine}\nshard: {shard}\n";

    /// <summary>Refuses two texts that differ, naming the first line that does.</summary>
    /// <exception cref="ResultsException">They differ.</exception>
    public static void RefuseDifference(string file, string found, string other, string expected)
    {
        if (found.ReplaceLineEndings("\n") == expected) return;
        string[] a = found.ReplaceLineEndings("\n").Split('\n'), b = expected.Split('\n');
        int line = 0;
        while (line < a.Length && line < b.Length && a[line] == b[line]) line++;
        string Text(string[] lines) => line < lines.Length ? $"'{lines[line].Trim()}'" : "nothing";
        throw new ResultsException(FormattableString.Invariant($"{file}: differs from {other} on line {line + 1}: {Text(a)}, not {Text(b)}"));
    }
}
