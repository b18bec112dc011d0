using Geometry.Measures;
using Geometry.Measures.Arrangements;
using Geometry.Measures.Codes;
using Geometry.Measures.Groups;
using Geometry.Measures.Llc;
using Geometry.Measures.Topology;
using Geometry.Reports.Measures.Summaries;
using Geometry.Training.Measures;

namespace Geometry.Reports.Measures;

/// <summary>The list of all measures, to which new ones are added.</summary>
/// <remarks>
/// Measures that need only weights and labels are in the analysis library; those that need the data or the model of a run's training (<see
/// cref="Geometry.Training.Measures.ITrainedMeasure"/>) are beside the trainers.
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

    /// <summary>Tables of a sweep's cells that are made from the tables of measures.</summary>
    public static IReadOnlyList<IMeasureSummary> Summaries { get; } = [new ArrangementLoss(), new GroupOdds()];

    /// <summary>The measure with a name, or null.</summary>
    public static IMeasure? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
