using Geometry.Configurations;
using Geometry.LinearAlgebra;
using Geometry.Measures.Arrangements;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Measures.Arrangements;

public class RegionCounterTests
{
    /// <summary>Regions and bounded regions with all thresholds equal, and regions of the same hyperplanes through the origin.</summary>
    [Theory]
    [InlineData("triangle", 7, 1, 6)]
    [InlineData("square", 9, 1, 4)]
    [InlineData("pentagon", 16, 6, 10)]
    [InlineData("hexagon", 19, 7, 6)]
    [InlineData("heptagon", 29, 15, 14)]
    [InlineData("octagon", 33, 17, 8)]
    [InlineData("antipode", 3, 1, 2)]
    [InlineData("tetrahedron", 15, 1, 14)]
    [InlineData("square-antiprism", 83, 25, 58)]
    [InlineData("pentagon + antipode", 48, 6, 20)]
    [InlineData("2 pentagon", 256, 36, 100)]
    [InlineData("3 antipode", 27, 1, 8)]
    [InlineData("hexagon + dedicated", 38, 0, 12)]
    public void CountsOfShapesAndTheirSums(string formula, int regions, int bounded, int central)
    {
        foreach (double tolerance in (ReadOnlySpan<double>)[1e-9, 1e-6, 1e-3])
        {
            Hyperplanes arrangement = Of(formula, tolerance);
            Assert.Equal(new FoundRegions(regions, bounded), ArrangementRegions.Count(arrangement, default));
            Assert.Equal(new FoundRegions(central, 0), ArrangementRegions.Count(arrangement.Central(), default));
            // The same without the decomposition into components.
            Assert.Equal(new RegionCount(regions, bounded), RegionCounter.Of(arrangement));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(12)]
    public void RegularPolygons(int k)
    {
        double[] columns =
        [
            .. Enumerable.Range(0, k).SelectMany(i => new[] { Math.Cos(2 * Math.PI * i / k), Math.Sin(2 * Math.PI * i / k) }),
        ];
        var arrangement = Hyperplanes.Of(columns, [.. Enumerable.Repeat(-0.3, k)], 2, 1e-9);
        int pairs = k * (k - 1) / 2;
        Assert.Equal(k % 2 == 1 ? 1 + k + pairs : 1 + k + pairs - (k / 2), (int)RegionCounter.Of(arrangement).Regions);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 7)]
    [InlineData(3, 8)]
    [InlineData(4, 9)]
    [InlineData(5, 5)]
    [InlineData(3, 2)]
    public void GeneralPositionHasTheCountOfBinomials(int m, int n)
    {
        Hyperplanes arrangement = Random(seed: n, m, n);
        Assert.Equal(RegionCount.Generic(n, m), RegionCounter.Of(arrangement));
        Assert.Equal(RegionCount.GenericCentral(n, m), RegionCounter.Of(arrangement.Central()).Regions);
    }

