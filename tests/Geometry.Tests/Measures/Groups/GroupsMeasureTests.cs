using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Measures.Groups;
using Xunit;

namespace Geometry.Tests.Measures.Groups;

public class GroupsMeasureTests
{
    /// <summary>Compares mean and variance with those over all 720 or 5040 permutations.</summary>
    [Theory]
    [InlineData(new[] { 0, 0, 1, 1, 2, 2 }, new[] { 0, 0, 0, 1, 1, 1 })]
    [InlineData(new[] { 0, 0, 0, 1, 1, -1 }, new[] { 0, 0, 1, 1, 2, 2 })]
    [InlineData(new[] { 0, 0, -1, 1, 1, 1, 1 }, new[] { 0, 1, 1, 1, 2, 2, 2 })]
    [InlineData(new[] { 0, 0 }, new[] { 0, 1 })]
    public void MomentsAreThoseOfAllPermutations(int[] groups, int[] summands)
    {
        var of = CoLocation.Of(groups, summands);
        double[] counts =
        [
            .. Permutations(summands.Length).Select(p => (double)CoLocation.Of(groups, [.. p.Select(i => summands[i])]).Shared),
        ];
        double mean = counts.Average();
        Assert.Equal(mean, of.Expected, 1e-9);
        Assert.Equal(counts.Average(c => (c - mean) * (c - mean)), of.Variance, 1e-9);
    }

    [Fact]
    public void PairsThatShareASummandAreCounted()
    {
        FeatureConfiguration w = Configurations.Of("pentagon + antipode");
        var run = new MeasuredRun
        {
            Weights = w,
            Summands = [new(2, "pentagon", [0, 1, 2, 3, 4]), new(1, "antipode", [5, 6])],
            Groups = new MeasuredGroups(
                Together: false,
                [
                    [0, 1],
                    [2, 5],
                    [3, 4, 6],
                ]
            ),
        };
        MeasureCell[] row = Assert.Single(new GroupsMeasure().Of(run).Rows);
        Assert.Equal("anticorrelated", row[0].Text);
        Assert.Equal([2.0, 7, 5, 2], row[1..5].Select(c => c.Number));
        Assert.Equal(5 * 11 / 21.0, row[5].Number, 1e-12);
        Assert.Throws<UnsupportedRunException>(() => new GroupsMeasure().Of(run with { Groups = null }));
    }

    [Fact]
    public void OneSummandTellsNothing()
    {
        var of = CoLocation.Of([0, 0, 1, 1, -1], [0, 0, 0, 0, 0]);
        Assert.Equal(new CoLocation(2, 2, 2, 0), of);
    }

    private static IEnumerable<int[]> Permutations(int n)
    {
        if (n == 0)
            return
            [
                [],
            ];
        return from shorter in Permutations(n - 1)
            from at in Enumerable.Range(0, n)
            select (int[])[.. shorter[..at], n - 1, .. shorter[at..]];
    }
}
