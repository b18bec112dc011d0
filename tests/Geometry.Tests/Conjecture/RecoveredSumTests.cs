using Geometry.Conjecture;
using Xunit;

namespace Geometry.Tests.Conjecture;

public sealed class RecoveredSumTests
{
    [Theory]
    [InlineData(true, new[] { 0, 0, 1 }, new[] { 1, 1, 0 })]
    [InlineData(true, new[] { -1, 4 }, new[] { -1, 0 })]
    [InlineData(false, new[] { 0, 0, 1 }, new[] { 0, 0, 0 })] // joined
    [InlineData(false, new[] { 0, 0, 0 }, new[] { 0, 0, 1 })] // split
    [InlineData(false, new[] { 0, -1 }, new[] { 0, 1 })]
    [InlineData(false, new[] { 0, 1 }, new[] { 0, -1 })]
    [InlineData(false, new[] { 0 }, new[] { 0, 1 })]
    [InlineData(true, new int[0], new int[0])]
    public void Numbers_of_summands_do_not_matter_membership_does(bool same, int[] found, int[] truth) =>
        Assert.Equal(same, new RecoveredSum(found, "").IsPartition(truth));
}

public sealed class WilsonIntervalTests
{
    // Reference: the roots of (p̂ − p)² = z² p(1−p)/n, by the quadratic formula with 40 digits.
    [Theory]
    [InlineData(0, 10, 0, 0.2775327998628892)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    [InlineData(5, 10, 0.2365930905125640, 0.7634069094874359)]
    [InlineData(0, 0, 0, 1)]
    public void Ends_solve_the_score_equation(long successes, long trials, double low, double high)
    {
        WilsonInterval interval = WilsonInterval.Of(successes, trials);
        Assert.Equal(low, interval.Low, 12);
        Assert.Equal(high, interval.High, 12);
    }

    [Theory]
    [InlineData(3, 17)]
    [InlineData(999, 1000)]
    [InlineData(1, 100000)]
    public void Each_end_is_z_deviations_from_the_rate(long successes, long trials)
    {
        WilsonInterval interval = WilsonInterval.Of(successes, trials);
        foreach (double p in new[] { interval.Low, interval.High })
            Assert.Equal(1.959963984540054, Math.Abs(((double)successes / trials) - p) / Math.Sqrt(p * (1 - p) / trials), 6);
    }

    [Fact]
    public void More_successes_than_trials_are_refused() => Assert.Throws<ArgumentException>(() => WilsonInterval.Of(3, 2));
}
