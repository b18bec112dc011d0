using Geometry.Shapes;
using Geometry.Shapes.Descriptions;
using Geometry.Spheres;

namespace Geometry.Labels;

/// <summary>A direct summand: learned features that span a subspace V_S, with V = ⊕ V_S.</summary>
/// <param name="Dim">dim V_S.</param>
/// <param name="Features">The features in it, ascending indices into the columns of W.</param>
/// <param name="Match">The shape of its directions, with residual and significance.</param>
/// <param name="Sphere">The sphere through its raw columns.</param>
public sealed record Summand(int Dim, IReadOnlyList<int> Features, ShapeMatch Match, Sphere Sphere)
{
    /// <summary>Number of features in the summand.</summary>
    public int Count => Features.Count;

    /// <summary>Number of distinct directions, 1 … Count; features that are closer than noise can tell apart share one.</summary>
    public int Directions { get; init; } = Features.Count;

    /// <summary>
    /// The index of the direction of each entry of <see cref="Features"/>, 0 … Directions − 1, numbered by first feature.
    /// </summary>
    public IReadOnlyList<int> DirectionOf { get; init; } = Enumerable.Range(0, Features.Count).ToArray();

    /// <summary>
    /// A description of the directions where no shape was accepted; null where one was, or where the features stick out of V_S.
    /// </summary>
    public ConfigurationDescription? Description { get; init; }
}
