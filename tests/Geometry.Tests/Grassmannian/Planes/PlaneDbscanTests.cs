using Geometry.Clustering;
using Geometry.Grassmannian;
using Geometry.Grassmannian.Planes;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian.Planes;

public class PlaneDbscanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void EqualsTheGeneralDbscanOnNoisyDirectSums(int k)
    {
        int clustered = 0;
        for (int seed = 0; seed < (k < 3 ? 25 : 12); seed++)
        {
            var random = new Random((100 * k) + seed);
            IEnumerable<double[]> columns = Polygon(8, 0, 3 + (seed % 5))
                .Concat(Antiprism(8, 2))
                .Concat(Polygon(8, 5, 5))
                .Concat(Directions(random, 8, 2));
            if (k == 4)
                columns = columns.Take(14);
            double[] x = Finish(columns, random, seed % 4 * 0.015, rotate: true);
            clustered += Check(x, 8, k, 0.05 + (0.35 * random.NextDouble()), 2 + (seed % 3), 0.2);
        }
        Assert.True(clustered > (k == 1 ? 5 : 20), $"only {clustered} clusters");
    }

    [Theory]
    [InlineData(2, 20)]
    [InlineData(3, 100)]
    public void EqualsTheGeneralDbscanWhereVotesForAPlaneScatterOverSeveralRadii(int k, int least)
    {
        // Few features are near a plane, so that a walk looks three radii far and settles what it can; noise from none to more than ε.
        int clustered = 0;
        for (int seed = 0; seed < 24; seed++)
        {
            var random = new Random((500 * k) + seed);
            IEnumerable<double[]> columns = Polygon(7, 0, 5)
                .Concat(Polygon(7, 2, 5))
                .Concat(Polygon(7, 4, 3))
                .Concat(Directions(random, 7, 1));
            double[] x = Finish(columns, random, seed / 2 * 0.01, rotate: true);
            clustered += Check(x, 7, k, 0.06 + (0.02 * (seed % 3)), 2, 0.2);
        }
        Assert.True(clustered > least, $"only {clustered} clusters");
    }

    [Theory]
    [InlineData(1, 3, 40)]
    [InlineData(2, 3, 34)]
    [InlineData(2, 5, 34)]
    [InlineData(3, 4, 20)]
    [InlineData(4, 5, 15)]
    [InlineData(3, 3, 14)]
    public void EqualsTheGeneralDbscanOnCrowdedRandomDirections(int k, int m, int n)
    {
        // Nearly dependent subsets abound, many clusters, contested borders.
        int clustered = 0;
        for (int seed = 0; seed < 16; seed++)
        {
            var random = new Random((1000 * k) + seed);
            double[] x = Finish(Directions(random, m, n), random, 0, rotate: false);
            clustered += Check(x, m, k, 0.02 + (0.3 * random.NextDouble()), 2 + (seed % 4), seed % 2 == 0 ? 0.2 : 0.01);
        }
        Assert.True(clustered >= 16);
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(4, 2, 3)]
    [InlineData(3, 3, 2)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 1, 2)]
    [InlineData(3, 2, 2)]
    public void TiesOfSymmetricConfigurationsAreDecidedAlikeInEveryRotation(int m, int nonZero, int k)
    {
        // Distances between planes of lattice vectors are square roots of small rationals: put ε exactly on them.
        foreach (double squared in new[] { 1.0 / 3, 0.5, 2.0 / 3, 0.75, 1.0, 1.25, 4.0 / 3 })
        {
            if (squared >= k)
                continue;
            int[]? expected = null;
            for (int seed = 0; seed < 3; seed++)
            {
                double[] x = Finish(Lattice(m, nonZero), new Random(seed), 0, rotate: seed > 0);
                Check(x, m, k, Math.Sqrt(squared), 3, 0.2);
                int[] labels = Run(x, m, k, Math.Sqrt(squared), 3, 0.2).Labels;
                expected ??= labels;
                Assert.Equal(expected, labels);
            }
        }
    }

    [Fact]
    public void TiesOfNearlyDependentSubsetsAreDecidedAlikeInEveryRotation()
    {
        // A narrow cone of lattice vectors: σ_k down to 0.0014, which magnifies the rounding of a plane by 700.
        int[][] around =
        [
            [0, 0],
            [1, 0],
            [0, 1],
            [-1, 0],
            [0, -1],
            [1, 1],
            [1, -1],
            [2, 1],
            [-1, 2],
        ];
        IEnumerable<double[]> cone = around.Select(a => new double[] { 500, a[0], a[1] });
        foreach (double squared in new[] { 0.5, 0.8, 0.9, 1.0 - 1.0 / 250001 })
        {
            int[]? expected = null;
            for (int seed = 0; seed < 12; seed++)
            {
                double[] x = Finish(cone, new Random(seed), 0, rotate: seed > 0);
                Check(x, 3, 2, Math.Sqrt(squared), 3, 0.001);
                int[] labels = Run(x, 3, 2, Math.Sqrt(squared), 3, 0.001).Labels;
                expected ??= labels;
                Assert.Equal(expected, labels);
            }
        }
    }

    [Fact]
    public void TinyRadiiAreDecidedFromTheColumns()
    {
        // Angles of 1e-9 … 1e-6, far below what the Gram form resolves.
        var random = new Random(3);
        foreach (double epsilon in new[] { 1e-9, 1e-8, 1e-7, 1e-6 })
        {
            double[] x = Finish(Polygon(5, 0, 5).Concat(Polygon(5, 2, 4)), random, epsilon / 3, rotate: true);
            for (int k = 1; k <= 3; k++)
                Check(x, 5, k, epsilon, 2, 0.2);
        }
    }

    [Fact]
    public void TheThreadCountChangesNothing()
    {
        var random = new Random(8);
        double[] x = Finish(Directions(random, 4, 40), random, 0, rotate: false),
            gram = Gram(x, 4);
        PlaneClustering one = PlaneDbscan.Cluster(x, gram, 4, 40, 3, 0.05, 4, 0.2, 1),
            many = PlaneDbscan.Cluster(x, gram, 4, 40, 3, 0.05, 4, 0.2, 8);
        Assert.True(one.Clusters > 20);
        Assert.Equal(one.Subsets, many.Subsets);
        Assert.Equal(one.Labels, many.Labels);
        Assert.Equal(one.Core, many.Core);
    }

    [Fact]
    public void FourHundredFeaturesInOnePlaneAreOneCluster()
    {
        // 79 800 votes, 3·10⁹ neighbour pairs.
        var random = new Random(2);
        double[] flat = Finish(Polygon(2, 0, 400), random, 0, rotate: true);
        PlaneClustering found = Run(flat, 2, 2, 0.1, 5, 0.2);
        Assert.Equal(1, found.Clusters);
        Assert.DoesNotContain(-1, found.Labels);
        Assert.InRange(found.Labels.Length, 60_000, 79_800);
        // Two noisy planes of 120 features: 7 140 votes each; and the mixed subsets, a torus of 14 400 planes 3° apart, chain into a third.
        double[] two = Finish(Polygon(6, 0, 120).Concat(Polygon(6, 2, 120)), random, 0.004, rotate: true);
        Assert.Equal(3, Run(two, 6, 2, 0.15, 5, 0.3).Clusters);
    }

    [Fact]
    public void NothingIsAllocatedPerSubset()
    {
        // 125 580 subsets, and a crowd of survivors: bitmaps, survivors and workspaces only.
        var random = new Random(6);
        double[] sparse = Finish(Directions(random, 12, 92), random, 0, rotate: false),
            gram = Gram(sparse, 12);
        double[] crowd = Finish(Polygon(3, 0, 92), random, 0.002, rotate: true),
            crowdGram = Gram(crowd, 3);
        PlaneDbscan.Cluster(sparse, gram, 12, 92, 3, 0.1, 3, 0.2, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlaneDbscan.Cluster(sparse, gram, 12, 92, 3, 0.1, 3, 0.2, 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 600_000);
        before = GC.GetAllocatedBytesForCurrentThread();
        int votes = PlaneDbscan.Cluster(crowd, crowdGram, 3, 92, 2, 0.1, 3, 0.2, 1).Labels.Length;
        Assert.InRange(votes, 3000, 4186);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 600_000);
    }

    [Theory]
    [InlineData(0, 2, 0.1, 2, 0.2)]
    [InlineData(3, 3, 0.1, 2, 0.2)]
    [InlineData(3, 1, 0.0, 2, 0.2)]
    [InlineData(3, 1, 1.0, 2, 0.2)]
    [InlineData(3, 1, double.NaN, 2, 0.2)]
    [InlineData(3, 1, 0.1, 1, 0.2)]
    [InlineData(3, 1, 0.1, 2, 0.0)]
    [InlineData(3, 1, 0.1, 2, 1.1)]
    public void BadArgumentsAreRefused(int n, int k, double epsilon, int minPoints, double sigma)
    {
        double[] x = Finish(Polygon(2, 0, 3), new Random(1), 0, rotate: false);
        Assert.ThrowsAny<ArgumentException>(() => PlaneDbscan.Cluster(x, Gram(x, 2), 2, n, k, epsilon, minPoints, sigma));
    }

    [Fact]
    public void ColumnsThatAreNotUnitAreNamed()
    {
        var error = Assert.Throws<ArgumentException>(() => PlaneDbscan.Cluster([1, 0, 0, 2], [1, 0, 0, 4], 2, 2, 1, 0.1, 2, 0.2));
        Assert.Contains("column 1", error.Message, StringComparison.Ordinal);
    }

    private static PlaneClustering Run(double[] x, int m, int k, double epsilon, int minPoints, double sigma) =>
        PlaneDbscan.Cluster(x, Gram(x, m), m, x.Length / m, k, epsilon, minPoints, sigma);

    /// <summary>Compares with the general DBSCAN on embedded projectors; returns the number of clusters.</summary>
    private static int Check(double[] x, int m, int k, double epsilon, int minPoints, double sigma)
    {
        int n = x.Length / m,
            dim = Projector.EmbeddingDimension(m);
        var points = new List<double>();
        var subsets = new List<long>();
        int[] subset = new int[k];
        double[] columns = new double[k * m],
            basis = new double[k * m],
            projector = new double[m * m],
            point = new double[dim];
        KSubsets.First(subset);
        do
        {
            for (int i = 0; i < k; i++)
                x.AsSpan(subset[i] * m, m).CopyTo(columns.AsSpan(i * m));
            if (ColumnReduction.Orthonormal(columns, m, k, basis).SmallestSingularValue < sigma * (1 - 5e-13))
                continue;
            Projector.Materialise(basis, m, k, projector);
            Projector.Embed(projector, m, point);
            points.AddRange(point);
            subsets.Add(KSubsets.Rank(subset, n));
        } while (KSubsets.Next(subset, n));

        DbscanResult expected = Dbscan.Cluster(
            [.. points],
            subsets.Count,
            dim,
            Math.Sqrt(2) * epsilon * (1 + (PlaneProblem.TieAllowance / 2)),
            minPoints
        );
        PlaneClustering found = Run(x, m, k, epsilon, minPoints, sigma);
        Assert.Equal(expected.Clusters, found.Clusters);
        int next = 0;
        for (int i = 0; i < subsets.Count; i++)
        {
            int label = -1;
            bool core = false;
            if (next < found.Labels.Length && KSubsets.Rank([.. found.Subsets.Skip(next * k).Take(k).Select(j => (int)j)], n) == subsets[i])
                (label, core) = (found.Labels[next], found.Core[next++]);
            Assert.Equal(expected.Labels[i], label);
            Assert.Equal(expected.Core[i], core);
        }
        Assert.Equal(found.Labels.Length, next);
        return found.Clusters;
    }
}
