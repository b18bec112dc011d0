using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Grassmannian;
using Geometry.Labels;
using Xunit;

namespace Geometry.Tests.Labels;

public class SplittingPlanesTests
{
    /// <summary>Two lines are decided without the Hough transform, and it must decide the same at any angle, on both sides of ε.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void TwoLinesAreDecidedAsTheHoughTransformDecidesThem(int m)
    {
        var random = new Random(m);
        int together = 0,
            apart = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            double epsilon = 0.02 + 0.4 * random.NextDouble();
            // A third of the angles lie within a thousandth of ε, some within rounding.
            double sine =
                trial % 3 == 0 ? epsilon * (1 + Math.Pow(10, -3 - trial % 13) * (random.NextDouble() - 0.5)) : 0.45 * random.NextDouble();
            LearnedColumns columns = Pair(m, sine, trial % 2 == 0 ? -1 : 1, random);
            var search = new SplittingPlanes(columns, DecisionConstants.Default with { PlaneToleranceFactor = 0 }, 0);
            search.Vote([0, 1], 1, epsilon);

            IReadOnlyList<HoughPlane> planes = HoughTransform.Planes(
                columns.Unit,
                m,
                2,
                new HoughOptions
                {
                    MaxPlaneDim = 1,
                    Epsilon = epsilon,
                    Threads = 1,
                }
            );
            // A line noisier than any structure is not kept; whether ε is consistent with the noise is not tested here.
            bool expected =
                planes.Count == 1 && Math.Sqrt((1 - Math.Abs(columns.Gram[1])) / (m - 1)) <= DecisionConstants.Default.LargestNoise;
            Assert.Equal(expected ? 1 : 0, search.Found.Count);
            if (expected)
                Assert.Equal([0, 1], search.Found[0].Features);
            if (expected)
                together++;
            else
                apart++;
        }
        Assert.InRange(together, 50, 350);
        Assert.InRange(apart, 50, 350);
    }

    private static LearnedColumns Pair(int m, double sine, int sign, Random random)
    {
        double[] u = new double[m],
            v = new double[m],
            w = new double[(2 + m) * m];
        for (int k = 0; k < m; k++)
            (u[k], v[k]) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        double norm = Math.Sqrt(u.Sum(x => x * x));
        for (int k = 0; k < m; k++)
            u[k] /= norm;
        double along = u.Zip(v, (a, b) => a * b).Sum();
        for (int k = 0; k < m; k++)
            v[k] -= along * u[k];
        norm = Math.Sqrt(v.Sum(x => x * x));
        double cosine = Math.Sqrt(1 - sine * sine);
        for (int k = 0; k < m; k++)
            (w[k], w[m + k]) = (u[k], sign * (cosine * u[k] + sine * v[k] / norm));
        // Columns too short to be learned make all of R^m count.
        for (int k = 0; k < m; k++)
            w[((2 + k) * m) + k] = 0.1;
        return LearnedColumns.Of(new FeatureConfiguration(m, 2 + m, w), [0, 1]);
    }
}
