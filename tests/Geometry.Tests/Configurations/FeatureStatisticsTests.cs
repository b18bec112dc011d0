using Geometry.Configurations;
using Geometry.RandomNumbers;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Configurations;

public sealed class FeatureStatisticsTests
{
    [Theory]
    [InlineData(4, 7)]
    [InlineData(7, 4)]
    [InlineData(5, 5)]
    [InlineData(37, 50)]
    public void Agrees_with_the_definitions_in_matrix_form(int m, int n)
    {
        var random = new GaussianSource(1);
        double[] columns = new double[m * n];
        random.Normal(columns);
        FeatureStatistics statistics = FeatureStatistics.Of(new FeatureConfiguration(m, n, columns));
        Matrix<double> w = Matrix<double>.Build.DenseOfColumnMajor(m, n, columns);
        Matrix<double> gram = w.TransposeThisAndMultiply(w);
        double frobenius = w.FrobeniusNorm() * w.FrobeniusNorm();
        for (int i = 0; i < n; i++)
        {
            double norm = w.Column(i).L2Norm();
            Assert.Equal(norm, statistics.Norms[i], 12);
            Assert.Equal(norm * norm / (gram.Row(i) / norm).PointwisePower(2).Sum(), statistics.Dimensionalities[i], 12);
        }
        Assert.Equal(statistics.Learned(0.9), FeatureStatistics.Learned(new FeatureConfiguration(m, n, columns), 0.9));
        Assert.Equal(m / frobenius, statistics.DimsPerFeature, 12);
        Matrix<double> defect = w.TransposeAndMultiply(w) * (m / frobenius) - Matrix<double>.Build.DenseIdentity(m);
        Assert.Equal(defect.FrobeniusNorm() / Math.Sqrt(m), statistics.FrameDefect, 12);
    }

    [Fact]
    public void A_pentagon_has_dimensionality_two_fifths_and_is_a_tight_frame()
    {
        double[] columns =
        [
            .. Enumerable.Range(0, 5).SelectMany(i => new[] { Math.Cos(2 * Math.PI * i / 5), Math.Sin(2 * Math.PI * i / 5) }),
        ];
        FeatureStatistics statistics = FeatureStatistics.Of(new FeatureConfiguration(2, 5, columns));
        Assert.All(statistics.Dimensionalities, d => Assert.Equal(0.4, d, 12));
        Assert.Equal(0, statistics.FrameDefect, 12);
        Assert.Equal(0.4, statistics.DimsPerFeature, 12);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    [InlineData(5e-324)]
    public void Extreme_weights_neither_overflow_nor_vanish(double scale)
    {
        FeatureStatistics statistics = FeatureStatistics.Of(new FeatureConfiguration(2, 2, [scale, 0, 0, scale]));
        Assert.Equal([1.0, 1.0], statistics.Dimensionalities);
        Assert.Equal(0, statistics.FrameDefect, 12);
        Assert.Equal([0, 1], statistics.Learned(0.5));
    }

    [Fact]
    public void Zero_weights_have_no_learned_feature()
    {
        FeatureStatistics statistics = FeatureStatistics.Of(new FeatureConfiguration(3, 2, new double[6]));
        Assert.Empty(statistics.Learned(0.5));
        Assert.Equal(double.PositiveInfinity, statistics.DimsPerFeature);
        Assert.True(double.IsNaN(statistics.FrameDefect));
        Assert.Equal([0.0, 0.0], statistics.Dimensionalities);
    }
}
