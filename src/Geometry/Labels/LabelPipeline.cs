using Geometry.Configurations;

namespace Geometry.Labels;

/// <summary>W → label.</summary>
public static class LabelPipeline
{
    /// <summary>Labels one run.</summary>
    public static RunLabel Label(FeatureConfiguration configuration, LabelOptions options) => throw new NotImplementedException();
}
