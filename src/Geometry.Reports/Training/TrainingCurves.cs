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
/// <remarks>Of more runs than asked for, evenly spread ones are used. Labelling takes as long as in <c>label</c>.</remarks>
public static class TrainingCurves
{
    /// <summary>The curves, and the number of all runs.</summary>
    /// <param name="folder">The trained folder.</param>
    /// <param name="most">Largest number of runs to label.</param>
    /// <param name="results">The labelled folder, whose table <c>dynamics</c> adds measured values; null for none.</param>
    /// <param name="levels">The levels of k-gons for the losses; null for none.</param>
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
                // A checkpoint that diverged ends its curve, not the report.
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

    /// <summary>The levels at which the run stays, and the other levels without silenced vertices in the range of its losses.</summary>
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

/// <summary>One run during its training.</summary>
/// <param name="Name">The name of the run: file, seed and swept parameters.</param>
/// <param name="Features">n.</param>
/// <param name="Points">Its checkpoints, by step.</param>
public sealed record TrainingCurve(string Name, int Features, IReadOnlyList<TrainingPoint> Points)
{
    /// <summary>Levels of the loss, where theory has some: name k^{σ+,φ−} and E‖x − x'‖², from the highest down; else empty.</summary>
    public IReadOnlyList<(string Name, double Loss)> Levels { get; init; } = [];
}

/// <summary>A checkpoint.</summary>
/// <param name="Step">Training step.</param>
/// <param name="Label">Its label.</param>
/// <param name="Formula">Its formula.</param>
/// <param name="Norms">‖w_i‖, length n.</param>
/// <param name="Dimensionalities">D_i, length n.</param>
public sealed record TrainingPoint(
    double Step,
    string Label,
    string Formula,
    IReadOnlyList<double> Norms,
    IReadOnlyList<double> Dimensionalities
)
{
    /// <summary>Its row of the measure <c>dynamics</c>; null where the run was not measured.</summary>
    public DynamicsRow? Measured { get; init; }

    /// <summary>E‖x − x'‖², exact, where its levels are known; else NaN.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Name of the k-gon at whose level it is; empty for none.</summary>
    public string Polygon { get; init; } = "";
}
