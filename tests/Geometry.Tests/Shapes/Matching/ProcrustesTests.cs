using Geometry.Shapes.Matching;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Shapes.Matching;

public class ProcrustesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Equals_the_orthogonal_factor_of_the_singular_value_decomposition(int d)
    {
        var random = new Directions(d);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] m = random.Random(d, d);
            var svd = Matrix<double>.Build.DenseOfRowMajor(d, d, m).Svd();
            if (svd.S[^1] < 1e-3)
                continue;
            double[] expected = (svd.U * svd.VT).ToRowMajorArray();
            Assert.True(Procrustes.Polar(m, d));
            Assert.All(expected.Zip(m), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        }
    }

    [Fact]
    public void Refuses_a_singular_matrix()
    {
        Assert.False(Procrustes.Polar(new double[9], 3));
        Assert.False(Procrustes.Polar([1, 2, 3, 2, 4, 6, 0, 0, 1], 3));
    }
}
