using Geometry.Grassmannian;
using Geometry.LinearAlgebra;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian;

public class SampledPlanesTests
{
    [Fact]
    public void ThePlanesOfTheEnumerationAreFound()
    {
        // 11 and 9 features in two 3-planes of R^14 among 150: sampled, they are those of all subsets.
        double[] x = Sum(14, 3, [11, 9], 150, 0.002, seed: 3);
        var options = new HoughOptions
        {
            MinPlaneDim = 3,
            MaxPlaneDim = 3,
            Epsilon = 0.08,
        };
        int[][] expected = [.. HoughTransform.Planes(x, 14, 150, options).Where(p => p.Features.Length >= 9).Select(p => p.Features)];
        Assert.Equal(2, expected.Length);
        HoughSearch sampled = HoughTransform.Search(x, 14, 150, options with { MaxSubsets = 1000, SampleFeatures = 9 });
        Assert.Equal(HoughRoute.Sampled, Assert.Single(sampled.Coverage).Route);
        Assert.Equal(expected, sampled.Planes.Select(p => p.Features));
        Assert.All(sampled.Planes, p => Assert.True(p.Votes > 0 && p.Residual < 0.01 && p.Basis.Length == 3 * 14));
    }

    [Fact]
    public void APlaneIsMissedNoMoreOftenThanStated()
    {
        // 8 of 200 features in a plane of R^30: exact columns, so that q is the share of well-conditioned triples and close to 1.
        int missed = 0;
        const int Trials = 60;
        for (int seed = 0; seed < Trials; seed++)
        {
            double[] x = Sum(30, 2, [8], 200, 0, seed);
            var options = new HoughOptions
            {
                MinPlaneDim = 2,
                MaxPlaneDim = 2,
                MaxSubsets = 1000,
                SampleFeatures = 8,
                Seed = seed,
                Threads = 1,
            };
            if (!HoughTransform.Planes(x, 30, 200, options).Any(p => p.Features.Length >= 8))
                missed++;
        }
        // Expected at most 0.6.
        Assert.InRange(missed, 0, 4);
    }

