using Geometry.Labels;
using Geometry.Reports.Phases;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Reports.Training;

/// <summary>Reads the checkpoints of a trained folder and labels some of its runs along their training.</summary>
/// <remarks>
/// Looked for are weight files below <c>checkpoints/</c> with a parameter <c>step</c>; a new run begins wherever the step does not rise. Of more runs than
/// asked for, evenly spread ones are taken. Labelling costs what it costs in <c>label</c>.
/// </remarks>
public static class TrainingCurves
{
    /// <summary>Name of the folder.</summary>
    public const string Folder = "checkpoints";

    /// <summary>The curves, and how many runs there are in all.</summary>
    /// <param name="folder">The trained folder.</param>
    /// <param name="most">Most runs to label.</param>
    /// <param name="results">The labelled folder, whose table <c>dynamics</c> adds what was measured; null for none.</param>
    public static (IReadOnlyList<TrainingCurve> Curves, int Runs) Read(string folder, int most, ResultsReader? results = null)
    {
        string checkpoints = Path.Combine(folder, Folder);
        if (!Directory.Exists(checkpoints)) return ([], 0);
        var spans = new List<(InputFile File, int Run, int Start, int Count)>();
        foreach (InputFile input in InputDiscovery.Expand([checkpoints]).Where(i => i.Failure is null))
        {
            try
            {
                using SweepFile file = SweepFile.Open(input.Path, new SweepFileOptions());
                if (file.ParameterNames.Contains("step")) AddSpans(spans, input, file);
            }
            catch (InputException)
            {
                // Not weights: nothing to draw, and label is the verb that complains about inputs.
            }
        }
        int shown = Math.Min(most, spans.Count);
        var curves = new List<TrainingCurve>(shown);
        for (int i = 0; i < shown; i++) curves.Add(Read(spans[(int)((long)i * spans.Count / shown)], results));
        return (curves, spans.Count);
    }

    private static void AddSpans(List<(InputFile File, int Run, int Start, int Count)> spans, InputFile input, SweepFile file)
    {
        int start = 0, run = 0;
        for (int i = 1; i <= file.Instances; i++)
        {
            if (i < file.Instances && file.Parameter("step", i) > file.Parameter("step", i - 1)) continue;
            if (i - start > 1) spans.Add((input, run, start, i - start));
            (start, run) = (i, run + 1);
        }
    }

    private static TrainingCurve Read((InputFile File, int Run, int Start, int Count) span, ResultsReader? results)
    {
        Dictionary<double, DynamicsRow> measured = results is null ? [] : DynamicsTable.Read(results, Path.GetFileName(span.File.Path), span.Run).ToDictionary(r => r.Step);
        using SweepFile file = SweepFile.Open(span.File.Path, new SweepFileOptions());
        var points = new List<TrainingPoint>(span.Count);
        for (int i = span.Start; i < span.Start + span.Count; i++)
        {
            try
            {
                RunLabel label = LabelPipeline.Label(file.ReadConfiguration(i), new LabelOptions());
                double step = file.Parameter("step", i) ?? double.NaN;
                points.Add(new TrainingPoint(step, label.Label, label.Formula, label.Norms, label.Dimensionalities) { Measured = measured.GetValueOrDefault(step) });
            }
            catch (InputException)
            {
                // A checkpoint that diverged ends its curve's meaning, not the report.
            }
        }
        IEnumerable<string> parameters = file.ParameterNames.Where(p => p is not "step" and not "loss")
            .Select(p => (Name: p, Value: file.Parameter(p, span.Start))).Where(p => p.Value is { } v && !double.IsNaN(v))
            .Select(p => $"{p.Name} {PhaseAxis.Text(new ParameterValue(p.Value!.Value))}");
        return new TrainingCurve(string.Join(", ", [span.File.Source, .. parameters]), file.Features, points);
    }
}
