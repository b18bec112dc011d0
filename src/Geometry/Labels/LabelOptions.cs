namespace Geometry.Labels;

/// <summary>What a user may set about labelling; everything else is estimated from the data.</summary>
public sealed record LabelOptions
{
    /// <summary>A feature is learned when its norm is at least this share of the largest; in (0, 1].</summary>
    public double MinNorm { get; init; } = 0.5;

    /// <summary>K, the largest dimension of the planes in the Hough transform, ≥ 1.</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>c: where the subsets of a dimension are too many to enumerate, planes that hold at least c features are looked for in random pools (<see cref="Grassmannian.SamplingPlan"/>); 0 leaves it out.</summary>
    public int SampleFeatures { get; init; }
}
