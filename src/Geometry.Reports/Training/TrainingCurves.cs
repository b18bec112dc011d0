using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Reports.Phases;
using Geometry.Storage.Files;
using Geometry.Storage.Measures;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;
using Geometry.Theory;

namespace Geometry.Reports.Training;

/// <summary>
/// Reads the checkpoints of a trained folder (<see cref="CheckpointFiles"/>) and labels some of its runs along their training.
/// </summary>
/// <remarks>Of more runs than asked for, evenly spread ones are taken. Labelling costs what it costs in <c>label</c>.</remarks>
public static class TrainingCurves
{
    /// <summary>The curves, and how many runs there are in all.</summary>
    /// <param name="folder">The trained folder.</param>
    /// <param name="most">Most runs to label.</param>
    /// <param name="results">The labelled folder, whose table <c>dynamics</c> adds what was measured; null for none.</param>
    /// <param name="levels">The levels of k-gons to hold the losses against; null for none.</param>
    public static (IReadOnlyList<TrainingCurve> Curves, int Runs) Read(
        string folder,
        int most,
        ResultsReader? results = null,
        CheckpointLevels? levels = null
    )
    {
        List<CheckpointSpan> spans = CheckpointFiles.Find(folder);
        int shown = Math.Min(most, spans.Count);
        var curves = new List<TrainingCurve>(shown);
        for (int i = 0; i < shown; i++)
            curves.Add(Read(spans[(int)((long)i * spans.Count / shown)], results, levels));
        return (curves, spans.Count);
    }

    private static TrainingCurve Read(CheckpointSpan span, ResultsReader? results, CheckpointLevels? levels)
    {
        Dictionary<double, DynamicsRow> measured = results is null
            ? []
            : DynamicsTable.Read(results, Path.GetFileName(span.File.Path), span.Run).ToDictionary(r => r.Step);
        using SweepFile file = SweepFile.Open(span.File.Path, new SweepFileOptions());
        var points = new List<TrainingPoint>(span.Count);
        for (int i = span.Start; i < span.Start + span.Count; i++)
        {
            try
            {
                FeatureConfiguration weights = file.ReadConfiguration(i);
                RunLabel label = LabelPipeline.Label(weights, new LabelOptions());
                (double loss, PolygonPoint? point) = levels?.Place(weights, file.ReadBias(i)) ?? (double.NaN, null);
                double step = file.Parameter("step", i) ?? double.NaN;
                points.Add(
                    new TrainingPoint(step, label.Label, label.Formula, label.Norms, label.Dimensionalities)
                    {
                        Measured = measured.GetValueOrDefault(step),
                        Loss = loss,
                        Polygon = point?.Name ?? "",
                    }
                );
            }
            catch (InputException)
            {
                // A checkpoint that diverged ends its curve's meaning, not the report.
            }
        }
        IEnumerable<string> parameters = file
            .ParameterNames.Where(p => p is not "step" and not "loss")
            .Select(p => (Name: p, Value: file.Parameter(p, span.Start)))
            .Where(p => p.Value is { } v && !double.IsNaN(v))
            .Select(p => $"{p.Name} {PhaseAxis.Text(new ParameterValue(p.Value!.Value))}");
        return new TrainingCurve(string.Join(", ", [span.File.Source, .. parameters]), file.Features, points)
        {
            Levels = Levels(points, levels?.For(file.Features)),
        };
    }

    /// <summary>The levels at which the run stays, and the others of no silenced vertex in the range of its losses.</summary>
    private static IReadOnlyList<(string Name, double Loss)> Levels(List<TrainingPoint> points, PolygonLevels? levels)
    {
        const double Room = 0.15;
        double[] losses = [.. points.Select(p => p.Loss).Where(double.IsFinite)];
        if (levels is null || losses.Length == 0)
            return [];
        double low = losses.Min() * (1 - Room),
            high = losses.Max() * (1 + Room);
        HashSet<string> met = [.. points.Select(p => p.Polygon)];
        return
        [
            .. levels
                .Points.Where(p => met.Contains(p.Name) || (p.Silenced == 0 && p.Loss >= low && p.Loss <= high))
                .Select(p => (p.Name, p.Loss)),
        ];
    }
}
