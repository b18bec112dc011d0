using Geometry.Configurations;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class ActivitySharesTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void TheSharesAddUpToTheExactLoss(double density)
    {
        double[] columns = [1.1, 0.1, -0.6, 0.9, -0.4, -1],
            bias = [-0.1, 0.05, -0.3],
            importance = [1, 2, 0.5];
        IReadOnlyList<ActivityShare> shares = ActivityShares.Of(
            new FeatureConfiguration(2, 3, columns),
            bias,
            density,
            importance,
            samples: 100_000
        );
        double exact = new SmallModelLoss(2, 3, density, importance).Evaluate([.. columns, .. bias], new double[9]);
        double error = Math.Sqrt(shares.Sum(s => Math.Pow(s.Probability * s.StandardError, 2)));
        Assert.InRange(shares.Sum(s => s.Probability * s.Loss) - exact, (-4 * error) - 1e-12, (4 * error) + 1e-12);
        Assert.Equal(1, shares.Sum(s => s.Probability), 1e-8);
        Assert.Equal(1, shares.Sum(s => s.Share), 1e-12);
        Assert.All(shares.Where(s => s.Active < 2), s => Assert.Equal(0, s.StandardError));
    }

    [Fact]
    public void SparseInputsHaveOneActiveFeature()
    {
        GroundState pentagon = GroundStates.Find(2, 5, starts: 20)[0];
        IReadOnlyList<ActivityShare> shares = ActivityShares.Of(pentagon.Minimum.Weights, pentagon.Minimum.Bias, 1e-3);
        Assert.InRange(shares[1].Share, 0.95, 1);
        Assert.Equal(pentagon.Minimum.Energy / 5, shares[1].Loss, 1e-12);
        Assert.InRange(shares.Count, 3, 5);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        var w = new FeatureConfiguration(1, 2, [1, -1]);
        Assert.Throws<ArgumentException>(() => ActivityShares.Of(w, [0], 0.1));
        Assert.Throws<ArgumentException>(() => ActivityShares.Of(w, [0, 0], 0.1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivityShares.Of(w, [0, 0], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivityShares.Of(w, [0, 0], 0.1, samples: 1));
    }
}
