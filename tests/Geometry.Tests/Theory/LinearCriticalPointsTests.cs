using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Theory;

public class LinearCriticalPointsTests
{
    [Fact]
    public void ThreeEigenvectorsInTwoDimensionsGiveSevenPoints()
    {
        IReadOnlyList<LinearCriticalPoint> points = LinearCriticalPoints.Of([3, 2, 1], 2);
        Assert.Equal(["0 1", "0 2", "1 2", "0", "1", "2", ""], points.Select(p => string.Join(' ', p.Subset)));
        Assert.Equal([1, 2, 3, 3, 4, 5, 6], points.Select(p => p.Loss));
        Assert.Equal([0L, 1, 2, 2, 3, 4, 6], points.Select(p => p.MorseIndex));
        Assert.True(points[0].IsMinimum);
        Assert.All(points.Skip(1), p => Assert.False(p.IsMinimum));
    }

    /// <summary>
    /// The index of the untied loss from differences of the gradient at A = U_I C, B = C⁻¹U_Iᵀ with a random C, for all 26 subsets of five
    /// eigenvectors in three dimensions.
    /// </summary>
    [Fact]
    public void TheMorseIndexIsThatOfTheHessian()
    {
        const int Dimensions = 5,
            Hidden = 3;
        double[] spectrum = [5, 3.5, 2.2, 1.1, 0.4];
        IReadOnlyList<LinearCriticalPoint> points = LinearCriticalPoints.Of(spectrum, Hidden);
        Assert.Equal(26, points.Count);
        var random = new GaussianSource(1);
        foreach (LinearCriticalPoint critical in points)
        {
            // C is triangular on the block of the rank, so substitution gives its inverse with enough digits.
            double[] point = Untied(critical, Dimensions, Hidden, random);
            double[] eigenvalues = Eigenvalues(point, spectrum, Hidden);
            Assert.Equal(critical.MorseIndex, eigenvalues.Count(v => v < -1e-5));
        }
    }

    /// <summary>The index of the tied loss tr Σ(1−WᵀW)² at W = QU_Iᵀ, with rows of zeros where the rank is lower.</summary>
    [Fact]
    public void TheTiedLossHasTheSameIndex()
    {
        const int Dimensions = 5,
            Hidden = 3;
        const double Step = 1e-5;
        double[] spectrum = [5, 3.5, 2.2, 1.1, 0.4];
        Matrix<double> covariance = Matrix<double>.Build.DenseOfDiagonalArray(spectrum),
            q = Matrix<double>.Build.Random(Hidden, Hidden, 4).QR().Q;
        foreach (LinearCriticalPoint critical in LinearCriticalPoints.Of(spectrum, Hidden))
        {
            Matrix<double> w =
                q
                * Matrix<double>.Build.Dense(Hidden, Dimensions, (row, column) =>
                    row < critical.Rank && critical.Subset[row] == column ? 1 : 0
                );
            Assert.Equal(0, Slope(w).FrobeniusNorm(), 1e-12);
            int size = Hidden * Dimensions;
            double[] hessian = new double[size * size],
                eigenvalues = new double[size];
            for (int i = 0; i < size; i++)
            {
                Matrix<double> step = Matrix<double>.Build.Dense(Hidden, Dimensions);
                step[i / Dimensions, i % Dimensions] = Step;
                ((Slope(w + step) - Slope(w - step)) / (2 * Step)).ToRowMajorArray().CopyTo(hessian, i * size);
            }
            SymmetricEigen.Decompose(hessian, size, eigenvalues, []);
            Assert.Equal(critical.MorseIndex, eigenvalues.Count(v => v < -1e-5));
        }

        Matrix<double> Slope(Matrix<double> w)
        {
            Matrix<double> rest = Matrix<double>.Build.DenseIdentity(Dimensions) - (w.Transpose() * w);
            return -2 * w * ((rest * covariance) + (covariance * rest));
        }
    }

    /// <summary>A rotation of u_j towards u_k by the angle with tangent ε lowers the loss by ε²/(1+ε²)·(λ_k − λ_j).</summary>
    [Fact]
    public void ASaddleIsLeftTowardsALargerEigenvector()
    {
        const double Epsilon = 0.3;
        double[] importance = [3, 2, 1],
            row = [0, Epsilon, 1];
        double v = IdealSolutions.Variance(0.5),
            length = Vectors.Norm(row);
        var recognition = new LinearRecognition(0.5, importance, bias: true);
        LinearMatch at = recognition.Match(new FeatureConfiguration(1, 3, [0, 0, 1]), null);
        // In y = Dx the direction is (0, ε, 1); in x the decoder is D⁻¹ times that, and the encoder D times that.
        double[] roots = [.. importance.Select(Math.Sqrt)],
            turned = [.. row.Select(x => x / length)];
        LinearMatch moved = recognition.Match(
            new FeatureConfiguration(1, 3, [.. turned.Zip(roots, (x, r) => x * r)]),
            new FeatureConfiguration(1, 3, [.. turned.Zip(roots, (x, r) => x / r)])
        );
        Assert.Equal(Epsilon * Epsilon / (1 + (Epsilon * Epsilon)) * v * (2 - 1), at.Loss - moved.Loss, 1e-14);
    }

