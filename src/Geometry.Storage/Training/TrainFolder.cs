using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Training.Specs;
using Geometry.Training.Sweeps;

namespace Geometry.Storage.Training;

/// <summary>The two text files that describe the weights of a folder, sweep.yaml and training.yaml.</summary>
internal static class TrainFolder
{
    /// <summary>Prepares the folder: writes both files where it is new, and checks them against the job where it has a sweep.</summary>
    /// <exception cref="ResultsException">The folder has a sweep and the job does not resume, or the folder has another sweep, part or
    /// engine.</exception>
    public static void Prepare(SweepFiles files, SweepSpec spec, TrainJobOptions options)
    {
        string text = spec.ToYaml(),
            training = Training(options.Engine, options.Shard);
        if (!File.Exists(files.Spec))
        {
            if (File.Exists(files.Merging))
                throw new ResultsException($"{files.Root}: an interrupted merge is there; merge again, or choose another --out");
            RefuseStrayWeights(files);
            OwnFile.RefuseOther(files.Training, "engine: ");
            OwnFile.RefuseOther(files.Failures, FailuresCsv.FirstColumns);
            WriteTraining(files, training);
            WriteSpec(files, text);
        }
        else if (!options.Resume)
        {
            throw new ResultsException(
                $"{files.Root}: the folder holds a trained sweep; --resume goes on with it, or choose another --out"
            );
        }
        else
        {
            RefuseDifference(files.Spec, File.ReadAllText(files.Spec), "the given spec", text);
            RefuseDifference(
                files.Training,
                File.Exists(files.Training) ? File.ReadAllText(files.Training) : "",
                "what is asked for",
                training
            );
        }
        Directory.CreateDirectory(files.WeightsFolder);
        Directory.CreateDirectory(files.JournalFolder);
        if (spec.Checkpoints > 0)
            Directory.CreateDirectory(files.CheckpointsFolder);
    }

    /// <summary>Prepares a folder for a whole sweep that is merged from parts; leftovers of an interrupted merge are deleted.</summary>
    /// <exception cref="ResultsException">The folder has weights that are no leftovers of a merge.</exception>
    public static void StartMerge(SweepFiles files, SweepSpec spec, string engine)
    {
        if (File.Exists(files.Merging))
        {
            foreach (string folder in (ReadOnlySpan<string>)[files.WeightsFolder, files.CheckpointsFolder])
            {
                if (Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
            }
        }
        RefuseStrayWeights(files);
        Directory.CreateDirectory(files.JournalFolder);
        AtomicFile.Write(files.Merging, _ => { });
        WriteTraining(files, Training(engine, Shard.Whole));
        Directory.CreateDirectory(files.WeightsFolder);
        if (spec.Checkpoints > 0)
            Directory.CreateDirectory(files.CheckpointsFolder);
    }

    /// <summary>Writes sweep.yaml, which makes the folder a sweep once everything else is there.</summary>
    public static void EndMerge(SweepFiles files, SweepSpec spec)
    {
        WriteSpec(files, spec.ToYaml());
        Directory.Delete(files.JournalFolder, recursive: true);
    }

    /// <summary>The text of training.yaml.</summary>
    public static string Training(string engine, Shard shard) => $"engine: {engine}\nshard: {shard}\n";

    /// <summary>Throws where two texts differ, naming the first line that does.</summary>
    /// <exception cref="ResultsException">They differ.</exception>
    public static void RefuseDifference(string file, string found, string other, string expected)
    {
        if (found.ReplaceLineEndings("\n") == expected)
            return;
        string[] a = found.ReplaceLineEndings("\n").Split('\n'),
            b = expected.Split('\n');
        int line = 0;
        while (line < a.Length && line < b.Length && a[line] == b[line])
            line++;
        string Text(string[] lines) => line < lines.Length ? $"'{lines[line].Trim()}'" : "nothing";
        throw new ResultsException(
            FormattableString.Invariant($"{file}: differs from {other} on line {line + 1}: {Text(a)}, not {Text(b)}")
        );
    }

    private static void RefuseStrayWeights(SweepFiles files)
    {
        if (Directory.Exists(files.WeightsFolder) && Directory.EnumerateFiles(files.WeightsFolder, "*.npz").Any())
            throw new ResultsException(
                $"{files.WeightsFolder}: there are weights already, but no sweep.yaml that says of what; choose another --out"
            );
    }

    private static void WriteTraining(SweepFiles files, string text) =>
        AtomicFile.Write(files.Training, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void WriteSpec(SweepFiles files, string text) =>
        AtomicFile.Write(files.Spec, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
