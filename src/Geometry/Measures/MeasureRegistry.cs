using Geometry.Measures.Topology;

namespace Geometry.Measures;

/// <summary>All measures there are; adding one is adding it here.</summary>
public static class MeasureRegistry
{
    /// <summary>The measures, in the order in which help lists them.</summary>
    public static IReadOnlyList<IMeasure> All { get; } = [new TopologyMeasure()];

    /// <summary>The measure of a name, or null.</summary>
    public static IMeasure? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}
