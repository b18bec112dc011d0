using Geometry.Spheres;
using Geometry.Tests.Grassmannian.Planes;
using Xunit;

namespace Geometry.Tests.Spheres;

public class SphereFitTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    [InlineData(3, 40)]
    [InlineData(4, 24)]
    [InlineData(7, 30)]
    [InlineData(20, 60)]
    public void FindsTheSphereThatThePointsLieOn(int dim, int count)
    {
        var random = new Random((100 * dim) + count);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] center = [.. Enumerable.Range(0, dim).Select(_ => random.NextDouble() - 0.5)],
                found = new double[dim];
            double radius = 0.5 + random.NextDouble();
            double[] points = OnSphere(random, dim, count, center, radius);
            if (dim == 1)
                (points[0], points[1]) = (center[0] - radius, center[0] + radius);
            Sphere sphere = SphereFit.Fit(points, count, dim, found);
            // Few random points may be nearly affinely dependent: the tolerance leaves room for a condition of 1e5.
            Assert.Equal(radius, sphere.Radius, 1e-8);
            for (int d = 0; d < dim; d++)
                Assert.Equal(center[d], found[d], 1e-8);
            Assert.InRange(sphere.Rms, 0, 1e-12);
            Assert.Equal(Math.Sqrt(center.Sum(x => x * x)), sphere.CenterNorm, 1e-8);
        }
    }

    [Fact]
    public void IsALeastSquaresMinimumOnNoisyPoints()
    {
        var random = new Random(4);
        for (int trial = 0; trial < 30; trial++)
        {
            int dim = 2 + (trial % 3),
                count = 8 + trial;
            double[] points =
            [
                .. OnSphere(random, dim, count, new double[dim], 1).Select(x => x + (0.05 * PlaneConfigurations.Gaussian(random))),
            ];
            double[] center = new double[dim];
            Sphere sphere = SphereFit.Fit(points, count, dim, center);
            Assert.Equal(Rms(points, count, dim, center), sphere.Rms, 1e-13);
            // The gradient vanishes: every small move of the centre makes it worse.
            for (int d = 0; d < dim; d++)
            {
                foreach (double move in new[] { -1e-4, 1e-4 })
                {
                    double[] moved = [.. center];
                    moved[d] += move;
                    Assert.True(Rms(points, count, dim, moved) > sphere.Rms);
                }
                double[] plus = [.. center],
                    minus = [.. center];
                plus[d] += 1e-5;
                minus[d] -= 1e-5;
                Assert.InRange((Rms(points, count, dim, plus) - Rms(points, count, dim, minus)) / 2e-5, -1e-6, 1e-6);
            }
        }
    }

    [Fact]
    public void IsInvariantUnderRotationPermutationAndScaling()
    {
        var random = new Random(6);
        for (int trial = 0; trial < 20; trial++)
        {
            int dim = 2 + (trial % 4),
                count = dim + 2 + (trial % 7);
            double[] points =
            [
                .. OnSphere(random, dim, count, [.. Enumerable.Repeat(0.3, dim)], 1)
                    .Select(x => x + (0.03 * PlaneConfigurations.Gaussian(random))),
            ];
            Sphere plain = SphereFit.Fit(points, count, dim);
            double[] q = PlaneConfigurations.RandomOrthogonal(random, dim);
            double[] rotated =
            [
                .. Enumerable
                    .Range(0, count)
                    .SelectMany(i =>
                        Enumerable.Range(0, dim).Select(r => Enumerable.Range(0, dim).Sum(c => q[(r * dim) + c] * points[(i * dim) + c]))
                    ),
            ];
            Same(plain, SphereFit.Fit(rotated, count, dim), 1);
            double[] reversed = [.. Enumerable.Range(0, count).Reverse().SelectMany(i => points.Skip(i * dim).Take(dim))];
            Same(plain, SphereFit.Fit(reversed, count, dim), 1);
            foreach (double factor in new[] { 1e-150, 1e-3, 1e150 })
                Same(plain, SphereFit.Fit([.. points.Select(x => x * factor)], count, dim), factor);
        }
    }

    [Theory]
    [InlineData("one point: a dedicated feature", 1, new[] { -1.5 }, new[] { 0.0 }, 1.5)]
    [InlineData("one point in the plane", 2, new[] { 3.0, 4 }, new[] { 0.0, 0 }, 5)]
    [InlineData("the same point thrice", 2, new[] { 3.0, 4, 3, 4, 3, 4 }, new[] { 0.0, 0 }, 5)]
    [InlineData("antipodal pair of unequal norms: centre midway", 1, new[] { 1.0, -0.6 }, new[] { 0.2 }, 0.8)]
    [InlineData(
        "pair in the plane: nearest to the origin of the bisector",
        2,
        new[] { 1.0, 1, -1, 1 },
        new[] { 0.0, 0 },
        1.4142135623730951
    )]
    [InlineData("triangle: circumcircle", 2, new[] { 0.0, 0, 2, 0, 0, 2 }, new[] { 1.0, 1 }, 1.4142135623730951)]
    [InlineData(
        "cocircular points in space: centre nearest to the origin",
        3,
        new[] { 1.0, 0, 2, -1, 0, 2, 0, 1, 2, 0, -1, 2 },
        new[] { 0.0, 0, 0 },
        2.23606797749979
    )]
    [InlineData("antipodal pair in a plane of space", 3, new[] { 0.5, 0.5, 0, -0.5, -0.5, 0 }, new[] { 0.0, 0, 0 }, 0.7071067811865476)]
    [InlineData("only the origin", 2, new[] { 0.0, 0, 0, 0 }, new[] { 0.0, 0 }, 0)]
    public void DegenerateCasesAreAsDocumented(string name, int dim, double[] points, double[] center, double radius)
    {
        Assert.NotEmpty(name);
        double[] found = new double[dim];
        Sphere sphere = SphereFit.Fit(points, points.Length / dim, dim, found);
        Assert.Equal(radius, sphere.Radius, 1e-12);
        Assert.InRange(sphere.Rms, 0, 1e-12);
        for (int d = 0; d < dim; d++)
            Assert.Equal(center[d], found[d], 1e-12);
    }

    [Fact]
    public void CollinearPointsGiveAFiniteSphereWithItsResidual()
    {
        Sphere sphere = SphereFit.Fit([0, 1, 1, 1, 2, 1, 5, 1], 4, 2);
        Assert.True(double.IsFinite(sphere.Radius) && sphere.Radius > 0);
        Assert.True(sphere.Rms > 0.1);
    }

    [Fact]
    public void BadInputIsRefused()
    {
        Assert.Throws<ArgumentException>(() => SphereFit.Fit([], 0, 2));
        Assert.Throws<ArgumentException>(() => SphereFit.Fit([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentException>(() => SphereFit.Fit([1, 2], 1, 2, new double[1]));
        Assert.Contains(
            "coordinate 1 of point 0",
            Assert.Throws<ArgumentException>(() => SphereFit.Fit([1, double.NaN], 1, 2)).Message,
            StringComparison.Ordinal
        );
    }

    private static double[] OnSphere(Random random, int dim, int count, double[] center, double radius) =>
        [
            .. PlaneConfigurations
                .Directions(random, dim, count)
                .SelectMany(x => x.Select((v, d) => center[d] + (radius * v / Math.Sqrt(x.Sum(w => w * w))))),
        ];

    private static double Rms(double[] points, int count, int dim, double[] center)
    {
        double[] distances =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Math.Sqrt(Enumerable.Range(0, dim).Sum(d => Math.Pow(points[(i * dim) + d] - center[d], 2)))),
        ];
        return Math.Sqrt(distances.Average(x => Math.Pow(x - distances.Average(), 2)));
    }

    private static void Same(Sphere expected, Sphere found, double factor)
    {
        // A sphere barely curved over its points is ill-conditioned; relative to its own size it is still the same.
        double tolerance = 1e-6 * (1 + expected.Radius);
        Assert.Equal(expected.Radius, found.Radius / factor, tolerance);
        Assert.Equal(expected.Rms, found.Rms / factor, 1e-9);
        Assert.Equal(expected.CenterNorm, found.CenterNorm / factor, tolerance);
    }
}
