using Geometry.Grassmannian;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian;

public class ColumnReductionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 5)]
    [InlineData(20, 4)]
    [InlineData(300, 7)]
    public void BasisIsOrthonormalSpansTheColumnsAndSigmaIsTheSingularValue(int m, int k)
    {
        var random = new Random(m + k);
        for (int trial = 0; trial < 20; trial++)
        {
            double[] x = [.. Directions(random, m, k).SelectMany((v, i) => v.Select(c => c * Math.Pow(10, i - 2)))];
            double[] basis = new double[m * k];
            Reduction found = ColumnReduction.Orthonormal(x, m, k, basis);
            Assert.Equal(k, found.Rank);

            Matrix<double> columns = Matrix<double>.Build.Dense(m, k, x).NormalizeColumns(2),
                u = Matrix<double>.Build.Dense(m, k, basis);
            Assert.InRange((u.TransposeThisAndMultiply(u) - Matrix<double>.Build.DenseIdentity(k)).FrobeniusNorm(), 0, 1e-14 * k);
            Assert.InRange((columns - (u * u.TransposeThisAndMultiply(columns))).FrobeniusNorm(), 0, 1e-13);
            Assert.Equal(columns.Svd(false).S.Minimum(), found.SmallestSingularValue, 1e-13);
        }
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-8)]
    [InlineData(1e-11)]
    public void SmallSingularValuesKeepAbsoluteAccuracy(double angle)
    {
        // Two unit vectors at angle θ: σ_2 = √2 sin(θ/2).
        double[] x = [1, 0, 0, Math.Cos(angle), Math.Sin(angle), 0],
            basis = new double[6];
        Reduction found = ColumnReduction.Orthonormal(x, 3, 2, basis);
        Assert.Equal(Math.Sqrt(2) * Math.Sin(angle / 2), found.SmallestSingularValue, 3e-16);
        Assert.Equal(angle > 1e-10 ? 2 : 1, found.Rank);
    }

    [Fact]
    public void DependentColumnsAreFoundOutAndTheRestOfTheBasisIsZero()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 50; trial++)
        {
            int m = random.Next(3, 9),
                rank = random.Next(1, m),
                k = rank + random.Next(1, 4);
            Matrix<double> a = Matrix<double>.Build.Dense(m, rank, (_, _) => Gaussian(random)),
                b = Matrix<double>.Build.Dense(rank, k, (_, _) => Gaussian(random));
            double[] basis = new double[m * k];
            Reduction found = ColumnReduction.Orthonormal((a * b).ToColumnMajorArray(), m, k, basis);
            Assert.Equal(rank, found.Rank);
            Assert.InRange(found.SmallestSingularValue, 0, 1e-15 * k);
            Assert.All(basis[(rank * m)..], x => Assert.Equal(0, x));
        }
    }

    [Fact]
    public void ZeroColumnsAndHugeOrTinyOnesAreHandled()
    {
        double[] basis = new double[6];
        Assert.Equal(new Reduction(1, 0), ColumnReduction.Orthonormal([0, 0, 0, 0, 2, 0], 3, 2, basis));
        Assert.Equal([0, 1, 0, 0, 0, 0], basis);
        Reduction extreme = ColumnReduction.Orthonormal([1e300, 1e300, 0, 1e-300, -1e-300, 0], 3, 2, basis);
        Assert.Equal(2, extreme.Rank);
        Assert.Equal(1, extreme.SmallestSingularValue, 1e-15);
    }

    [Fact]
    public void AllocatesNothing()
    {
        double[] x = [.. Directions(new Random(2), 20, 4).SelectMany(v => v)],
            basis = new double[80];
        for (int i = 0; i < 100; i++)
            ColumnReduction.Orthonormal(x, 20, 4, basis);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
            ColumnReduction.Orthonormal(x, 20, 4, basis);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    [Fact]
    public void EchelonFormIsCanonicalWithAnIdentityInItsPivotRows()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 30; trial++)
        {
            int m = random.Next(2, 7),
                k = random.Next(1, m + 1);
            Matrix<double> x = Matrix<double>.Build.Dense(m, k, (_, _) => Gaussian(random));
            Matrix<double> mix = Matrix<double>.Build.Dense(k, k, (_, _) => Gaussian(random));
            double[] one = x.ToColumnMajorArray(),
                other = (x * mix).ToColumnMajorArray();
            Assert.Equal(k, ColumnEchelon.Reduce(one, m, k));
            Assert.Equal(k, ColumnEchelon.Reduce(other, m, k));
            for (int i = 0; i < one.Length; i++)
                Assert.Equal(one[i], other[i], 1e-9 * (1 + one.Max(Math.Abs)) * mix.ConditionNumber());
            for (int c = 0; c < k; c++)
            {
                for (int r = 0; r < k; r++)
                    Assert.Equal(r == c ? 1 : 0, one[(c * m) + r]);
            }
        }
    }

    [Fact]
    public void EchelonRepresentativeJumpsWhereTheProjectorMovesALittle()
    {
        // The plane x_1 = 0 of R³, tilted by 1e-3: the projector moves by 1e-3, the representative A Aᵀ by 1e6.
        double[] flat = [0, 1, 0, 0, 0, 1],
            tilted = [1e-3, 1, 0, 0, 0, 1],
            basis = new double[6],
            p = new double[9],
            q = new double[9];
        ColumnReduction.Orthonormal(flat, 3, 2, basis);
        Projector.Materialise(basis, 3, 2, p);
        ColumnReduction.Orthonormal(tilted, 3, 2, basis);
        Projector.Materialise(basis, 3, 2, q);
        Assert.InRange(Difference(p, q), 1e-3, 2e-3);
        Assert.Equal(2, ColumnEchelon.Reduce(flat, 3, 2));
        Assert.Equal(2, ColumnEchelon.Reduce(tilted, 3, 2));
        Projector.Materialise(flat, 3, 2, p);
        Projector.Materialise(tilted, 3, 2, q);
        Assert.True(Difference(p, q) > 1e5);
    }

    private static double Difference(double[] p, double[] q) => Math.Sqrt(p.Zip(q, (x, y) => (x - y) * (x - y)).Sum());
}
