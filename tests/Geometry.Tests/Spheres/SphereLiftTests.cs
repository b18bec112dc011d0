using Geometry.Grassmannian;
using Geometry.RandomNumbers;
using Geometry.Spheres;
using Xunit;

namespace Geometry.Tests.Spheres;

public sealed class SphereLiftTests
{
    [Fact]
    public void Any_three_points_of_a_circle_span_its_plane_and_no_point_off_it_does()
    {
        // A circle of radius 0.7 about (0.2, −0.1, 0.3) in a tilted plane of R³; then one point moved off it by 0.01.
        double[] points = new double[24];
        for (int i = 0; i < 8; i++)
        {
            (double sin, double cos) = Math.SinCos(0.4 + (i * 0.7));
            (points[3 * i], points[(3 * i) + 1], points[(3 * i) + 2]) = (
                0.2 + (0.7 * cos),
                -0.1 + (0.7 * 0.6 * sin),
                0.3 + (0.7 * 0.8 * sin)
            );
        }
        double[] reference = Plane(points, 0, 3, 5);
        foreach ((int a, int b, int c) in new[] { (1, 2, 4), (0, 6, 7), (2, 5, 7) })
            Assert.InRange(ChordalDistance.FromBases(reference, Plane(points, a, b, c), 5, 3), 0, 1e-12);
        points[3 * 4] += 0.01;
        Assert.InRange(ChordalDistance.FromBases(reference, Plane(points, 1, 2, 4), 5, 3), 1e-3, 0.2);
    }

    [Fact]
    public void Rows_are_unit_and_sizes_are_checked()
    {
        double[] points = new double[12],
            lifted = new double[20];
        new GaussianSource(91).Normal(points);
        SphereLift.Lift(points, 4, 3, lifted);
        for (int i = 0; i < 4; i++)
            Assert.Equal(1, lifted.Skip(5 * i).Take(5).Sum(v => v * v), 12);
        Assert.Throws<ArgumentException>(() => SphereLift.Lift(points, 4, 3, new double[19]));
        Assert.Throws<ArgumentException>(() => SphereLift.Lift(points, 5, 3, new double[25]));
    }

    private static double[] Plane(double[] points, params int[] three)
    {
        double[] lifted = new double[40],
            basis = new double[15];
        SphereLift.Lift(points, 8, 3, lifted);
        double[] columns = [.. three.SelectMany(i => lifted.Skip(5 * i).Take(5))];
        Assert.Equal(3, ColumnReduction.Orthonormal(columns, 5, 3, basis).Rank);
        return basis;
    }
}
