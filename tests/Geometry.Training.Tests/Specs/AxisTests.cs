using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Specs;

public class AxisTests
{
    [Fact]
    public void LinSpaceHasEvenSteps() => Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5], Axis.LinSpace(0.1, 0.5, 5).Values);

    [Fact]
    public void LogSpaceHasEvenRatiosAndTakesItsEndsAsTheyAre() =>
        Assert.Equal([1, 0.316227766017, 0.1, 0.0316227766017, 0.01], Axis.LogSpace(1, 0.01, 5).Values);

    [Fact]
    public void EndsAreExactToTheBit() => Assert.Equal([1 / 3.0, 2 / 3.0], Axis.LogSpace(1 / 3.0, 2 / 3.0, 2).Values);

    [Fact]
    public void OneValueIsTheFirstEnd()
    {
        Axis axis = Axis.LinSpace(3, 9, 1);
        Assert.Equal([3.0], axis.Values);
        Assert.True(axis.IsSwept);
        Assert.False(Axis.Of(3).IsSwept);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void LogSpaceNeedsPositiveEnds(double from, double to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.LogSpace(from, to, 3));
}
