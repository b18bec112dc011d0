using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Spheres;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>The sphere through a summand's raw columns, inside V_S.</summary>
internal static class SummandSphere
{
    /// <summary>Fits the sphere in the coordinates of the block's first Dim axes.</summary>
    public static Sphere Fit(Block block, int[] features, FeatureConfiguration w)
    {
        int d = block.Dim;
        double[] points = new double[features.Length * d];
        for (int i = 0; i < features.Length; i++)
        {
            for (int k = 0; k < d; k++) points[i * d + k] = Vectors.Dot(block.Axes.Axis(k), w.Column(features[i]));
        }
        return SphereFit.Fit(points, features.Length, d);
    }
}
