namespace Geometry.Shapes.Matching;

/// <summary>All correspondences with a regular simplex are equal: its angles are all the same.</summary>
internal static class SimplexMatcher
{
    /// <summary>Residual in radians; the identity is kept as the best correspondence. O(count²).</summary>
    public static double Match(Correspondence state, ShapeGeometry shape)
    {
        state.Begin(shape);
        state.UsePose(shape.Poses[0]);
        for (int i = 0; i < state.Count; i++)
            state.Trial[i] = i;
        state.Keep(state.Residual());
        return state.BestResidual;
    }
}
