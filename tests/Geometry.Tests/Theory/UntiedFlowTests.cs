using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Theory;

public class UntiedFlowTests
{
    private static readonly double[] s_spectrum = [3, 2.2, 1.1, 0.6, 0.3];

    /// <summary>AᵀA − BBᵀ is far from zero at this start, and does not change.</summary>
    [Fact]
    public void WhatTheFlowConservesStays()
    {
        Matrix<double> a = Random(5, 2, 1),
            b = Random(2, 5, 2);
        UntiedFlowPath path = UntiedFlow.Integrate(Turned(3, s_spectrum), a, b, 3);
        Assert.InRange(UntiedFlow.Conserved(a, b).FrobeniusNorm(), 0.05, 1);
        Assert.InRange(path.Drifts.Max(), 0, 1e-12);
        Assert.InRange((UntiedFlow.Conserved(path.Decoders[^1], path.Encoders[^1]) - UntiedFlow.Conserved(a, b)).FrobeniusNorm(), 0, 1e-12);
    }

    /// <summary>
    /// Each mode of an aligned balanced start follows a(t) = a₀/(a₀ + (1−a₀)e^{−2λt}) as if it were alone (Saxe et al. 2013, arXiv
    /// 1312.6120).
    /// </summary>
    [Fact]
    public void AlignedBalancedModesFollowTheLogisticCurve()
    {
        double[] strengths = [0.01, 0.04];
        var encoder = Matrix<double>.Build.DenseOfArray(
            new[,]
            {
                { Math.Sqrt(strengths[0]), 0.0, 0 },
                { 0, Math.Sqrt(strengths[1]), 0 },
            }
        );
        double[] spectrum = [2, 0.9, 0.4];
        UntiedFlowPath path = UntiedFlow.Integrate(Matrix<double>.Build.DenseOfDiagonalArray(spectrum), encoder.Transpose(), encoder, 3);
        for (int i = 0; i < path.Times.Count; i += 20)
        {
            Matrix<double> map = path.Decoders[i] * path.Encoders[i];
            for (int mode = 0; mode < 2; mode++)
            {
                double from = strengths[mode],
                    expected = from / (from + ((1 - from) * Math.Exp(-2 * spectrum[mode] * path.Times[i])));
                Assert.Equal(expected, map[mode, mode], 1e-9);
            }
            Assert.Equal(0, map[2, 2], 1e-15);
        }
        Assert.InRange(path.Drifts.Max(), 0, 1e-12);
    }

    /// <summary>
    /// The encoder loses an eigenvector of a small eigenvalue at the rate of that eigenvalue, which hardly changes the loss.
    /// </summary>
    [Fact]
    public void TheFlowDescendsToTheTopEigenspace()
    {
        double[] spectrum = [3, 2.5, 0.4, 0.2, 0.1];
        UntiedFlowPath path = UntiedFlow.Integrate(Turned(4, spectrum), Random(5, 2, 5), Random(2, 5, 6), 5);
        for (int i = 1; i < path.Losses.Count; i++)
            Assert.InRange(path.Losses[i], 0, path.Losses[i - 1] + 1e-12);
        Assert.InRange(path.ProjectorErrors[^1], 0, 0.5);
        Assert.InRange(path.Losses[^1], spectrum[2..].Sum(), spectrum[2..].Sum() + 0.05);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Matrix<double> covariance = Turned(7, s_spectrum);
        Assert.Throws<ArgumentException>(() => UntiedFlow.Integrate(covariance, Random(4, 2, 0), Random(2, 4, 0), 1));
        Assert.Throws<ArgumentException>(() => UntiedFlow.Integrate(covariance, Random(5, 3, 0), Random(2, 5, 0), 1));
        Assert.Throws<ArgumentException>(() => UntiedFlow.Integrate(covariance, Random(5, 2, 0), Random(2, 5, 0), 0));
        Assert.Throws<ArgumentException>(() => UntiedFlow.Integrate(covariance, Random(5, 2, 0), Random(2, 5, 0), 1e9));
    }

    private static Matrix<double> Random(int rows, int columns, int seed)
    {
        double[] values = new double[rows * columns];
        new GaussianSource(seed).Normal(values);
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, values) * 0.15;
    }

    private static Matrix<double> Turned(int seed, double[] spectrum)
    {
        Matrix<double> q = Random(5, 5, seed).QR().Q;
        return q * Matrix<double>.Build.DenseOfDiagonalArray(spectrum) * q.Transpose();
    }
}
