using Geometry.Decisions;

namespace Geometry.Shapes.Matching;

/// <summary>
/// How nearly a shape is symmetric beyond its symmetries: the smallest residual between a member and the family under a correspondence that
/// comes from an orthogonal map and is not an automorphism.
/// </summary>
/// <remarks>
/// It is found by matching the shape with itself, at every pose and with the widest tolerance. A code with a near-symmetry has a small gap,
/// and the matcher then looks at all correspondences; a highly symmetric polytope has a large gap.
/// </remarks>
internal static class AmbiguityGap
{
    private const double SameShape = 1e-5;

    /// <summary>The gap in radians; +∞ where the search finds no such correspondence.</summary>
    public static double Of(ShapeGeometry shape)
    {
        if (shape.IsSimplex)
            return double.PositiveInfinity;
        // The gap is a property of the shape: a change of the deciding numbers, made to see what depends on them, does not change it.
        DecisionConstants constants = DecisionConstants.Default;
        var search = new CorrespondenceSearch();
        double gap = double.PositiveInfinity;
        foreach (ShapePose pose in shape.Poses)
        {
            search.State.Load(pose.Vertices, shape.Dim, shape.Count);
            search.State.SortAngles();
            search.Run(shape, CorrespondenceSearch.FullBudget(shape.Count, constants), constants, ignoreBelow: SameShape);
            gap = Math.Min(gap, search.State.BestResidual);
        }
        return gap;
    }
}
