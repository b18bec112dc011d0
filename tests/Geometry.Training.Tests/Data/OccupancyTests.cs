using Geometry.Training.Data;
using Geometry.Training.Streams;
using Xunit;

namespace Geometry.Training.Tests.Data;

public class OccupancyTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(10, 0.01)]
    [InlineData(1024, 0.05)]
    [InlineData(1024, 0.9)]
    [InlineData(100_000, 1e-4)]
    [InlineData(16_000_000, 0.5)]
    public void HasTheBinomialsMeanAndVariance(int batch, double q)
    {
        const int Draws = 20_000;
        var occupancy = new Occupancy(batch, q);
        double mean = batch * q,
            variance = mean * (1 - q),
            sum = 0,
            squares = 0;
        for (uint step = 0; step < Draws; step++)
        {
            int k = occupancy.Draw(new RandomStream(1, 1, step, Purpose.Occupancy));
            Assert.InRange(k, 0, batch);
            sum += k - mean;
            squares += (k - mean) * (k - mean);
        }
        Assert.InRange(Math.Abs(sum / Draws), 0, 5 * Math.Sqrt(variance / Draws));
        // Kurtosis of the binomial: 3 + (1 − 6q(1−q))/variance.
        double spread = Math.Sqrt((2 + Math.Max(0, 1 - 6 * q * (1 - q)) / variance) / Draws);
        Assert.InRange(squares / Draws / variance, 1 - 5 * spread, 1 + 5 * spread);
    }

    [Fact]
    public void CertainlyOccupiedMeansAll() => Assert.Equal(77, new Occupancy(77, 1).Draw(new RandomStream(0, 0, 0, Purpose.Occupancy)));
}
