using Geometry.Configurations;
using Geometry.Labels;
using MathNet.Numerics.LinearAlgebra;

namespace Geometry.Cli.Inspect;

/// <summary>The columns of a two-dimensional summand in coordinates of its plane.</summary>
internal static class PlaneCoordinates
{
    /// <summary>
    /// Coordinates in the plane of the two leading left singular vectors, the plane nearest to the columns. The first feature points up,
    /// and the next one that is not on its line lies to the right.
    /// </summary>
    public static (double X, double Y)[] Of(FeatureConfiguration configuration, Summand summand)
    {
        int m = configuration.Hidden,
            count = summand.Count;
        Matrix<double> columns = Matrix<double>.Build.Dense(m, count, (row, i) => configuration.Column(summand.Features[i])[row]);
        Matrix<double> u = columns.Svd(computeVectors: true).U;
        var points = new (double X, double Y)[count];
        for (int i = 0; i < count; i++)
        {
            Vector<double> column = columns.Column(i);
            points[i] = (u.Column(0) * column, m > 1 ? u.Column(1) * column : 0);
        }
        return Upright(points);
    }

    /// <summary>
    /// Rotates vectors in place so that the first one points up, and reflects them so that the next one that is not on its line lies to the
    /// right.
    /// </summary>
    public static (double X, double Y)[] Upright((double X, double Y)[] points)
    {
        (double ux, double uy) = points[0];
        double norm = Math.Sqrt((ux * ux) + (uy * uy));
        if (norm == 0)
            return points;
        int side = 0;
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y) = points[i];
            double across = ((x * uy) - (y * ux)) / norm,
                along = ((x * ux) + (y * uy)) / norm;
            if (side == 0 && Math.Abs(across) > 0.05 * norm)
                side = Math.Sign(across);
            points[i] = (across, along);
        }
        if (side < 0)
        {
            for (int i = 0; i < points.Length; i++)
                points[i].X = -points[i].X;
        }
        return points;
    }
}
