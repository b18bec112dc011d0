using Geometry.Clustering;
using Xunit;

namespace Geometry.Tests.Clustering;

public class DbscanTests
{
    public static TheoryData<string> Fixtures => [.. DbscanFixture.Names];

    [Fact]
    public void ThereAreFixtures() => Assert.True(DbscanFixture.Names.Count >= 10);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void LabelsEqualScikitLearns(string name)
    {
        DbscanFixture fixture = DbscanFixture.Read(name);
        Assert.NotEmpty(fixture.Settings);
        foreach (DbscanFixture.Setting setting in fixture.Settings)
        {
            DbscanResult found = Dbscan.Cluster(
                fixture.Points,
                fixture.Points.Length / fixture.Dim,
                fixture.Dim,
                setting.Eps,
                setting.MinSamples
            );
            Assert.Equal(setting.Labels, found.Labels);
            Assert.Equal(setting.Core, Enumerable.Range(0, found.Core.Length).Where(i => found.Core[i]));
            Assert.Equal(setting.Labels.Max() + 1, found.Clusters);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(36)]
    [InlineData(100)]
    public void EqualsTheDefinitionOnRandomPoints(int dim)
    {
        var random = new Random(dim);
        for (int trial = 0; trial < 60; trial++)
        {
            int n = random.Next(1, 260);
            // Coordinates on a coarse lattice in every second trial: duplicates and ties everywhere.
            double step = trial % 2 == 0 ? 0.25 : 1e-9;
            double[] points = [.. Enumerable.Range(0, n * dim).Select(_ => Math.Round(random.NextDouble() * 3 / step) * step)];
            double epsilon = trial % 4 == 0 ? 0.5 : Math.Sqrt(dim) * random.NextDouble();
            int minPoints = random.Next(1, 9);
            if (epsilon == 0)
                continue;
            (int[] labels, bool[] core) = DbscanDefinition.Cluster(points, n, dim, epsilon, minPoints);
            DbscanResult found = Dbscan.Cluster(points, n, dim, epsilon, minPoints);
            Assert.Equal(core, found.Core);
            Assert.Equal(labels, found.Labels);
        }
    }

    [Theory]
    [InlineData(1e-150, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 3e3)]
    [InlineData(1, 1e7)]
    [InlineData(1e150, 0)]
    public void ScaleAndSpreadChangeNothing(double scale, double spread)
    {
        // Two crowds at a distance: single precision decides all pairs, some of them, or none.
        var random = new Random(5);
        const int Dim = 20,
            Count = 400;
        double[] points = [.. Enumerable.Range(0, Count * Dim).Select(i => scale * (random.NextDouble() + (i / Dim % 2 * spread)))];
        (int[] labels, bool[] core) = DbscanDefinition.Cluster(points, Count, Dim, 1.3 * scale, 5);
        DbscanResult found = Dbscan.Cluster(points, Count, Dim, 1.3 * scale, 5);
        Assert.Contains(true, core);
        Assert.Contains(-1, labels);
        Assert.Equal(core, found.Core);
        Assert.Equal(labels, found.Labels);
    }

    [Fact]
    public void TheThreadCountChangesNothing()
    {
        var random = new Random(4);
        double[] points = [.. Enumerable.Range(0, 6000).Select(_ => random.NextDouble())];
        DbscanResult one = Dbscan.Cluster(points, 3000, 2, 0.017, 4, threads: 1),
            many = Dbscan.Cluster(points, 3000, 2, 0.017, 4, threads: 8);
        Assert.True(one.Clusters > 10);
        Assert.Equal(one.Labels, many.Labels);
        Assert.Equal(one.Core, many.Core);
    }

    [Fact]
    public void AHundredThousandPointsThatAreAllNeighboursNeitherHangNorExhaustMemory()
    {
        // 5·10⁹ neighbour pairs: only an algorithm that never lists them ends here.
        var random = new Random(9);
        double[] points = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextDouble())];
        DbscanResult within = Dbscan.Cluster(points, 100_000, 2, 2.0, 5);
        Assert.Equal(1, within.Clusters);
        Assert.DoesNotContain(-1, within.Labels);
        Assert.Equal(1, Dbscan.Cluster(points, 100_000, 2, 0.3, 50).Clusters);
        Assert.Equal(1, Dbscan.Cluster(new double[100_000], 100_000, 1, 1e-9, 100_000).Clusters);
        Assert.Equal(0, Dbscan.Cluster(new double[100_000], 100_000, 1, 1e-9, 100_001).Clusters);
    }

    [Fact]
    public void TheInputIsNotModified()
    {
        double[] points = [0, 1, 1, 2, 5, 5];
        Dbscan.Cluster(points, 3, 2, 1.5, 2);
        Assert.Equal([0, 1, 1, 2, 5, 5], points);
    }

    [Fact]
    public void NoPointsGiveNoLabels() => Assert.Empty(Dbscan.Cluster([], 0, 3, 1, 1).Labels);

    [Theory]
    [InlineData(3, 1, 1.0, 1)]
    [InlineData(2, 0, 1.0, 1)]
    [InlineData(2, 1, 0.0, 1)]
    [InlineData(2, 1, -1.0, 1)]
    [InlineData(2, 1, double.NaN, 1)]
    [InlineData(2, 1, double.PositiveInfinity, 1)]
    [InlineData(2, 1, 1.0, 0)]
    [InlineData(-1, 1, 1.0, 1)]
    public void BadArgumentsAreRefused(int count, int dim, double epsilon, int minPoints) =>
        Assert.ThrowsAny<ArgumentException>(() => Dbscan.Cluster(new double[2], count, dim, epsilon, minPoints));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void NonFiniteCoordinatesAreNamed(double bad)
    {
        var error = Assert.Throws<ArgumentException>(() => Dbscan.Cluster([0, 0, 0, bad], 2, 2, 1, 1));
        Assert.Contains("coordinate 1 of point 1", error.Message, StringComparison.Ordinal);
    }
}
