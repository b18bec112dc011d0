namespace Geometry.Labels;

/// <summary>What a user may set about labelling; everything else is estimated from the data.</summary>
public sealed record LabelOptions
{
    /// <summary>A feature is learned when its norm is at least this share of the largest; in (0, 1].</summary>
    public double MinNorm { get; init; } = 0.5;

    /// <summary>K, the largest dimension of the planes in the Hough transform, ≥ 1.</summary>
    public int MaxPlaneDim { get; init; } = 3;
}
