using Geometry.Measures.Llc;
using Geometry.RandomNumbers;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Measures.Llc;

public class SparseLimitChainsTests
{
    /// <summary>Covers every branch of the formulas: biases of both signs in one row of lanes, with dead columns among them.</summary>
    [Theory]
    [InlineData(2, 6)]
    [InlineData(3, 5)]
    [InlineData(1, 1)]
    public void ItIsTheLossOfOneModelInEveryLane(int d, int k)
    {
        var random = new GaussianSource(d + (100 * k));
        double[] importance = [.. Enumerable.Range(0, k).Select(_ => 0.5 + random.Uniform())];
        var one = new SparseLimitLoss(d, k, importance);
        var eight = new SparseLimitChains(d, k, importance);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] points = new double[eight.Length * 8],
                losses = new double[8],
                gradients = new double[points.Length],
                gradient = new double[eight.Length];
            for (int i = 0; i < points.Length; i++)
                points[i] = random.Normal() * (i / 8 < k * d ? 0.9 : 0.5);
            if (trial % 3 == 0)
            {
                for (int c = 0; c < d; c++)
                    points[(c * 8) + 2] = 0;
            }
            eight.Evaluate(points, 0, losses, gradients);
            for (int lane = 0; lane < 8; lane++)
            {
                double energy = one.Evaluate([.. Enumerable.Range(0, eight.Length).Select(i => points[(i * 8) + lane])], gradient);
                Assert.Equal(energy / k, losses[lane], 1e-12 * Math.Max(1, energy));
                for (int i = 0; i < gradient.Length; i++)
                    Assert.Equal(gradient[i] / k, gradients[(i * 8) + lane], 1e-11 * Math.Max(1, Math.Abs(gradient[i])));
            }
        }
    }

    [Fact]
    public void WithoutABiasItIsTheSameWithABiasOfZero()
    {
        var random = new GaussianSource(5);
        var with = new SparseLimitChains(2, 4);
        var without = new SparseLimitChains(2, 4, bias: false);
        double[] points = new double[12 * 8],
            a = new double[8],
            b = new double[8],
            ga = new double[12 * 8],
            gb = new double[8 * 8];
        for (int i = 0; i < 8 * 8; i++)
            points[i] = random.Normal();
        with.Evaluate(points, 0, a, ga);
        without.Evaluate(points.AsSpan(0, 64), 0, b, gb);
        Assert.Equal(a, b);
        Assert.Equal(ga[..64], gb);
    }
}
