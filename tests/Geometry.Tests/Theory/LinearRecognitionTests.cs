using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Theory;

public class LinearRecognitionTests
{
    private const int Features = 5;
    private static readonly double[] s_decay = [1, 0.6, 0.4, 0.2, 0.1];

    /// <summary>A = U_I C, B = C⁻¹U_Iᵀ for every pair of eigenvectors and a random C, with importances, untied.</summary>
    [Fact]
    public void EveryCriticalPointOfAnUntiedModelIsNamedWhateverC()
    {
        const double P = 0.3;
        Matrix<double> covariance = Matrix<double>.Build.DenseOfRowMajor(
            Features,
            Features,
            SparseCovariance.Matrix(P, s_decay, bias: false)
        );
        var eigen = covariance.Evd(Symmetricity.Symmetric);
        var random = new GaussianSource(3);
        foreach (
            LinearCriticalPoint point in LinearCriticalPoints
                .Of(SparseCovariance.Spectrum(covariance.ToRowMajorArray(), Features), 2)
                .Where(p => p.Rank == 2)
        )
        {
            Matrix<double> u = Matrix<double>.Build.DenseOfColumnVectors(
                point.Subset.Select(i => eigen.EigenVectors.Column(Features - 1 - i))
            );
            Matrix<double> c = Matrix<double>.Build.Dense(2, 2, (_, _) => random.Normal()),
                inverse = c.Inverse();
            Matrix<double> roots = Matrix<double>.Build.DenseOfDiagonalArray([.. s_decay.Select(Math.Sqrt)]);
            // In x instead of y = Dx the decoder is D⁻¹U_I C, and the encoder C⁻¹U_Iᵀ D.
            Matrix<double> decoder = (roots.Inverse() * u * c).Transpose(),
                encoder = inverse * u.Transpose() * roots;
            LinearMatch match = new LinearRecognition(P, s_decay, bias: false).Match(Configuration(encoder), Configuration(decoder));
            Assert.Equal("eigenvectors " + string.Join(' ', point.Subset), match.Name);
            Assert.Equal(0, match.Residual, 1e-9);
            Assert.Equal(point.Loss, match.Loss, 1e-12);
            Assert.Equal(point.Loss, match.PointLoss, 1e-12);
        }
    }

    [Fact]
    public void EqualEigenvaluesLeaveTheChoiceOpen()
    {
        var recognition = new LinearRecognition(0.2, [1, 1, 1, 1, 1], bias: false);
        // The direction of the mean, and any direction orthogonal to it.
        double[] across = [1, -1, 0.5, -0.2, -0.3],
            row = [.. across.Select(v => v / Vectors.Norm(across))];
        LinearMatch match = recognition.Match(
            new FeatureConfiguration(2, Features, [.. row.SelectMany(v => (double[])[1 / Math.Sqrt(5), v])]),
            null
        );
        Assert.Equal("eigenvectors 0 and 1 of 1-4", match.Name);
        Assert.Equal(recognition.Minimum(2).PointLoss, match.Loss, 1e-12);
        Assert.True(match.IsNear);
    }

    [Fact]
    public void AModelOnItsWayIsNearNothing()
    {
        LinearMatch match = new LinearRecognition(0.2, s_decay, bias: true).Match(
            new FeatureConfiguration(1, Features, [0.7, 0, 0, 0, 0]),
            null
        );
        Assert.Equal("no eigenvector", match.Name);
        Assert.Equal(0.49 / Math.Sqrt(2), match.Residual, 1e-12);
        Assert.False(match.IsNear);
    }

    /// <summary>With a bias, the optimum that keeps m features has the loss v·Σ_{i&gt;m} I_i.</summary>
    [Fact]
    public void TheMinimumDropsTheLeastImportantFeatures() =>
        Assert.Equal(
            IdealSolutions.Variance(0.3) * (0.4 + 0.2 + 0.1),
            new LinearRecognition(0.3, s_decay, bias: true).Minimum(2).Loss,
            1e-14
        );

    [Fact]
    public void OtherSizesAreRefused() =>
        Assert.Throws<ArgumentException>(() =>
            new LinearRecognition(0.3, s_decay, bias: true).Match(new FeatureConfiguration(1, 2, [1, 0]), null)
        );

    private static FeatureConfiguration Configuration(Matrix<double> matrix) =>
        new(matrix.RowCount, matrix.ColumnCount, matrix.ToColumnMajorArray());
}
