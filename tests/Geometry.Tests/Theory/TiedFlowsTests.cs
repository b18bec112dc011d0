using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Theory;

public class TiedFlowsTests
{
    private static readonly Matrix<double> s_spectrum = Matrix<double>.Build.DenseOfDiagonalArray([3, 2.2, 1.1, 0.6, 0.3]);

    [Fact]
    public void OjasFlowHasItsClosedForm()
    {
        Matrix<double> covariance = Turned(5, 1),
            start = Random(2, 5, 2);
        TiedFlowPath path = TiedFlows.Integrate(TiedFlow.Oja, covariance, start, 4);
        foreach (int i in (int[])[0, 50, 120, 200])
            Assert.InRange(
                ((path.Weights[i].Transpose() * path.Weights[i]) - TiedFlows.OjaExact(covariance, start, path.Times[i])).FrobeniusNorm(),
                0,
                1e-7
            );
    }

    [Fact]
    public void OjasFlowFindsTheTopEigenspaceAndTheNotesDoesNot()
    {
        Matrix<double> covariance = Turned(5, 3),
            start = Random(2, 5, 4);
        Assert.InRange(TiedFlows.Integrate(TiedFlow.Oja, covariance, start, 12).ProjectorErrors[^1], 0, 1e-4);
        Assert.InRange(TiedFlows.Integrate(TiedFlow.Gradient, covariance, start, 20).ProjectorErrors[^1], 0, 1e-3);
        TiedFlowPath notes = TiedFlows.Integrate(TiedFlow.Notes, covariance, start, 20);
        Assert.InRange(notes.ProjectorErrors[^1], 0.02, 1.5);
        // It stops where the rows are orthonormal, whatever their span.
        Assert.InRange(
            ((notes.Weights[^1] * notes.Weights[^1].Transpose()) - Matrix<double>.Build.DenseIdentity(2)).FrobeniusNorm(),
            0,
            1e-5
        );
    }

    [Fact]
    public void WithEqualEigenvaluesAllFlowsAreOne()
    {
        const double Lambda = 1.7,
            Time = 1.5;
        Matrix<double> covariance = Lambda * Matrix<double>.Build.DenseIdentity(4),
            start = Random(2, 4, 5),
            identity = Matrix<double>.Build.DenseIdentity(2);
        foreach (TiedFlow flow in Enum.GetValues<TiedFlow>())
        {
            Matrix<double> end = TiedFlows.Integrate(flow, covariance, start, Time).Weights[^1],
                gram = start * start.Transpose();
            // M(t) = M₀[M₀ + e^{−2λt}(1−M₀)]⁻¹ on the range of M₀; WWᵀ in place of WᵀW has full rank.
            Matrix<double> expected = gram * (gram + (Math.Exp(-2 * Lambda * Time) * (identity - gram))).Inverse();
            Assert.InRange(((end * end.Transpose()) - expected).FrobeniusNorm(), 0, 1e-8);
        }
    }

    [Fact]
    public void TheGradientsFlowDescendsItsLoss()
    {
        IReadOnlyList<double> losses = TiedFlows.Integrate(TiedFlow.Gradient, Turned(5, 6), Random(3, 5, 7), 5).Losses;
        for (int i = 1; i < losses.Count; i++)
            Assert.InRange(losses[i], 0, losses[i - 1] + 1e-12);
    }

    /// <summary>(λ/4)‖1−WᵀW‖² counts every pair of features once.</summary>
    [Fact]
    public void TheEnergySplitsIntoBenefitAndInterference()
    {
        const double Lambda = 0.7;
        Matrix<double> w = Random(2, 5, 8) * 6,
            rest = Matrix<double>.Build.DenseIdentity(5) - (w.Transpose() * w);
        double split = 0;
        for (int i = 0; i < 5; i++)
        {
            double square = w.Column(i) * w.Column(i);
            split += 0.25 * Lambda * (1 - square) * (1 - square);
            for (int j = 0; j < i; j++)
                split += 0.5 * Lambda * Math.Pow(w.Column(i) * w.Column(j), 2);
        }
        Assert.Equal(Lambda / 4 * rest.PointwisePower(2).RowSums().Sum(), split, 1e-12);
    }

    /// <summary>One aligned mode follows the logistic curve of Saxe et al., and is half way after the stage time.</summary>
    [Fact]
    public void AnAlignedModeFollowsTheLogisticCurve()
    {
        Matrix<double> start = Matrix<double>.Build.DenseOfArray(
                new[,]
                {
                    { 0.1, 0.0 },
                }
            ),
            covariance = Matrix<double>.Build.DenseOfDiagonalArray([2, 1]);
        double stage = TiedFlows.StageTime(2, 0.01, 0.5);
        foreach (TiedFlow flow in Enum.GetValues<TiedFlow>())
        {
            Matrix<double> end = TiedFlows.Integrate(flow, covariance, start, stage).Weights[^1];
            Assert.Equal(0.5, end[0, 0] * end[0, 0], 1e-8);
        }
    }

    /// <summary>a(t) = a₀/(a₀ + (1−a₀)e^{−2λt}) reaches a_f after the stage time (Saxe et al. 2014, arXiv 1312.6120).</summary>
    [Theory]
    [InlineData(1.7, 0.01, 0.9)]
    [InlineData(0.3, 0.2, 0.25)]
    public void TheStageTimeIsThatOfTheBalancedMode(double lambda, double from, double to)
    {
        double t = TiedFlows.StageTime(lambda, from, to);
        Assert.Equal(to, from / (from + ((1 - from) * Math.Exp(-2 * lambda * t))), 1e-14);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => TiedFlows.Integrate(TiedFlow.Oja, s_spectrum, Random(2, 4, 0), 1));
        Assert.Throws<ArgumentException>(() => TiedFlows.Integrate(TiedFlow.Oja, s_spectrum, Random(2, 5, 0), 0));
        Assert.Throws<ArgumentException>(() => TiedFlows.Integrate(TiedFlow.Oja, s_spectrum, Random(2, 5, 0), 1e9));
    }

    private static Matrix<double> Random(int rows, int columns, int seed)
    {
        double[] values = new double[rows * columns];
        new GaussianSource(seed).Normal(values);
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, values) * 0.1;
    }

    private static Matrix<double> Turned(int size, int seed)
    {
        Matrix<double> q = Random(size, size, seed).QR().Q;
        return q * s_spectrum * q.Transpose();
    }
}
