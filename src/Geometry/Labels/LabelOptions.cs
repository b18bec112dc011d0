using Geometry.Atlas;
using Geometry.Decisions;
using Geometry.Shapes;

namespace Geometry.Labels;

/// <summary>Which route proposes the summands.</summary>
public enum SummandRoute
{
    /// <summary>Gram blocks and Hough planes both make proposals; the partition with most evidence wins.</summary>
    Both,

    /// <summary>The planes of the Grassmannian Hough transform alone.</summary>
    Planes,

    /// <summary>The blocks of the Gram matrix alone.</summary>
    Blocks,
}

/// <summary>What a user may set about labelling; everything else is estimated from the data.</summary>
public sealed record LabelOptions
{
    /// <summary>A feature is learned when its norm is at least this share of the largest; in (0, 1].</summary>
    public double MinNorm { get; init; } = 0.5;

    /// <summary>K, the largest dimension of the planes in the Hough transform, ≥ 1.</summary>
    public int MaxPlaneDim { get; init; } = 3;

    /// <summary>
    /// c: in a dimension with too many subsets to enumerate, planes that hold at least c features are searched for in random pools of
    /// features (<see cref="Grassmannian.SamplingPlan"/>); 0: such a dimension is left out.
    /// </summary>
    public int SampleFeatures { get; init; }

    /// <summary>Which route proposes the summands.</summary>
    public SummandRoute Route { get; init; } = SummandRoute.Both;

    /// <summary>
    /// The shapes that a summand may have: <see cref="ShapeCatalogue.Default"/>, here with the forms of the built-in atlas.
    /// </summary>
    public ShapeCatalogue Catalogue
    {
        get => _catalogue ?? FormAtlas.BuiltInCatalogue;
        init => _catalogue = value;
    }

    /// <summary>Null until it is needed: reading the built-in atlas takes milliseconds, which many uses never need.</summary>
    private readonly ShapeCatalogue? _catalogue;

    /// <summary>The numbers on which the label depends.</summary>
    internal DecisionConstants Constants { get; init; } = DecisionConstants.Default;
}
