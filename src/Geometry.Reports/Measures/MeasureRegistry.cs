using Geometry.Measures;
using Geometry.Measures.Arrangements;
using Geometry.Measures.Codes;
using Geometry.Measures.Groups;
using Geometry.Measures.Llc;
using Geometry.Measures.Topology;
using Geometry.Reports.Measures.Summaries;
using Geometry.Training.Measures;

namespace Geometry.Reports.Measures;

/// <summary>All measures there are; adding one is adding it here.</summary>
/// <remarks>
/// Measures that need weights and labels alone live in the analysis library; those that need the data or the model that a run was trained
/// with (<see cref="Geometry.Training.Measures.ITrainedMeasure"/>) beside the trainers.
/// </remarks>
public static class MeasureRegistry
{
    /// <summary>The measures, in the order in which help lists them.</summary>
    public static IReadOnlyList<IMeasure> All { get; } =
    [
        new TopologyMeasure(),
        new ArrangementMeasure(),
        new CodesMeasure(),
        new GroupsMeasure(),
        new LlcMeasure(new LlcOptions()),
        new LossMeasure(),
        new DynamicsMeasure(DynamicsMeasure.Standard),
        new PerturbationMeasure(),
        new HeadMeasure(),
    ];

    /// <summary>Tables of a sweep's cells that are made of the measures' tables.</summary>
    public static IReadOnlyList<IMeasureSummary> Summaries { get; } = [new ArrangementLoss(), new GroupOdds()];

    /// <summary>The measure of a name, or null.</summary>
    public static IMeasure? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
