using Geometry.Dictionaries;
using Geometry.Planted;
using Xunit;

namespace Geometry.Tests.Dictionaries;

/// <summary>A short run of what <c>tools/Geometry.Dictionaries calibrate</c> tabulates.</summary>
public sealed class CalibrationTests
{
    [Theory]
    [InlineData("even", 1)]
    [InlineData("spectrum", 1)]
    public void ChanceGivesSmallPAsOftenAsPSays(string kind, int k)
    {
        const int dim = 30;
        double[][] shares = new double[8][];
        Parallel.For(0, shares.Length, i => shares[i] = new Calibration(NullDictionary.Of(kind, dim, 0.5), 400, dim, k, 200).Replica(i));
        // Thresholds 1e-1 … 1e-4, roughly; the rarer ones, and the last factor, are left to the tool, which takes more tries.
        for (int t = 0; t < 4; t++) Assert.InRange(shares.Average(s => s[t]), 0.1, 3);
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
        const int n = 5000, dim = 30;
        var even = new AngularGaussian([.. Enumerable.Repeat(1.0, dim)]);
        double[] basis = new double[2 * dim];
        (basis[0], basis[dim + 1]) = (1, 1);
        FittedPlane[] planes = [.. Enumerable.Repeat(new FittedPlane(2, [0, 1, 2], basis, [0, 0, 0]), 50)];
        // The shares that the nearest of n directions have, and those that they would have if tails fell half as fast.
        float[] usual = [.. Enumerable.Range(0, PlaneTail.Rank).Select(i => Share(Math.Log((i + 0.5) / n)))];
        float[] heavy = [.. Enumerable.Range(0, PlaneTail.Rank).Select(i => Share(2 * Math.Log((i + 0.5) / n)))];
        PlaneTail[] tails = PlaneTail.Of(even.Chance, n, planes, [.. Enumerable.Range(0, 50).Select(i => i == 7 ? heavy : usual)], 2);
        Assert.All(tails.Where((_, i) => i != 7), t => Assert.InRange(t.LogProbability(-20), -20, -19));
        // One in n is what was seen at e⁻¹⁷; beyond, half as fast, and a standard error lower.
        Assert.InRange(tails[7].LogProbability(2 * Math.Log(1.0 / n)), Math.Log(0.5 / n), Math.Log(4.0 / n));
        Assert.InRange(tails[7].Slope, 0.35, 0.55);
        // Without enough directions nothing is known, and nothing is changed.
        Assert.Equal(-20, PlaneTail.Of(even.Chance, n, planes[..1], [[0.5f]], 1)[0].LogProbability(-20));

        float Share(double logP)
        {
            double low = 0.07, high = 1;
            for (int step = 0; step < 60; step++)
            {
                double middle = (low + high) / 2;
                if (even.Tail.LogProbability(basis, 2, middle) > logP) low = middle;
                else high = middle;
            }
            return (float)low;
        }
    }
}
