using Geometry.Dictionaries;
using Geometry.Planted;
using Xunit;

namespace Geometry.Tests.Dictionaries;

/// <summary>A short version of the table of <c>tools/Geometry.Dictionaries calibrate</c>.</summary>
public sealed class CalibrationTests
{
    // The bounds allow for the errors of so few tries, two standard errors or more; the tool checks the rest.
    [Theory]
    [InlineData("even", 1)]
    [InlineData("spectrum", 1)]
    [InlineData("populations", 2)]
    [InlineData("two-cones", 2)]
    public void ChanceGivesSmallPAsOftenAsPSays(string kind, int k)
    {
        const int dim = 30;
        double[][] shares = new double[5][];
        Parallel.For(0, shares.Length, i => shares[i] = new Calibration(NullDictionary.Of(kind, dim, 0.5), 900, dim, k, 100).Replica(i));
        // Thresholds 1e-1 … 1e-8.
        for (int t = 0; t < 8; t++)
            Assert.InRange(shares.Average(s => s[t]), t < 3 ? 0.05 : 0.003, 4);
    }

    [Fact]
    public void InFamiliesOfNeighboursPIsCautious()
    {
        double[] shares = new ConeCalibration(0.85, 40, 2, 60).Replica(1);
        Assert.All(shares, s => Assert.InRange(s, 0, 1));
    }

    [Fact]
    public void ATailIsCommonUnlessAPlaneSaysOtherwise()
    {
        const int n = 5000,
            dim = 30;
        double[] lambda = [.. Enumerable.Repeat(1.0 / dim, dim)],
            axes = new double[dim * dim];
        for (int i = 0; i < dim; i++)
            axes[i * (dim + 1)] = 1;
        var chance = Populations.One(new SecondMoment(dim, lambda, axes));
        double[] basis = new double[2 * dim];
        (basis[0], basis[dim + 1]) = (1, 1);
        FittedPlane[] planes = [.. Enumerable.Repeat(new FittedPlane(2, [0, 1, 2], basis, [0, 0, 0]), 50)];
        // The shares of the nearest of n directions, and those that they would have if tails fell half as fast.
        float[] usual = [.. Enumerable.Range(0, PlaneTail.Rank).Select(i => Share(Math.Log((i + 0.5) / n)))];
        float[] heavy = [.. Enumerable.Range(0, PlaneTail.Rank).Select(i => Share(2 * Math.Log((i + 0.5) / n)))];
        PlaneTail[] tails = PlaneTail.Of(chance, n, planes, [.. Enumerable.Range(0, 50).Select(i => i == 7 ? heavy : usual)], 2);
        Assert.All(tails.Where((_, i) => i != 7), t => Assert.InRange(t.LogProbability(-20), -20, -19));
        // The probability 1/n was observed at e⁻¹⁷ by the formula; beyond, the tail falls half as fast, and the slope is a standard error
        // lower.
        Assert.InRange(tails[7].LogProbability(2 * Math.Log(1.0 / n)), Math.Log(0.5 / n), Math.Log(4.0 / n));
        Assert.InRange(tails[7].Slope, 0.35, 0.55);
        // Without enough directions the formula is not corrected.
        Assert.Equal(
            -20,
            PlaneTail
                .Of(
                    chance,
                    n,
                    planes[..1],
                    [
                        [0.5f],
                    ],
                    1
                )[0]
                .LogProbability(-20)
        );

        float Share(double logP)
        {
            double low = 0.07,
                high = 1;
            for (int step = 0; step < 60; step++)
            {
                double middle = (low + high) / 2;
                if (new InPlaneTail(lambda).LogProbability(basis, 2, middle) > logP)
                    low = middle;
                else
                    high = middle;
            }
            return (float)low;
        }
    }
}
