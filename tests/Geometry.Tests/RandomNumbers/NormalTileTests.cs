using Geometry.RandomNumbers;
using MathNet.Numerics.Distributions;
using Xunit;

namespace Geometry.Tests.RandomNumbers;

public class NormalTileTests
{
    [Fact]
    public void MomentsAndDistributionAreNormal()
    {
        const int Tiles = 20_000,
            N = Tiles * NormalTile.Size;
        double[] x = new double[N];
        for (uint t = 0; t < Tiles; t++)
            NormalTile.Fill(t, 3, 5, 16, 1, 2, x.AsSpan((int)t * NormalTile.Size));
        Assert.InRange(x.Average(), -5 / Math.Sqrt(N), 5 / Math.Sqrt(N));
        Assert.InRange(x.Average(v => v * v), 1 - (5 * Math.Sqrt(2.0 / N)), 1 + (5 * Math.Sqrt(2.0 / N)));
        Assert.InRange(x.Average(v => v * v * v * v), 3 - (5 * Math.Sqrt(96.0 / N)), 3 + (5 * Math.Sqrt(96.0 / N)));
        // Neighbours in the tile and cosine and sine of one pair are uncorrelated.
        foreach (int lag in (int[])[1, 8, 64])
            Assert.InRange(Enumerable.Range(0, N - lag).Average(i => x[i] * x[i + lag]), -5 / Math.Sqrt(N), 5 / Math.Sqrt(N));
        Array.Sort(x);
        double distance = Enumerable.Range(0, N).Max(i => Math.Abs(Normal.CDF(0, 1, x[i]) - ((i + 0.5) / N)));
        // Kolmogorov and Smirnov's statistic exceeds 2/√N with probability 7e-4.
        Assert.InRange(distance, 0, 2 / Math.Sqrt(N));
    }

    [Fact]
    public void ItIsTheTransformOfItsWords()
    {
        double[] tile = new double[NormalTile.Size];
        NormalTile.Fill(7, 1, 2, 3, 4, 5, tile);
        for (int l = 0; l < 8; l++)
        {
            (uint u, uint v, _, _) = Philox.Words((7 * 16) + (uint)l, 1, 2, 3, 4, 5);
            double radius = Math.Sqrt(-2 * Math.Log((u + 0.5) / 4294967296.0)),
                angle = 2 * Math.PI * (v + 0.5) / 4294967296.0;
            Assert.Equal(radius * Math.Cos(angle), tile[l], 1e-10);
            Assert.Equal(radius * Math.Sin(angle), tile[8 + l], 1e-10);
        }
    }
}
