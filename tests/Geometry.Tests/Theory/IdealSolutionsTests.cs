using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class IdealSolutionsTests
{
    /// <summary>A published table of 200 × 200 points: its corners, and how often each solution is best.</summary>
    [Fact]
    public void ThePublishedTableIsReproduced()
    {
        int[] counts = new int[4];
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < 200; j++)
                counts[
                    (int)
                        IdealSolutions.Best(
                            IdealSolutions.Losses(3, Math.Pow(10, -3 + (i * 3 / 199.0)), Math.Pow(10, -2 + (j * 4 / 199.0)))
                        )
                ]++;
        }
        Assert.Equal([1700, 5761, 18300, 14239], counts);
        Assert.Equal(
            [3.3308333333333336e-4, 3.3308333333333336e-6, 3.3333333333333335e-7, 1.6833333333333335e-7],
            IdealSolutions.Losses(3, 0.001, 0.01),
            new Close()
        );
        Assert.Equal([1 / 12.0, 100 / 12.0, 1 / 3.0, 101 / 6.0], IdealSolutions.Losses(3, 1, 100), new Close());
    }

    [Theory]
    [InlineData(2, 0.05, 1.0)]
    [InlineData(3, 0.3, 0.4)]
    [InlineData(3, 0.9, 5.0)]
    public void EachIsTheExactLossOfItsWeights(int features, double density, double importance)
    {
        double[] losses = IdealSolutions.Losses(features, density, importance),
            weights = [.. Enumerable.Repeat(1.0, features - 1), importance],
            gradient = new double[features * features];
        foreach (IdealSolution solution in Enum.GetValues<IdealSolution>().Where(s => !double.IsNaN(losses[(int)s])))
            Assert.Equal(
                losses[(int)solution],
                new SmallModelLoss(features - 1, features, density, weights).Evaluate(
                    IdealSolutions.Point(solution, features, density),
                    gradient
                ),
                1e-14
            );
    }

    [Fact]
    public void TheCurvesAreWhereTheLossesAreEqual()
    {
        foreach (double p in (double[])[0.01, 0.3, 0.5, 0.7])
        {
            double[] losses = IdealSolutions.Losses(2, p, IdealSolutions.IgnoreLastMeetsPairLast(p)),
                mirrored = IdealSolutions.Losses(2, p, 1 / IdealSolutions.IgnoreLastMeetsPairLast(p));
            Assert.Equal(losses[(int)IdealSolution.IgnoreLast], losses[(int)IdealSolution.PairLast], 1e-15);
            Assert.Equal(mirrored[(int)IdealSolution.IgnoreOther], mirrored[(int)IdealSolution.PairLast], 1e-13);
        }
        Assert.Equal(double.PositiveInfinity, IdealSolutions.IgnoreLastMeetsPairLast(0.9));
        double[] triple = IdealSolutions.Losses(3, IdealSolutions.TripleDensity, 1);
        Assert.All(triple, loss => Assert.Equal(triple[0], loss, 1e-15));
    }

    [Fact]
    public void OneOtherFeatureHasNoneToPairWith()
    {
        Assert.Equal(double.NaN, IdealSolutions.Losses(2, 0.1, 1)[(int)IdealSolution.PairOthers]);
        Assert.Equal(IdealSolution.PairLast, IdealSolutions.Best(IdealSolutions.Losses(2, 0.1, 1)));
    }

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 1e-14 * Math.Abs(x);

        public int GetHashCode(double value) => 0;
    }
}
