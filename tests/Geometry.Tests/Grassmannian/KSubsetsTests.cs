using System.Numerics;
using Geometry.Grassmannian;
using Xunit;

namespace Geometry.Tests.Grassmannian;

public class KSubsetsTests
{
    [Fact]
    public void BinomialsEqualPascalsTriangleAndRefuseOverflow()
    {
        var row = new BigInteger[] { 1 };
        int refused = 0;
        for (int n = 0; n <= 80; n++)
        {
            for (int k = 0; k <= n; k++)
            {
                if (row[k] <= long.MaxValue)
                    Assert.Equal((long)row[k], KSubsets.Binomial(n, k));
                else
                {
                    Assert.Throws<OverflowException>(() => KSubsets.Binomial(n, k));
                    refused++;
                }
            }
            row = [.. Enumerable.Range(0, n + 2).Select(k => (k > 0 ? row[k - 1] : 0) + (k <= n ? row[k] : 0))];
        }
        Assert.True(refused > 100);
        Assert.Equal(118264581564861424, KSubsets.Binomial(60, 30));
        Assert.Equal(int.MaxValue, KSubsets.Binomial(int.MaxValue, 1));
        Assert.Equal(0, KSubsets.Binomial(3, 4));
        Assert.Equal(0, KSubsets.Binomial(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KSubsets.Binomial(-1, 0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 0)]
    [InlineData(5, 5)]
    [InlineData(7, 3)]
    [InlineData(9, 4)]
    [InlineData(12, 2)]
    public void EnumerationIsLexicographicAndRanksCountIt(int n, int k)
    {
        int[] subset = new int[k],
            back = new int[k],
            previous = [];
        KSubsets.First(subset);
        long rank = 0;
        do
        {
            Assert.Equal(rank, KSubsets.Rank(subset, n));
            KSubsets.Unrank(rank, n, back);
            Assert.Equal(subset, back);
            if (rank > 0)
                Assert.True(previous.AsSpan().SequenceCompareTo(subset) < 0);
            previous = [.. subset];
            rank++;
        } while (KSubsets.Next(subset, n));
        Assert.Equal(KSubsets.Binomial(n, k), rank);
        Assert.Equal(previous, subset);
    }

    [Fact]
    public void UnrankingInvertsRankingInLargeSystems()
    {
        var random = new Random(5);
        int[] subset = new int[6];
        long total = KSubsets.Binomial(1500, 6);
        for (int trial = 0; trial < 200; trial++)
        {
            long rank = random.NextInt64(total);
            KSubsets.Unrank(rank, 1500, subset);
            Assert.Equal(rank, KSubsets.Rank(subset, 1500));
        }
    }

    [Fact]
    public void BadSubsetsAndRanksAreRefused()
    {
        Assert.Throws<ArgumentException>(() => KSubsets.Rank([1, 1], 4));
        Assert.Throws<ArgumentException>(() => KSubsets.Rank([2, 4], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => KSubsets.Unrank(6, 4, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => KSubsets.Unrank(-1, 4, new int[2]));
    }
}
