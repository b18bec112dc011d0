using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Geometry.Spheres;

namespace Geometry.Labels;

/// <summary>A direct summand: a maximal set of learned features that spans V_S, with V = ⊕ V_S.</summary>
/// <param name="Dim">dim V_S.</param>
/// <param name="Features">The features in it, ascending indices into the columns of W.</param>
/// <param name="Match">Its shape with residual and significance: that of the directions.</param>
/// <param name="Sphere">The sphere through its raw columns.</param>
public sealed record Summand(int Dim, IReadOnlyList<int> Features, ShapeMatch Match, Sphere Sphere)
{
    /// <summary>Number of features in the summand.</summary>
    public int Count => Features.Count;

    /// <summary>Number of distinct directions, 1 … Count; features closer than the noise tells apart share one.</summary>
    public int Directions { get; init; } = Features.Count;

    /// <summary>
    /// For each entry of <see cref="Features"/> the index of its direction, 0 … Directions − 1, numbered by first feature.
    /// </summary>
    public IReadOnlyList<int> DirectionOf { get; init; } = Apart(Features.Count);

    private static int[] Apart(int count)
    {
        int[] directionOf = new int[count];
        for (int i = 0; i < count; i++)
            directionOf[i] = i;
        return directionOf;
    }

    /// <summary>
    /// What can be said of the directions where no shape was accepted; null where one was, or where the features stick out of V_S.
    /// </summary>
    public ConfigurationDescription? Description { get; init; }
}
