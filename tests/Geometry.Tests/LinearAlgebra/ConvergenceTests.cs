using Geometry.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.LinearAlgebra;

public class ConvergenceTests
{
    [Fact]
    public void JacobiSaysThatItDidNotConverge()
    {
        double[] a = Symmetric(new Random(1), 6, 0),
            values = new double[6];
        ConvergenceException error = Assert.Throws<ConvergenceException>(() =>
            JacobiEigen.Diagonalise([.. a], 6, values, [], mostSweeps: 1)
        );
        Assert.Matches(@"^eigenvalues of 6 rows did not converge in 1 sweeps: \d\.\de[-+]\d+ is left off the diagonal$", error.Message);
        Assert.InRange(error.Remaining, 1e-18, 1);
        JacobiEigen.Diagonalise([.. a], 6, values, []);
    }

    [Fact]
    public void QlSaysThatItDidNotConverge()
    {
        double[] a = Symmetric(new Random(2), 20, 0),
            values = new double[20],
            work = new double[40];
        ConvergenceException error = Assert.Throws<ConvergenceException>(() =>
            TridiagonalEigen.Diagonalise([.. a], 20, values, [], work, mostSteps: 1)
        );
        Assert.Matches(@"^eigenvalues of 20 rows did not converge in 1 steps an eigenvalue: \d\.\de[-+]\d+ is left", error.Message);
        Assert.InRange(error.Remaining, 1e-18, 10);
    }

    [Fact]
    public void SingularValuesSayThatTheyDidNotConverge()
    {
        var random = new Random(3);
        double[] vectors = [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble())];
        ConvergenceException error = Assert.Throws<ConvergenceException>(() =>
            SingularValues.Compute([.. vectors], 6, 4, new double[4], mostSweeps: 1)
        );
        Assert.StartsWith("singular values of 4 rows did not converge in 1 sweeps: ", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Remaining, 1e-15, 1);
    }

    [Fact]
    public void WhatIsDiagonalNeedsNoSweep()
    {
        double[] values = new double[20];
        JacobiEigen.Diagonalise([3, 0, 0, 2], 2, values, [], mostSweeps: 0);
        Assert.Equal([3, 2], values[..2]);
        double[] diagonal = new double[400];
        for (int i = 0; i < 20; i++)
            diagonal[i * 21] = i;
        TridiagonalEigen.Diagonalise(diagonal, 20, values, [], new double[40], mostSteps: 0);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), values);
        SingularValues.Compute([1, 0, 0, 2], 2, 2, values, mostSweeps: 0);
        Assert.Equal([2, 1], values[..2]);
    }

    /// <summary>
    /// Every kind of spectrum, such as graded down to 1e−190 and rank one, converges in a fraction of the caps of 40 sweeps and 80 steps.
    /// </summary>
    [Fact]
    public void NoOrdinaryMatrixComesNearTheCaps()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            int n = 1 + random.Next(12);
            JacobiEigen.Diagonalise(Scaled(Symmetric(random, n, seed % 6)), n, new double[n], new double[n * n], mostSweeps: 12);
            n = 13 + random.Next(seed % 50 == 0 ? 120 : 20);
            TridiagonalEigen.Diagonalise(Scaled(Symmetric(random, n, seed % 6)), n, new double[n], [], new double[2 * n], mostSteps: 30);
        }
    }

    [Fact]
    public void NoOrdinaryVectorsComeNearTheCap()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            int m = 1 + random.Next(seed % 100 == 0 ? 4000 : 12),
                k = 1 + random.Next(8);
            double[] vectors = Vectors(random, m, k, seed % 6);
            SingularValues.Compute(vectors, m, k, new double[k], mostSweeps: 25);
        }
    }

    [Fact]
    public void ANaNAmongVectorsStillGivesNaNs()
    {
        double[] values = new double[2];
        SingularValues.Compute([double.NaN, 1, 1, 2], 2, 2, values);
        Assert.Contains(values, double.IsNaN);
    }

    /// <summary>
    /// 0 random, 1 clustered (a projector), 2 graded, 3 rank one, 4 nearly diagonal, 5 repeated blocks with noise at the last bit.
    /// </summary>
    private static double[] Symmetric(Random random, int n, int kind)
    {
        double[] a = new double[n * n],
            x = [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1)];
        double square = x.Sum(t => t * t);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double noise = (2 * random.NextDouble()) - 1;
                a[(i * n) + j] = a[(j * n) + i] = kind switch
                {
                    0 => noise,
                    1 => (i == j ? 1 : 0) - (x[i] * x[j] / square),
                    2 => noise * Math.Pow(10, -1.5 * Math.Max(i, j)),
                    3 => x[i] * x[j],
                    4 => i == j ? 1 : noise * 1e-13,
                    _ => (
                        i == j ? 1
                        : (i + j) % 3 == 0 ? -0.5
                        : 0
                    ) + (noise * 1e-16),
                };
            }
        }
        return a;
    }

    private static double[] Vectors(Random random, int m, int k, int kind)
    {
        double[] v = [.. Enumerable.Range(0, m * k).Select(_ => (2 * random.NextDouble()) - 1)];
        for (int i = 0; i < k; i++)
        {
            for (int d = 0; d < m; d++)
            {
                ref double x = ref v[(i * m) + d];
                x = kind switch
                {
                    0 => x,
                    1 => v[d] + (1e-12 * x),
                    2 => x * Math.Pow(10, -5 * i),
                    3 => v[d] * (i + 1),
                    4 => x * Math.Pow(10, -30 * (i % 3)),
                    _ => (d == i ? 1 : 0) + (1e-16 * x),
                };
            }
        }
        return v;
    }

    private static double[] Scaled(double[] a)
    {
        double largest = Math.Max(1e-300, a.Max(Math.Abs));
        return [.. a.Select(x => x / largest)];
    }
}
