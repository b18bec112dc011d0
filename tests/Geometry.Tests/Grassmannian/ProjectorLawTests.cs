using FsCheck;
using FsCheck.Fluent;
using Geometry.Grassmannian;
using MathNet.Numerics.LinearAlgebra;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian;

/// <summary>The laws of a projector of a k-plane, on random planes.</summary>
public class ProjectorLawTests
{
    private static readonly Config Replay = Config.QuickThrowOnFailure.WithReplay(12345, 6789).WithMaxTest(150);

    [Fact]
    public void IsASymmetricIdempotentOfTraceK() =>
        Check(
            (x, m, k, _) =>
            {
                Matrix<double> p = P(x, m, k);
                return Close(p, p.Transpose(), 0) && Close(p, p * p, 1e-14 * m) && Math.Abs(p.Trace() - k) <= 1e-14 * m;
            }
        );

    [Fact]
    public void IsInvariantUnderColumnMixing() =>
        Check(
            (x, m, k, random) =>
            {
                // Well-conditioned mixing: orthogonal times a diagonal in [1/2, 2], with permuted columns.
                Matrix<double> mix =
                    Matrix<double>.Build.Dense(k, k, RandomOrthogonal(random, k))
                    * Matrix<double>.Build.DenseDiagonal(k, k, _ => Math.Pow(2, (2 * random.NextDouble()) - 1));
                return Close(P(x, m, k), P(x * mix, m, k), 1e-14 / Sigma(x));
            }
        );

    [Fact]
    public void IsEquivariantUnderRotation() =>
        Check(
            (x, m, k, random) =>
            {
                Matrix<double> q = Matrix<double>.Build.Dense(m, m, RandomOrthogonal(random, m));
                return Close(P(q * x, m, k), q * P(x, m, k) * q.Transpose(), 1e-14 * m / Sigma(x));
            }
        );

    [Fact]
    public void MovesByAtMostTheNoiseOverSigma() =>
        Check(
            (x, m, k, random) =>
            {
                Matrix<double> unit = x.NormalizeColumns(2),
                    noise = Matrix<double>.Build.Dense(m, k, (_, _) => 1e-7 * Gaussian(random));
                double moved = (P(unit + noise, m, k) - P(unit, m, k)).L2Norm();
                return moved <= noise.L2Norm() / Sigma(x) * (1 + 1e-3);
            }
        );

    [Fact]
    public void TheEmbeddingIsIsometric() =>
        Check(
            (x, m, k, random) =>
            {
                Matrix<double> p = P(x, m, k),
                    q = P(Matrix<double>.Build.Dense(m, k, (_, _) => Gaussian(random)), m, k);
                double[] a = new double[Projector.EmbeddingDimension(m)],
                    b = new double[a.Length];
                Projector.Embed(p.ToRowMajorArray(), m, a);
                Projector.Embed(q.ToRowMajorArray(), m, b);
                return Math.Abs(Math.Sqrt(a.Zip(b, (s, t) => (s - t) * (s - t)).Sum()) - (p - q).FrobeniusNorm()) <= 1e-14 * m;
            }
        );

    private static Matrix<double> P(Matrix<double> x, int m, int k)
    {
        double[] basis = new double[m * k],
            p = new double[m * m];
        Assert.Equal(k, ColumnReduction.Orthonormal(x.ToColumnMajorArray(), m, k, basis).Rank);
        Projector.Materialise(basis, m, k, p);
        return Matrix<double>.Build.Dense(m, m, p);
    }

    private static double Sigma(Matrix<double> x) => x.NormalizeColumns(2).Svd(false).S.Minimum();

    private static bool Close(Matrix<double> a, Matrix<double> b, double tolerance) => (a - b).FrobeniusNorm() <= tolerance;

    private static void Check(Func<Matrix<double>, int, int, Random, bool> law)
    {
        Arbitrary<int> seeds = Gen.Choose(0, 1 << 30).ToArbitrary();
        Prop.ForAll(seeds, seed =>
            {
                var random = new Random(seed);
                int m = random.Next(1, 9),
                    k = random.Next(1, m + 1);
                return law(Matrix<double>.Build.Dense(m, k, (_, _) => Gaussian(random)), m, k, random);
            })
            .Check(Replay);
    }
}