    [Fact]
    public void NoiseThatKeepsFeaturesOutOfTheSubsetsPlanesDoesNotHideTheWholePlane()
    {
        // 12 of 100 features, 0.045 from a 3-plane of R^12 in the root mean square: the planes of three of them seldom hold all twelve
        // within ε, the fitted one does.
        int missed = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            double[] x = Sum(12, 3, [12], 100, 0.015, seed);
            var options = new HoughOptions
            {
                MinPlaneDim = 3,
                MaxPlaneDim = 3,
                MaxSubsets = 1000,
                SampleFeatures = 12,
                Seed = seed,
                Threads = 1,
            };
            int[][] all =
            [
                .. HoughTransform
                    .Planes(x, 12, 100, options with { MaxSubsets = 1 << 28 })
                    .Where(p => p.Features.Length >= 12)
                    .Select(p => p.Features),
            ];
            int[][] found = [.. HoughTransform.Planes(x, 12, 100, options).Select(p => p.Features)];
            if (all.Length > 0 && found.Length == 0)
                missed++;
            Assert.All(found, features => Assert.True(features.Length >= 12));
        }
        Assert.InRange(missed, 0, 3);
    }

    [Theory]
    [InlineData(0.02, 3)]
    [InlineData(0.025, 16)]
    public void APlaneWhoseFeaturesScatterAlmostAsFarAsTheToleranceIsSeldomMissed(double sigma, int most)
    {
        // 12 of 300 features of R^12: 0.06 and 0.075 from their plane in the root mean square, ε = 0.1. Counted where all twelve are within
        // ε of the plane fitted to them.
        int missed = 0,
            there = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            double[] x = Sum(12, 3, [12], 300, sigma, seed);
            var options = new HoughOptions
            {
                MinPlaneDim = 3,
                MaxPlaneDim = 3,
                MaxSubsets = 1000,
                SampleFeatures = 12,
                Seed = seed,
                Threads = 1,
            };
            if (!AllNear(x))
                continue;
            there++;
            if (HoughTransform.Planes(x, 12, 300, options).Count == 0)
                missed++;
        }
        Assert.InRange(there, 25, 40);
        Assert.InRange(missed, 0, most);
    }

    [Fact]
    public void APoolOfAllFeaturesIsTheEnumeration()
    {
        double[] x = Sum(12, 3, [9, 9], 40, 0.004, seed: 2);
        var options = new HoughOptions { MaxPlaneDim = 3 };
        HoughSearch all = HoughTransform.Search(x, 12, 40, options),
            one = HoughTransform.Search(x, 12, 40, options with { MaxSubsets = 100, SampleFeatures = 8 });
        Assert.Equal(all.Coverage, one.Coverage);
        Assert.Equal(
            all.Planes.Select(p => (string.Join(' ', p.Features), p.Votes)),
            one.Planes.Select(p => (string.Join(' ', p.Features), p.Votes))
        );
        Assert.Equal(HoughRoute.LeftOut, HoughTransform.Search(x, 12, 40, options with { MaxSubsets = 100 }).Coverage[2].Route);
        SamplingPlan plan = SamplingPlan.For(40, 3, 8);
        Assert.Equal((1.0, 0.0, 1.0), (plan.Pools, plan.MissProbability(8), plan.MissProbability(3)));
        // There are too many votes to cluster, so that the one pool is sampled once.
        HoughCoverage crowded = HoughTransform
            .Search(x, 12, 40, options with { MaxSubsets = 100, SampleFeatures = 8, MaxVotes = 10 })
            .Coverage[2];
        Assert.Equal((HoughRoute.Sampled, 9880.0), (crowded.Route, crowded.Visited));
    }

    /// <summary>Whether the first twelve features are within 0.1 of the 3-plane of least squares.</summary>
    private static bool AllNear(double[] x)
    {
        const int m = 12,
            k = 3;
        double[] scatter = new double[m * m],
            values = new double[m],
            axes = new double[m * m],
            work = new double[m];
        for (int i = 0; i < 12; i++)
        {
            for (int a = 0; a < m * m; a++)
                scatter[a] += x[(i * m) + (a / m)] * x[(i * m) + (a % m)];
        }
        SymmetricEigen.Decompose(scatter, m, values, axes);
        return Enumerable.Range(0, 12).All(i => ChordalDistance.Residual(axes.AsSpan(0, k * m), x.AsSpan(i * m, m), m, k, work) <= 0.1);
    }

    [Theory]
    [InlineData(80, 8)]
    [InlineData(200, 20)]
    [InlineData(100, 40)]
    public void PoolsOfManyDimensionsStaySmall(int n, int k)
    {
        SamplingPlan plan = SamplingPlan.For(n, k, k + 20);
        Assert.InRange(plan.PoolSize, k + 1, 64);
        Assert.InRange(plan.Subsets / plan.Pools, 1, 1 << 26);
    }

    [Theory]
    [InlineData(100, 2, 10)]
    [InlineData(1000, 4, 20)]
    [InlineData(300, 3, 6)]
    public void ThePlanReachesItsProbabilityWithTheFewestPools(int n, int k, int c)
    {
        SamplingPlan plan = SamplingPlan.For(n, k, c);
        Assert.InRange(plan.MissProbability(c), 0, SamplingPlan.Miss);
        Assert.True((plan with { Pools = plan.Pools - 1 }).MissProbability(c) > SamplingPlan.Miss);
        Assert.True(plan.MissProbability(c + 1) < plan.MissProbability(c));
        // The hit probability, counted as the draws of a pool that hold k+1 of the first c features.
        var random = new Random(n);
        int hits = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            int[] all = [.. Enumerable.Range(0, n)];
            int held = 0;
            for (int i = 0; i < plan.PoolSize; i++)
            {
                int j = random.Next(i, n);
                (all[i], all[j]) = (all[j], all[i]);
                if (all[i] < c)
                    held++;
            }
            if (held > k)
                hits++;
        }
        double p = plan.HitProbability(c);
        Assert.InRange(hits, (20_000 * p) - (5 * Math.Sqrt(20_000 * p)) - 1, (20_000 * p) + (5 * Math.Sqrt(20_000 * p)) + 1);
    }

    [Fact]
    public void NothingCanBeMissedWhereNothingIsSought()
    {
        Assert.Equal(0, SamplingPlan.For(100, 3, 3).Pools);
        Assert.Equal(0, SamplingPlan.For(100, 3, 101).Pools);
        Assert.Equal(0, SamplingPlan.For(3, 3, 3).Pools);
    }

    [Fact]
    public void ThreadsChangeNothingAndTheSeedIsEverything()
    {
        double[] x = Sum(12, 3, [9, 9, 9], 150, 0.005, seed: 1);
        var options = new HoughOptions
        {
            MinPlaneDim = 3,
            MaxPlaneDim = 3,
            MaxSubsets = 1000,
            SampleFeatures = 8,
            Threads = 1,
        };
        HoughSearch one = HoughTransform.Search(x, 12, 150, options),
            many = HoughTransform.Search(x, 12, 150, options with { Threads = 5 });
        Assert.Equal(3, one.Planes.Count);
        Assert.Equal(one.Planes.Select(p => p.Votes), many.Planes.Select(p => p.Votes));
        Assert.Equal(one.Planes.Select(p => p.Features), many.Planes.Select(p => p.Features));
        Assert.Equal(one.Planes.SelectMany(p => p.Basis), many.Planes.SelectMany(p => p.Basis));
        Assert.NotEqual(one.Planes.Select(p => p.Votes), HoughTransform.Planes(x, 12, 150, options with { Seed = 7 }).Select(p => p.Votes));
    }

    [Fact]
    public void WhatIsTooMuchIsLeftOut()
    {
        double[] x = Sum(12, 3, [9], 60, 0, seed: 1);
        var options = new HoughOptions { MaxPlaneDim = 4, MaxSubsets = 2000 };
        HoughSearch search = HoughTransform.Search(x, 12, 60, options);
        Assert.Equal(
            [HoughRoute.Enumerated, HoughRoute.Enumerated, HoughRoute.LeftOut, HoughRoute.LeftOut],
            search.Coverage.Select(c => c.Route)
        );
        Assert.Equal([60.0, 1770.0, 0.0, 0.0], search.Coverage.Select(c => c.Visited));
        Assert.Equal(
            HoughRoute.LeftOut,
            HoughTransform.Search(x, 12, 60, options with { SampleFeatures = 8, MaxSampled = 10, MaxVotes = 20 }).Coverage[2].Route
        );
        // 84 triples lie in the plane, more than MaxVotes allows.
        Assert.Equal(
            HoughRoute.LeftOut,
            HoughTransform.Search(x, 12, 60, options with { MaxSubsets = 50_000, MaxVotes = 20 }).Coverage[2].Route
        );
        // Crowded directions of R^4 nearly all lie in planes with others: sampling gives up instead of collecting them.
        double[] crowd = Finish(Directions(new Random(1), 5, 300), new Random(1), 0, rotate: false);
        Assert.Equal(
            HoughRoute.LeftOut,
            HoughTransform
                .Search(crowd, 5, 300, options with { MinPlaneDim = 3, MaxPlaneDim = 3, Epsilon = 0.3, SampleFeatures = 5 })
                .Coverage[0]
                .Route
        );
    }

    /// <summary>Groups of random directions in random k-planes of R^m, one after another, then random directions up to n.</summary>
    private static double[] Sum(int m, int k, int[] counts, int n, double sigma, int seed)
    {
        var random = new Random(seed);
        var columns = new List<double[]>();
        foreach (int count in counts)
        {
            double[][] axes = [.. Directions(random, m, k)];
            columns.AddRange(
                Directions(random, k, count)
                    .Select(w => Enumerable.Range(0, m).Select(d => Enumerable.Range(0, k).Sum(a => w[a] * axes[a][d])).ToArray())
            );
        }
        return Finish(columns.Concat(Directions(random, m, n - columns.Count)), random, sigma, rotate: false);
    }
}
