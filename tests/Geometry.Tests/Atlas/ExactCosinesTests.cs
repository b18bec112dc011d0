using Geometry.Atlas;
using Xunit;

namespace Geometry.Tests.Atlas;

public class ExactCosinesTests
{
    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(0, "0")]
    [InlineData(-0.25, "-1/4")]
    [InlineData(0.30901699437494745, "cos(2π/5)")]
    [InlineData(-0.9009688679024191, "cos(6π/7)")]
    [InlineData(0.816496580927726, "√(2/3)")]
    [InlineData(-0.7071067811865476, "-√(1/2)")]
    [InlineData(-0.4472135954999579, "-√(1/5)")]
    [InlineData(0.26120387496374144, "(-1+2√2)/7")]
    public void ClosedFormsAreRecognised(double cosine, string text) => Assert.Equal(text, ExactCosines.Recognise(cosine));

    [Fact]
    public void OtherNumbersAreNot()
    {
        var random = new Geometry.RandomNumbers.GaussianSource(3);
        Assert.All(Enumerable.Range(0, 2000), _ => Assert.Null(ExactCosines.Recognise((2 * random.Uniform()) - 1)));
        Assert.Null(ExactCosines.Recognise(-0.25 + 1e-8));
        Assert.Null(ExactCosines.Recognise(1.5));
    }

    [Theory]
    [InlineData(4, 3.674234614)]
    [InlineData(6, 9.985281374)]
    [InlineData(8, 19.675287861)]
    [InlineData(12, 49.165253058)]
    public void TheThomsonOptimumIsThePublishedOne(int count, double energy) => Assert.Equal(energy, ThomsonOptimum.Of(3, count), 1e-7);
}
