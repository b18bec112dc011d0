using Geometry.Configurations;
using Geometry.Dictionaries;
using Geometry.LinearAlgebra;
using Geometry.Planted;
using Xunit;

namespace Geometry.Tests.Dictionaries;

public sealed class PopulationsTests
{
    private const int Dim = 40;

    [Theory]
    [InlineData("even", new[] { 1.0 })]
    [InlineData("spectrum", new[] { 1.0 })]
    [InlineData("populations", new[] { 0.9, 0.1 })]
    [InlineData("two-cones", new[] { 0.5, 0.5 })]
    public void TheyAreThoseThatWereDrawn(string kind, double[] shares)
    {
        Populations found = Of(kind, 1200, seed: 3, threads: 2);
        Assert.Equal(shares.Length, found.Count);
        Assert.All(found.Shares.Zip(shares), s => Assert.InRange(s.First, s.Second - 0.05, s.Second + 0.05));
    }

    [Theory]
    [InlineData("populations")]
    [InlineData("two-cones")]
    public void TheTailIsThatOfFreshDirections(string kind)
    {
        const int n = 1200,
            fresh = 20_000,
            k = 2;
        Populations found = Of(kind, n, seed: 4, threads: 2);
        NullDictionary chance = NullDictionary.Of(kind, Dim, 0.5);
        double[] columns = chance.Draw(new Random(4), n, Dim),
            others = chance.Draw(new Random(5), fresh, Dim);
        var ratios = new List<double>();
        for (int t = 0; t < 12; t++)
        {
            double[] basis = Span(columns.AsSpan(t * k * Dim, k * Dim));
            double[] shares = [.. Enumerable.Range(0, fresh).Select(i => Share(others.AsSpan(i * Dim, Dim), basis)).OrderDescending()];
            // One direction in a thousand is that near.
            ratios.Add(Math.Exp(found.LogProbability(found.Turned(basis, k), k, shares[20])) * fresh / 20.5);
        }
        Assert.InRange(ratios.Order().ElementAt(ratios.Count / 2), 0.7, 1.6);
        Assert.All(ratios, r => Assert.InRange(r, 0.3, 4));
    }

    [Fact]
    public void OneDirectionsPopulationsAreThoseItSeemsToBelongTo()
    {
        Populations found = Of("populations", 1200, seed: 3, threads: 1);
        // A plane in the dimensions in which one tenth of the directions lie: near for those, far for the others.
        double[] basis = new double[2 * Dim];
        (basis[0], basis[Dim + 1]) = (1, 1);
        float[] inside = new float[Dim],
            outside = new float[Dim];
        for (int d = 0; d < Dim; d++)
            (inside[d], outside[d]) = (d is > 1 and < 10 ? 1 / MathF.Sqrt(8) : 0, 1 / MathF.Sqrt(Dim));
        double[][] turned = found.Turned(basis, 2);
        Assert.True(found.LogProbability(turned, 2, 0.7, inside) > found.LogProbability(turned, 2, 0.7) + 1.5);
        Assert.True(found.LogProbability(turned, 2, 0.7, outside) < found.LogProbability(turned, 2, 0.7) - 1.5);
    }

    [Fact]
    public void ManyFeaturesInAPlaneAreNoPopulationOfItsOwnDimension()
    {
        // 60 directions on a circle among 740 others: part of the null model for planes of three dimensions, and the target of a search for
        // two.
        double[] columns = NullDictionary.Of("even", Dim, 0).Draw(new Random(1), 800, Dim);
        for (int i = 0; i < 60; i++)
        {
            Span<double> x = columns.AsSpan(i * 13 * Dim, Dim);
            Vectors.Scale(0.2 / Vectors.Norm(x), x);
            (x[0], x[1]) = (x[0] + Math.Cos(i), x[1] + Math.Sin(i));
        }
        var directions = UnitDirections.Of(new FeatureConfiguration(Dim, 800, columns));
        Populations found = Populations.Of(directions, SecondMoment.Of(directions, 1, CancellationToken.None), 1, CancellationToken.None);
        Assert.Equal(2, found.Count);
        double[] circle = new double[2 * Dim],
            more = new double[3 * Dim];
        (circle[0], circle[Dim + 1], more[0], more[Dim + 1], more[(2 * Dim) + 2]) = (1, 1, 1, 1, 1);
        Assert.True(found.LogProbability(found.Turned(circle, 2), 2, 0.9) < Math.Log(1e-3));
        Assert.True(found.LogProbability(found.Turned(more, 3), 3, 0.9) > Math.Log(0.02));
        Assert.Contains(PlaneSearch.Find(directions, new PlaneSearchOptions { MaxPlaneDim = 2 }).Planes, p => p.Dim == 2 && p.Count > 55);
    }

    [Fact]
    public void TheyDoNotDependOnTheThreads()
    {
        double[] basis = new double[2 * Dim];
        (basis[3], basis[Dim + 20]) = (1, 1);
        double[] seen =
        [
            .. new[] { 1, 3 }
                .Select(threads => Of("populations", 1500, seed: 6, threads))
                .Select(p => p.LogProbability(p.Turned(basis, 2), 2, 0.8)),
        ];
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public void FewDirectionsAreOnePopulation()
    {
        Assert.Equal(1, Of("populations", 60, seed: 1, threads: 1).Count);
        var two = UnitDirections.Of(new FeatureConfiguration(1, 3, [1, -1, 2]));
        Assert.Equal(1, Populations.Of(two, SecondMoment.Of(two, 1, CancellationToken.None), 1, CancellationToken.None).Count);
    }

    [Fact]
    public void EigenvaluesOfNoiseBecomeTheirMean()
    {
        double[] values = [0.8, 0.9, 1, 1.1, 1.2, 5, 6];
        PopulationMoment.Level(values, 100);
        Assert.All(values.Take(5), v => Assert.Equal(1, v, 1e-9));
        Assert.Equal(5.5, (values[5] + values[6]) / 2, 1e-9);
        Assert.True(values[6] - values[5] < 1);
    }

    private static Populations Of(string kind, int n, int seed, int threads)
    {
        var directions = UnitDirections.Of(
            new FeatureConfiguration(Dim, n, NullDictionary.Of(kind, Dim, 0.5).Draw(new Random(seed), n, Dim))
        );
        return Populations.Of(directions, SecondMoment.Of(directions, threads, CancellationToken.None), threads, CancellationToken.None);
    }

    private static double[] Span(ReadOnlySpan<double> vectors)
    {
        double[] basis = vectors.ToArray();
        Vectors.Scale(1 / Vectors.Norm(basis.AsSpan(0, Dim)), basis.AsSpan(0, Dim));
        Vectors.Axpy(-Vectors.Dot(basis.AsSpan(0, Dim), basis.AsSpan(Dim)), basis.AsSpan(0, Dim), basis.AsSpan(Dim));
        Vectors.Scale(1 / Vectors.Norm(basis.AsSpan(Dim)), basis.AsSpan(Dim));
        return basis;
    }

    private static double Share(ReadOnlySpan<double> x, double[] basis)
    {
        double one = Vectors.Dot(x, basis.AsSpan(0, Dim)),
            two = Vectors.Dot(x, basis.AsSpan(Dim));
        return ((one * one) + (two * two)) / Vectors.Dot(x, x);
    }
}
