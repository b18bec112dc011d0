using Geometry.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.LinearAlgebra;

public class SymmetricEigenTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 4, 5, 8, 11, 12, 13, 14, 20, 33, 64, 65, 120];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AgreesWithMathNetOnRandomMatrices(int n)
    {
        var random = new Random(17 * n);
        for (int trial = 0; trial < (n < 30 ? 30 : 3); trial++)
            Check(RandomSymmetric(random, n), n);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AgreesOnProjectorsAndOtherRepeatedSpectra(int n)
    {
        var random = new Random(n);
        for (int rank = 0; rank <= n; rank += Math.Max(1, n / 4))
        {
            Matrix<double> q = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextDouble() - 0.5).QR().Q;
            Matrix<double> basis = q.SubMatrix(0, n, 0, Math.Max(rank, 1));
            Matrix<double> p = rank == 0 ? Matrix<double>.Build.Dense(n, n) : basis * basis.Transpose();
            Check(p.ToRowMajorArray(), n);
        }
    }

    [Theory]
    [InlineData(1e-290)]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(1e290)]
    public void IsEquivariantUnderScaling(double factor)
    {
        foreach (int n in new[] { 3, 12, 13, 30 })
        {
            double[] a = RandomSymmetric(new Random(n), n);
            double[] plain = Values(a, n),
                scaled = Values([.. a.Select(x => x * factor)], n);
            for (int i = 0; i < n; i++)
                Assert.Equal(plain[i], scaled[i] / factor, 1e-13);
        }
    }

    [Theory]
    [InlineData(600, 42, 1e-17)]
    [InlineData(600, 258, 1e-17)]
    public void ManyEqualEigenvaluesBesideLargeOnesConverge(int n, int m, double tiny)
    {
        // The Gram matrix of vectors in R^m, some of them almost zero: all but m of its eigenvalues are zero up to rounding.
        var random = new Geometry.RandomNumbers.GaussianSource(7);
        Matrix<double> x = Matrix<double>.Build.Dense(m, n, (_, j) => random.Normal() * (j % 15 == 0 ? tiny : 1 / Math.Sqrt(m)));
        double[] gram = (x.Transpose() * x).ToRowMajorArray(),
            values = new double[n];
        SymmetricEigen.Decompose(gram, n, values, []);
        Assert.Equal((x.Transpose() * x).Trace(), values.Sum(), 1e-9);
        Assert.All(values[m..], v => Assert.InRange(v, -1e-12, 1e-12));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(40)]
    public void GradedMatricesConverge(int n)
    {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                a[(i * n) + j] = Math.Pow(10, -Math.Max(i, j) / 2.0) * (1 + ((i + j) % 3));
        }
        Check(a, n);
    }

    [Theory]
    [InlineData(2, double.NaN)]
    [InlineData(5, double.PositiveInfinity)]
    [InlineData(13, double.NaN)]
    [InlineData(70, double.NegativeInfinity)]
    public void ANonFiniteEntryMakesEveryOutputNaN(int n, double bad)
    {
        double[] a = RandomSymmetric(new Random(1), n);
        a[1] = bad;
        double[] values = new double[n],
            vectors = new double[n * n];
        SymmetricEigen.Decompose(a, n, values, vectors);
        Assert.All(values, x => Assert.True(double.IsNaN(x)));
        Assert.All(vectors, x => Assert.True(double.IsNaN(x)));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(25)]
    public void ValuesAloneEqualValuesWithVectors(int n)
    {
        double[] a = RandomSymmetric(new Random(3), n);
        double[] with = new double[n];
        SymmetricEigen.Decompose([.. a], n, with, new double[n * n]);
        Assert.Equal(with, Values(a, n));
    }

    [Fact]
    public void AllocatesNothing()
    {
        double[] small = RandomSymmetric(new Random(5), 6),
            large = RandomSymmetric(new Random(5), 40);
        double[] values = new double[40],
            vectors = new double[1600],
            work = new double[1600];
        void Run(double[] a, int n)
        {
            a.CopyTo(work, 0);
            SymmetricEigen.Decompose(work, n, values, vectors);
        }
        for (int i = 0; i < 50; i++)
        {
            Run(small, 6);
            Run(large, 40);
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
        {
            Run(small, 6);
            Run(large, 40);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);
    }

    [Fact]
    public void ShortSpansAreRefused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose(new double[3], 2, new double[2], []));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose(new double[4], 2, new double[1], []));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose(new double[4], 2, new double[2], new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricEigen.Decompose([], -1, [], []));
    }

    private static void Check(double[] a, int n)
    {
        double[] values = new double[n],
            vectors = new double[n * n];
        SymmetricEigen.Decompose([.. a], n, values, vectors);
        double scale = Math.Max(1e-300, a.Max(Math.Abs)) * n;

        double[] expected =
        [
            .. Matrix<double>.Build.Dense(n, n, a).Evd(Symmetricity.Symmetric).EigenValues.Select(z => z.Real).OrderDescending(),
        ];
        for (int i = 0; i < n; i++)
            Assert.InRange(values[i], expected[i] - (2e-14 * scale), expected[i] + (2e-14 * scale));

        Matrix<double> v = Matrix<double>.Build.Dense(n, n, vectors).Transpose();
        Matrix<double> matrix = Matrix<double>.Build.Dense(n, n, a);
        Assert.InRange(((v * v.Transpose()) - Matrix<double>.Build.DenseIdentity(n)).L2Norm(), 0, 1e-13 * n);
        Matrix<double> back = v.Transpose() * Matrix<double>.Build.DenseOfDiagonalArray(values) * v;
        Assert.InRange((back - matrix).L2Norm(), 0, 2e-14 * scale);
    }

    private static double[] Values(double[] a, int n)
    {
        double[] values = new double[n];
        SymmetricEigen.Decompose([.. a], n, values, []);
        return values;
    }

    private static double[] RandomSymmetric(Random random, int n)
    {
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
                a[(i * n) + j] = a[(j * n) + i] = (2 * random.NextDouble()) - 1;
        }
        return a;
    }
}
