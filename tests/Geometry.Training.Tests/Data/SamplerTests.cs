using Xunit;

namespace Geometry.Training.Tests.Data;

/// <summary>Frequencies and moments agree with the law within five standard errors.</summary>
public class SamplerTests
{
    [Theory]
    [InlineData(1, 0.3, Drawing.Packed)]
    [InlineData(5, 0.05, Drawing.Packed)]
    [InlineData(5, 0.5, Drawing.Packed)]
    [InlineData(5, 0.5, Drawing.Plain)]
    [InlineData(4, 1, Drawing.Plain)]
    [InlineData(20, 0.01, Drawing.Packed)]
    [InlineData(20, 0.01, Drawing.Entries)]
    [InlineData(5, 0.5, Drawing.Entries)]
    [InlineData(4, 1, Drawing.Entries)]
    public void IndependentFeatures(int n, double p, Drawing drawing)
    {
        var seen = new SampledBatches(Models.Uniform(n, p), 300, drawing);
        for (int i = 0; i < n; i++)
        {
            Value(seen, i, p);
            for (int j = 0; j < i; j++)
                Frequency(p * p, seen.Both[i, j], seen.Samples);
        }
        if (drawing != Drawing.Plain)
            Assert.InRange(seen.ComputedEmpty, 0, 1 + seen.Samples * n / (1 << 22));
    }

    [Theory]
    [InlineData(Drawing.Packed)]
    [InlineData(Drawing.Plain)]
    [InlineData(Drawing.Entries)]
    public void ADensityAFeature(Drawing drawing)
    {
        double[] p = [0.5, 0.02, 1e-3, 0.2];
        var data = new SparseData(p, [1, 1, 1, 1], FeatureGroups.None);
        var seen = new SampledBatches(data, 400, drawing);
        for (int i = 0; i < 4; i++)
        {
            Value(seen, i, p[i]);
            for (int j = 0; j < i; j++)
                Frequency(p[i] * p[j], seen.Both[i, j], seen.Samples);
        }
    }

    [Theory]
    [InlineData(Drawing.Packed)]
    [InlineData(Drawing.Plain)]
    [InlineData(Drawing.Entries)]
    public void CorrelatedFeaturesShareTheirMask(Drawing drawing)
    {
        var groups = new FeatureGroups(
            GroupKind.Correlated,
            [
                [0, 3],
                [1, 2],
            ]
        );
        var seen = new SampledBatches(Models.Uniform(5, 0.1, groups), 300, drawing);
        for (int i = 0; i < 5; i++)
            Value(seen, i, 0.1);
        // A value may be exactly 0, with probability 2^-24.
        Assert.InRange(seen.Both[3, 0], seen.Active[0] - 2, seen.Active[0]);
        Assert.InRange(seen.Both[2, 1], seen.Active[1] - 2, seen.Active[1]);
        Frequency(0.01, seen.Both[1, 0], seen.Samples);
        Frequency(0.01, seen.Both[4, 2], seen.Samples);
    }

    [Theory]
    [InlineData(Drawing.Packed)]
    [InlineData(Drawing.Plain)]
    [InlineData(Drawing.Entries)]
    public void AnticorrelatedFeaturesExcludeEachOther(Drawing drawing)
    {
        var groups = new FeatureGroups(
            GroupKind.Anticorrelated,
            [
                [0, 1, 4],
                [2, 3],
            ]
        );
        var seen = new SampledBatches(Models.Uniform(5, 0.3, groups), 300, drawing);
        foreach (int i in new[] { 0, 1, 4 })
            Value(seen, i, 0.1);
        foreach (int i in new[] { 2, 3 })
            Value(seen, i, 0.15);
        Assert.Equal(0, seen.Both[1, 0] + seen.Both[4, 0] + seen.Both[4, 1] + seen.Both[3, 2]);
        Frequency(0.1 * 0.15, seen.Both[2, 0], seen.Samples);
    }

    private static void Value(SampledBatches seen, int i, double p)
    {
        Frequency(p, seen.Active[i], seen.Samples);
        double count = seen.Active[i];
        Assert.InRange(seen.Mean[i] / count, 0.5 - 5 * Math.Sqrt(1 / 12.0 / count), 0.5 + 5 * Math.Sqrt(1 / 12.0 / count));
        Assert.InRange(seen.Square[i] / count, 1 / 3.0 - 5 * Math.Sqrt(4 / 45.0 / count), 1 / 3.0 + 5 * Math.Sqrt(4 / 45.0 / count));
    }

    private static void Frequency(double p, double seen, double samples)
    {
        double error = Math.Sqrt(p * (1 - p) / samples) + 1e-7;
        Assert.InRange(seen / samples, p - 5 * error, p + 5 * error);
    }
}
