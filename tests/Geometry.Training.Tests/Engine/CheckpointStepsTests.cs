using Geometry.Training.Engine;
using Xunit;

namespace Geometry.Training.Tests.Engine;

public class CheckpointStepsTests
{
    [Theory]
    [InlineData(1000, 5, new[] { 0, 1, 10, 100, 1000 })]
    [InlineData(1000, 2, new[] { 0, 1000 })]
    [InlineData(1000, 1, new[] { 1000 })]
    [InlineData(1000, 0, new int[0])]
    [InlineData(4, 100, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(0, 3, new[] { 0 })]
    [InlineData(10, 8, new[] { 0, 1, 2, 3, 4, 5, 7, 10 })]
    public void AreLogSpacedAndDistinct(int steps, int count, int[] expected) =>
        Assert.Equal(expected, CheckpointSteps.LogSpaced(steps, count));

    [Theory]
    [InlineData(225_000, 4, new[] { 0, 75_000, 150_000, 225_000 })]
    [InlineData(10, 4, new[] { 0, 3, 7, 10 })]
    [InlineData(3, 100, new[] { 0, 1, 2, 3 })]
    [InlineData(7, 1, new[] { 7 })]
    [InlineData(7, 0, new int[0])]
    [InlineData(0, 3, new[] { 0 })]
    public void OrEvenlySpaced(int steps, int count, int[] expected) => Assert.Equal(expected, CheckpointSteps.EvenlySpaced(steps, count));

    [Fact]
    public void AlwaysRiseFromTheStartToTheEnd()
    {
        for (int steps = 1; steps < 60; steps++)
        {
            for (int count = 2; count < 70; count++)
            {
                IReadOnlyList<int> kept = CheckpointSteps.LogSpaced(steps, count);
                Assert.Equal(Math.Min(count, steps + 1), kept.Count);
                Assert.Equal(0, kept[0]);
                Assert.Equal(steps, kept[^1]);
                for (int i = 1; i < kept.Count; i++)
                    Assert.True(kept[i] > kept[i - 1]);
            }
        }
    }
}
