using Geometry.Configurations;
using Geometry.Dictionaries;
using Geometry.Grassmannian;
using Geometry.Planted;
using Xunit;

namespace Geometry.Tests.Dictionaries;

public sealed class PlaneSearchTests
{
    private static readonly PlantedOptions s_small = new()
    {
        Features = 1500,
        Dim = 128,
        Planes = 6,
        DuplicatePairs = 60,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void PlantedPlanesAreFoundAndNoOthers(double distance)
    {
        PlantedDictionary truth = PlantedDictionary.Make(s_small with { Distance = distance });
        DictionaryPlanes found = PlaneSearch.Find(truth.Weights, new PlaneSearchOptions());
        Score score = Score.Of(truth, found);
        Assert.Equal(0, score.False);
        Assert.True(score.Recalled.Sum() >= 11, $"recalled {score.Recalled[0]} + {score.Recalled[1]} of 6 + 6");
        Assert.Equal(60, found.Duplicates - truth.Planes.Sum(p => NearCopiesOf(truth.Weights, p.Features)));
        Assert.All(found.Planes, p => Assert.True(p.LogP <= p.LogQ && p.LogQ <= Math.Log(0.01)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomDirectionsHoldNoPlanes(int seed) =>
        Assert.Empty(
            PlaneSearch
                .Find(
                    PlantedDictionary
                        .Make(
                            new PlantedOptions
                            {
                                Features = 1500,
                                Dim = 64,
                                Planes = 0,
                                DuplicatePairs = 50,
                                Seed = seed,
                            }
                        )
                        .Weights,
                    new PlaneSearchOptions()
                )
                .Planes
        );

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.9)]
    public void ConesAreNoPlanes(double cosine)
    {
        var options = new PlantedOptions
        {
            Features = 1500,
            Dim = 128,
            Planes = 0,
            DuplicatePairs = 0,
            Cones = 20,
            ConeCosine = cosine,
        };
        DictionaryPlanes found = PlaneSearch.Find(PlantedDictionary.Make(options).Weights, new PlaneSearchOptions());
        // The features of a cone are near a line, so a line is found, and no plane of two dimensions or more.
        Assert.DoesNotContain(found.Planes, p => p.Dim > 1);
    }

    [Fact]
    public void TheResultDoesNotDependOnTheThreads()
    {
        FeatureConfiguration w = PlantedDictionary.Make(s_small).Weights;
        DictionaryPlanes one = PlaneSearch.Find(w, new PlaneSearchOptions { Threads = 1 }),
            three = PlaneSearch.Find(w, new PlaneSearchOptions { Threads = 3 });
        Assert.Equal(
            one.Planes.Select(p => (p.Dim, string.Join(' ', p.Features), p.LogP, p.LogQ)),
            three.Planes.Select(p => (p.Dim, string.Join(' ', p.Features), p.LogP, p.LogQ))
        );
    }

    [Fact]
    public void NormsAndSignsOfAllFeaturesDoNotMatter()
    {
        FeatureConfiguration w = PlantedDictionary.Make(s_small).Weights;
        double[] turned = w.Columns.ToArray();
        for (int i = 0; i < turned.Length; i++)
            turned[i] *= -1e-20;
        DictionaryPlanes before = PlaneSearch.Find(w, new PlaneSearchOptions()),
            after = PlaneSearch.Find(new FeatureConfiguration(w.Hidden, w.Features, turned), new PlaneSearchOptions());
        Assert.Equal(before.Planes.Select(p => string.Join(' ', p.Features)), after.Planes.Select(p => string.Join(' ', p.Features)));
    }

    [Fact]
    public void ExactPlanesAreThoseOfTheHoughTransform()
    {
        // Well-spread exact planes among few features, for which the Hough transform enumerates all subsets.
        PlantedDictionary truth = PlantedDictionary.Make(
            new PlantedOptions
            {
                Features = 70,
                Dim = 40,
                Planes = 2,
                DuplicatePairs = 0,
                Distance = 0,
            }
        );
        DictionaryPlanes found = PlaneSearch.Find(truth.Weights, new PlaneSearchOptions { Epsilon = 0.02, DuplicateCosine = 0.99999 });
        var unit = UnitDirections.Of(truth.Weights);
        IReadOnlyList<HoughPlane> planes = HoughTransform.Planes(
            [.. unit.Entries.ToArray().Select((x, i) => (double)truth.Weights.Columns[i] / unit.Norms[i / 40])],
            40,
            70,
            new HoughOptions { Epsilon = 0.02, MaxPlaneDim = 2 }
        );
        // Like the search, the transform finds no plane where two neighbours are alone in the plane through them.
        string[] transform =
        [
            .. planes
                .Where(p => p.Dim == 2 && p.Features.Length >= 4)
                .Select(p => string.Join(' ', p.Features))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            transform,
            found.Planes.Where(p => p.Dim == 2).Select(p => string.Join(' ', p.Features)).Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, transform.Length);
    }

    [Fact]
    public void TwoPlanesWithAFeatureInCommonAreTwoAndTheirSpanIsNone()
    {
        // Two pentagons that share feature 0, and other features.
        DictionaryPlane[] planes =
        [
            .. PlaneSearch
                .Find(Made(49, 40, (i, x) =>
                    {
                        double angle = 2 * Math.PI * (i < 5 ? i : i - 4) / 5;
                        if (i >= 9)
                            x[i < 46 ? i - 6 : i - 15] = 1;
                        else
                            (x[0], x[i < 5 ? 1 : 2]) = (Math.Cos(angle), Math.Sin(angle));
                    }), new PlaneSearchOptions())
                .Planes,
        ];
        Assert.Equal(["0 1 2 3 4", "0 5 6 7 8"], planes.Where(p => p.Features[0] < 9).Select(p => string.Join(' ', p.Features)).Order());
    }

    [Fact]
    public void APlaneInsideALargerOneIsSaidToBe()
    {
        // Twelve directions spread over three dimensions, and six more on a circle among them.
        var random = new Random(3);
        DictionaryPlanes found = PlaneSearch.Find(Made(60, 60, (i, x) =>
            {
                if (i >= 18)
                    x[i] = 1;
                else if (i >= 12)
                    (x[0], x[1]) = (Math.Cos((i - 12) * 0.5), Math.Sin((i - 12) * 0.5));
                else
                {
                    // Archimedes: uniform heights give a uniform distribution on the sphere.
                    double z = (2 * random.NextDouble()) - 1,
                        angle = 2 * Math.PI * random.NextDouble(),
                        r = Math.Sqrt(1 - (z * z));
                    (x[0], x[1], x[2]) = (r * Math.Cos(angle), r * Math.Sin(angle), z);
                }
            }), new PlaneSearchOptions());
        DictionaryPlane larger = Assert.Single(found.Planes, p => p.Dim == 3),
            smaller = found.Planes[Assert.Single(larger.Inside)];
        Assert.Equal(Enumerable.Range(0, 18), larger.Features);
        // The circle, except for one feature that noise may move off it, and features that lie on it by chance.
        Assert.InRange(smaller.Features.Intersect(Enumerable.Range(12, 6)).Count(), 5, 6);
        Assert.Equal(2, smaller.Dim);
    }

    /// <summary>A dictionary made by a rule, with a little noise.</summary>
    private static FeatureConfiguration Made(int features, int dim, Action<int, double[]> rule)
    {
        var random = new Random(7);
        double[] columns = new double[features * dim],
            x = new double[dim];
        for (int i = 0; i < features; i++)
        {
            Array.Clear(x);
            rule(i, x);
            for (int d = 0; d < dim; d++)
                columns[(i * dim) + d] = x[d] + (0.01 * (random.NextDouble() - 0.5));
        }
        return new FeatureConfiguration(dim, features, columns);
    }

    [Fact]
    public void ZeroFeaturesHaveNoDirection()
    {
        FeatureConfiguration w = PlantedDictionary.Make(s_small).Weights;
        double[] more = [.. new double[2 * w.Hidden], .. w.Columns];
        DictionaryPlanes before = PlaneSearch.Find(w, new PlaneSearchOptions()),
            after = PlaneSearch.Find(new FeatureConfiguration(w.Hidden, w.Features + 2, more), new PlaneSearchOptions());
        Assert.Equal(
            before.Planes.Select(p => string.Join(' ', p.Features.Select(i => i + 2))),
            after.Planes.Select(p => string.Join(' ', p.Features))
        );
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(3, 1, 0)]
    [InlineData(3, 4, 0.95)]
    public void OptionsOutOfRangeAreRefused(int maxDim, int minFeatures, double epsilon) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            PlaneSearch.Find(
                PlantedDictionary
                    .Make(
                        new PlantedOptions
                        {
                            Features = 20,
                            Dim = 8,
                            Planes = 0,
                            DuplicatePairs = 0,
                        }
                    )
                    .Weights,
                new PlaneSearchOptions
                {
                    MaxPlaneDim = maxDim,
                    MinFeatures = minFeatures,
                    Epsilon = epsilon,
                }
            )
        );

    [Fact]
    public void ACancelledSearchEnds()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            PlaneSearch.Find(PlantedDictionary.Make(s_small).Weights, new PlaneSearchOptions(), cancelled.Token)
        );
    }

    /// <summary>The number of features that have an earlier one with a cosine above 0.98, by the rule of the search.</summary>
    private static int NearCopiesOf(FeatureConfiguration w, int[] features)
    {
        var kept = new List<int>();
        foreach (int i in features)
        {
            if (!kept.Exists(j => Cosine(w, i, j) > 0.98))
                kept.Add(i);
        }
        return features.Length - kept.Count;
    }

    private static double Cosine(FeatureConfiguration w, int i, int j) =>
        Dot(w.Column(i), w.Column(j)) / Math.Sqrt(Dot(w.Column(i), w.Column(i)) * Dot(w.Column(j), w.Column(j)));

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int d = 0; d < x.Length; d++)
            sum += x[d] * y[d];
        return sum;
    }
}
