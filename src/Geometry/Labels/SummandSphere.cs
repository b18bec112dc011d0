using Geometry.LinearAlgebra;
using Geometry.Spheres;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>The sphere through a summand's raw columns, inside V_S.</summary>
internal static class SummandSphere
{
    /// <summary>Fits the sphere in the coordinates of the block's first Dim axes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="columns">The learned columns, of unit length.</param>
    /// <param name="norms">‖w_i‖ of all features.</param>
    public static Sphere Fit(Block block, LearnedColumns columns, double[] norms)
    {
        int d = block.Dim;
        double[] points = new double[block.Features.Length * d];
        for (int i = 0; i < block.Features.Length; i++)
        {
            int feature = block.Features[i];
            for (int k = 0; k < d; k++)
                points[i * d + k] = norms[columns.Features[feature]] * Vectors.Dot(block.Axes.Axis(k), columns.Column(feature));
        }
        return SphereFit.Fit(points, block.Features.Length, d);
    }
}
