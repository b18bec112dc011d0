namespace Geometry.Shapes.Matching;

/// <summary>A residual that no correspondence and no member of the family can go below.</summary>
internal static class LowerBound
{
    /// <summary>
    /// Least distance of the sorted angles over the poses, less the reach of the poses: no member's angles
    /// are farther than that from those of the nearest pose. Radians, ≥ 0.
    /// </summary>
    public static double Of(ReadOnlySpan<double> sorted, ShapeGeometry shape)
    {
        double least = double.PositiveInfinity;
        foreach (ShapePose pose in shape.Poses)
            least = Math.Min(least, PairAngles.LowerBound(sorted, pose.Sorted));
        return Math.Max(0, least - shape.PoseReach);
    }
}