    [Fact]
    public void EqualEigenvaluesAreSaidToBe()
    {
        Assert.True(LinearCriticalPoints.IsDegenerate([2, 1, 2]));
        Assert.False(LinearCriticalPoints.IsDegenerate([3, 2, 1]));
        Assert.True(LinearCriticalPoints.Of([2, 2, 1], 1)[0].IsDegenerate);
        Assert.False(LinearCriticalPoints.Of([2, 2, 1], 2)[0].IsDegenerate);
    }

    [Fact]
    public void SparseDataHaveTwoEigenvalues()
    {
        const double P = 0.3,
            V = (P / 3) - (P * P / 4);
        Assert.Equal(
            [V + (4 * P * P / 4), V, V, V],
            SparseCovariance.Spectrum(SparseCovariance.Matrix(P, [1, 1, 1, 1], bias: false), 4).Select(v => Math.Round(v, 14)),
            new Close()
        );
        Assert.Equal([4 * V, V], SparseCovariance.Spectrum(SparseCovariance.Matrix(P, [1, 4], bias: true), 2), new Close());
        // v = (1−S)(1+3S)/12
        Assert.Equal((1 - 0.7) * (1 + (3 * 0.7)) / 12, V, 1e-15);
    }

    [Theory]
    [InlineData(3, 1.0, 2.0)]
    [InlineData(0, 1.0, 2.0)]
    [InlineData(1, 1.0, 0.0)]
    [InlineData(1, 1.0, double.NaN)]
    public void WhatDoesNotFitIsRefused(int hidden, double first, double second) =>
        Assert.Throws<ArgumentException>(() => LinearCriticalPoints.Of([first, second], hidden));

    [Fact]
    public void TooManySubsetsAreRefused() =>
        Assert.Throws<ArgumentException>(() => LinearCriticalPoints.Of([.. Enumerable.Range(1, 40).Select(i => (double)i)], 20));

    private static double[] Untied(LinearCriticalPoint critical, int dimensions, int hidden, GaussianSource random)
    {
        int r = critical.Rank;
        double[] c = new double[r * r],
            inverse = new double[r * r],
            point = new double[2 * dimensions * hidden];
        for (int i = 0; i < r; i++)
        {
            for (int j = 0; j < i; j++)
                c[(i * r) + j] = 0.4 * random.Normal();
            c[(i * r) + i] = 0.7 + random.Uniform();
        }
        for (int column = 0; column < r; column++)
        {
            double[] unit = new double[r];
            unit[column] = 1;
            SmallCholesky.SolveLower(c, r, unit);
            for (int i = 0; i < r; i++)
                inverse[(i * r) + column] = unit[i];
        }
        for (int i = 0; i < r; i++)
        {
            for (int h = 0; h < r; h++)
            {
                point[(critical.Subset[i] * hidden) + h] = c[(i * r) + h];
                point[(dimensions * hidden) + (h * dimensions) + critical.Subset[i]] = inverse[(h * r) + i];
            }
        }
        return point;
    }

    private static double[] Eigenvalues(double[] point, double[] spectrum, int hidden)
    {
        const double Step = 1e-5;
        int size = point.Length;
        double[] hessian = new double[size * size],
            eigenvalues = new double[size];
        for (int i = 0; i < size; i++)
        {
            double at = point[i];
            point[i] = at + Step;
            double[] above = Gradient(point, spectrum, hidden);
            point[i] = at - Step;
            double[] below = Gradient(point, spectrum, hidden);
            point[i] = at;
            for (int j = 0; j < size; j++)
                hessian[(i * size) + j] = (above[j] - below[j]) / (2 * Step);
        }
        SymmetricEigen.Decompose(hessian, size, eigenvalues, []);
        return eigenvalues;
    }

    /// <summary>The gradient of tr (1−AB)Σ(1−AB)ᵀ with Σ diagonal: −2(1−AB)ΣBᵀ and −2Aᵀ(1−AB)Σ.</summary>
    private static double[] Gradient(double[] point, double[] spectrum, int hidden)
    {
        int n = spectrum.Length;
        double[] gradient = new double[point.Length],
            rest = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double product = 0;
                for (int h = 0; h < hidden; h++)
                    product += point[(i * hidden) + h] * point[(n * hidden) + (h * n) + j];
                rest[(i * n) + j] = ((i == j ? 1 : 0) - product) * spectrum[j];
            }
        }
        for (int h = 0; h < hidden; h++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    gradient[(i * hidden) + h] -= 2 * rest[(i * n) + j] * point[(n * hidden) + (h * n) + j];
                    gradient[(n * hidden) + (h * n) + j] -= 2 * point[(i * hidden) + h] * rest[(i * n) + j];
                }
            }
        }
        return gradient;
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 1e-12;

        public int GetHashCode(double value) => 0;
    }
}
