using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Descriptions;
using Geometry.Spheres;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>Describes a summand without a name from its directions inside V_S.</summary>
internal static class SummandDescription
{
    /// <summary>
    /// The description; null where a direction mostly sticks out of V_S, or where the features that share a direction cancel each other.
    /// </summary>
    /// <param name="block">The summand; its first Dim axes span V_S.</param>
    /// <param name="columns">The learned columns.</param>
    /// <param name="directions">Number of distinct directions.</param>
    /// <param name="directionOf">The direction of each of the block's features; a direction is the mean of its features.</param>
    /// <param name="noise">Standard deviation of a direction's coordinates, radians, ≥ 0.</param>
    /// <param name="constants">The numbers that decide.</param>
    public static ConfigurationDescription? Of(
        Block block,
        LearnedColumns columns,
        int directions,
        IReadOnlyList<int> directionOf,
        double noise,
        DecisionConstants constants
    )
    {
        int d = block.Dim;
        double[] y = new double[directions * d],
            coordinates = new double[d];
        for (int i = 0; i < block.Features.Length; i++)
        {
            block.Project(columns.Column(block.Features[i]), coordinates);
            Vectors.Axpy(1, coordinates, y.AsSpan(directionOf[i] * d, d));
        }
        for (int i = 0; i < directions; i++)
        {
            Span<double> row = y.AsSpan(i * d, d);
            double norm = Vectors.Norm(row);
            if (norm < constants.LeastInPlane)
                return null;
            for (int k = 0; k < d; k++)
                row[k] /= norm;
        }
        return ConfigurationDescription.Of(y, d, directions, noise, constants);
    }
}

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
            Span<double> point = points.AsSpan(i * d, d);
            block.Project(columns.Column(feature), point);
            Vectors.Scale(norms[columns.Features[feature]], point);
        }
        return SphereFit.Fit(points, block.Features.Length, d);
    }
}
