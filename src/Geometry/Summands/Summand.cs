using Geometry.Shapes;
using Geometry.Spheres;

namespace Geometry.Summands;

/// <summary>A direct summand: a maximal set of learned features that spans V_S, with V = ⊕ V_S.</summary>
/// <param name="Dim">dim V_S.</param>
/// <param name="Features">The features in it, ascending indices into the columns of W.</param>
/// <param name="Match">Its shape with residual and significance.</param>
/// <param name="Sphere">The sphere through its raw columns.</param>
public sealed record Summand(int Dim, IReadOnlyList<int> Features, ShapeMatch Match, Sphere Sphere)
{
    /// <summary>Number of features in the summand.</summary>
    public int Count => Features.Count;
}
