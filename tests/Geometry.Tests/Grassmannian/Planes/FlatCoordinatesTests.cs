using Geometry.Grassmannian.Planes;
using Geometry.LinearAlgebra;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian.Planes;

/// <summary>Compares the coordinates and the flat of a plane with Gram–Schmidt on the columns.</summary>
public class FlatCoordinatesTests
{
    [Theory]
    [InlineData(1, 3, 13, 0.8)]
    [InlineData(2, 4, 16, 0.5)]
    [InlineData(3, 5, 19, 0.7)]
    [InlineData(3, 6, 9, 1.2)]
    public void CoordinatesAndResidualsAreThoseOfTheColumns(int k, int m, int n, double epsilon)
    {
        double[] x = Finish(Directions(new Random(n), m, n), new Random(n), 0, rotate: false);
        var problem = new PlaneProblem(x, Gram(x, m), m, n, k, epsilon, 0.05);
        int[] subset = [.. Enumerable.Range(0, k).Select(i => (2 * i) + 1)],
            flat = new int[n];
        double[] factor = new double[k * k],
            y = new double[k * problem.Stride],
            residuals = new double[problem.Stride],
            basis = new double[k * m];
        for (int i = 0; i < k * k; i++)
            factor[i] = problem.Gram[(subset[i / k] * problem.Stride) + subset[i % k]];
        Assert.True(SmallCholesky.Factor(factor, k));
        int count = FlatCoordinates.Flat(problem, subset, factor, problem.FlatSquared, y, residuals, flat);

        for (int i = 0; i < k; i++)
        {
            Span<double> q = basis.AsSpan(i * m, m);
            x.AsSpan(subset[i] * m, m).CopyTo(q);
            for (int l = 0; l < i; l++)
                Vectors.Axpy(-Vectors.Dot(basis.AsSpan(l * m, m), q), basis.AsSpan(l * m, m), q);
            Vectors.Scale(1 / Math.Sqrt(Vectors.Dot(q, q)), q);
        }
        int found = 0;
        for (int j = 0; j < n; j++)
        {
            double[] expected = [.. Enumerable.Range(0, k).Select(i => Vectors.Dot(basis.AsSpan(i * m, m), x.AsSpan(j * m, m)))];
            double rest = 1 - expected.Sum(v => v * v);
            if (rest > epsilon * epsilon)
                continue;
            Assert.Equal(j, flat[found]);
            Assert.Equal(Math.Max(0, rest), residuals[found], 1e-12);
            for (int i = 0; i < k; i++)
                Assert.Equal(expected[i], y[(i * problem.Stride) + found], 1e-12);
            found++;
        }
        Assert.Equal(found, count);
        Assert.True(found > k);
    }
}
