using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Training;

/// <summary>One run in a file of checkpoints: its index Run in the file, and its instances Start … Start + Count − 1.</summary>
internal readonly record struct CheckpointSpan(InputFile File, int Run, int Start, int Count);

/// <summary>The checkpoints of a trained folder, run by run.</summary>
/// <remarks>
/// These are the weight files below <c>checkpoints/</c> with a parameter <c>step</c>; a new run begins wherever the step does not increase.
/// </remarks>
internal static class CheckpointFiles
{
    /// <summary>Name of the folder.</summary>
    public const string Folder = "checkpoints";

    /// <summary>The runs with at least two checkpoints, in the order of the files.</summary>
    public static List<CheckpointSpan> Find(string folder)
    {
        var spans = new List<CheckpointSpan>();
        string checkpoints = Path.Combine(folder, Folder);
        if (!Directory.Exists(checkpoints))
            return spans;
        foreach (InputFile input in InputDiscovery.Expand([checkpoints]).Where(i => i.Failure is null))
        {
            try
            {
                using SweepFile file = SweepFile.Open(input.Path, new SweepFileOptions());
                if (file.ParameterNames.Contains("step"))
                    AddSpans(spans, input, file);
            }
            catch (InputException)
            {
                // The file has no weights, and there is nothing to draw; <c>label</c> is the verb that reports broken inputs.
            }
        }
        return spans;
    }

    private static void AddSpans(List<CheckpointSpan> spans, InputFile input, SweepFile file)
    {
        int start = 0,
            run = 0;
        for (int i = 1; i <= file.Instances; i++)
        {
            if (i < file.Instances && file.Parameter("step", i) > file.Parameter("step", i - 1))
                continue;
            if (i - start > 1)
                spans.Add(new CheckpointSpan(input, run, start, i - start));
            (start, run) = (i, run + 1);
        }
    }
}