    /// <summary>
    /// Compares with the number of sign vectors of points around all vertices, on arrangements with many coincidences: normals and offsets
    /// are small integers.
    /// </summary>
    [Fact]
    public void CountsAreThoseOfSignVectors()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            int m = 1 + (seed % 3),
                n = m + 1 + (seed % 5);
            var random = new GaussianSource(seed, 7);
            double[] columns = new double[n * m],
                bias = new double[n];
            for (int i = 0; i < columns.Length; i++)
                columns[i] = random.Below(3) - 1;
            for (int i = 0; i < n; i++)
            {
                bias[i] = random.Below(3) - 1;
                if (columns.AsSpan(i * m, m).IndexOfAnyExcept(0) < 0)
                    columns[i * m] = 1;
            }
            var arrangement = Hyperplanes.Of(columns, bias, m, 1e-9);
            Assert.Equal(SignVectors(arrangement, seed), (int)ArrangementRegions.Count(arrangement, default).Regions);
        }
    }

    [Fact]
    public void TheOrderOfTheHyperplanesAndARotationDoNotMatter()
    {
        FeatureConfiguration w = Configurations.Of("2 hexagon");
        double[] columns = w.Columns.ToArray();
        int[] order = [.. Enumerable.Range(0, w.Features)];
        new GaussianSource(3).Shuffle(order);
        double[] shuffled = [.. order.SelectMany(i => columns[(i * 4)..((i + 1) * 4)])];
        double[] turned = new double[shuffled.Length];
        var rotation = new RandomRotation(new GaussianSource(5), 4);
        for (int i = 0; i < w.Features; i++)
            rotation.Apply(shuffled.AsSpan(i * 4, 4), turned.AsSpan(i * 4, 4));
        Assert.Equal(new RegionCount(361, 49), RegionCounter.Of(Hyperplanes.Of(turned, [.. Enumerable.Repeat(0.7, 12)], 4, 1e-9)));
    }

    /// <summary>Noise that breaks every coincidence makes no difference with a tolerance, but does without one.</summary>
    [Fact]
    public void ATolerancePutsTogetherWhatNoiseBroke()
    {
        var random = new GaussianSource(11);
        FeatureConfiguration w = Configurations.Of("hexagon + antipode");
        double[] columns = [.. w.Columns.ToArray().Select(x => x + (1e-3 * random.Normal()))],
            bias = [.. Enumerable.Range(0, 8).Select(_ => -0.5 + (5e-4 * random.Normal()))];
        Assert.Equal(RegionCount.Generic(8, 3).Regions, ArrangementRegions.Count(Hyperplanes.Of(columns, bias, 3, 1e-9), default).Regions);
        Assert.Equal(57, (int)ArrangementRegions.Count(Hyperplanes.Of(columns, bias, 3, 3e-3), default).Regions);
    }

    [Fact]
    public void TooLargeArrangementsHaveALowerBound()
    {
        Hyperplanes large = Random(seed: 1, m: 12, n: 30);
        FoundRegions found = ArrangementRegions.Count(large, default);
        Assert.True(found.IsLowerBound);
        Assert.InRange((double)found.Regions, RegionSampler.Lines, (double)RegionCount.Generic(30, 12).Regions);
        // Where an exact count is possible, the sample finds no more regions than there are, and nearly all where there are few.
        Hyperplanes small = Of("square-antiprism", 1e-9);
        Assert.InRange(RegionSampler.LowerBound(small), 70, 83);
        Assert.InRange(RegionSampler.LowerBound(Of("pentagon + antipode", 1e-9)), 45, 48);
    }

    private static Hyperplanes Of(string formula, double tolerance)
    {
        FeatureConfiguration w = Configurations.Of(formula);
        return Hyperplanes.Of(w.Columns, [.. Enumerable.Repeat(-0.3, w.Features)], w.Hidden, tolerance);
    }

    private static Hyperplanes Random(int seed, int m, int n)
    {
        double[] columns = new double[n * m],
            bias = new double[n];
        var random = new GaussianSource(seed);
        random.Normal(columns);
        random.Normal(bias);
        return Hyperplanes.Of(columns, bias, m, 1e-9);
    }

    /// <summary>Distinct sign vectors at points near every vertex and in a wide cloud, without points on a wall.</summary>
    private static int SignVectors(Hyperplanes a, int seed)
    {
        var random = new GaussianSource(seed, 13);
        var seen = new HashSet<string>();
        int m = a.Dimension;
        double[] point = new double[m];
        for (int s = 0; s < 60_000; s++)
        {
            // At smaller and smaller distances from the vertices, which after scaling have coordinates that are multiples of a quarter.
            double spread =
                s % 3 == 0 ? 8
                : s % 3 == 1 ? 1.5
                : 0.4;
            random.Normal(point);
            for (int k = 0; k < m; k++)
                point[k] *= spread;
            var signs = new char[a.Count];
            for (int i = 0; i < a.Count; i++)
                signs[i] = Vectors.Dot(a.Normal(i), point) + a.Offsets[i] > 0 ? '+' : '-';
            seen.Add(new string(signs));
        }
        return seen.Count;
    }
}
