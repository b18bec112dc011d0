using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Measures;
using Geometry.Training.Measures;
using Xunit;

namespace Geometry.Training.Tests.Measures;

public class PerturbationTests
{
    /// <summary>On the pentagon of the sparse limit, around ½e₀ and e₀, ε = .1: the largest divergence beside the mean, and where it
    /// is.</summary>
    [Theory]
    [InlineData(0.5, 1.82, 0)]
    [InlineData(1.0, 1.21, 90)]
    public void ThePentagonsProfileIsTheKnownOne(double value, double peak, int at)
    {
        MeasuredRun run = Pentagon();
        var downstream = new ReconstructionDownstream(run.Weights, run.Bias, z => Math.Max(0, z));
        double[][] circle =
        [
            .. Enumerable.Range(0, 360).Select(d => new[] { Math.Cos(double.DegreesToRadians(d)), Math.Sin(double.DegreesToRadians(d)) }),
        ];
        double[] h = [.. run.Weights.Column(0).ToArray().Select(w => value * w)];
        var profile = new PerturbationProfile();
        profile.Add(downstream, h, 0.1, [circle[at]], [circle[(at + 180) % 360]], circle);
        Assert.Equal(peak, profile.Peak, 0.01);
        // The maxima are opposite, and one of them is the largest.
        Assert.Equal(profile.Peak, Math.Max(profile.Features.Ratio, profile.Support.Ratio), 0.01);
    }

    [Fact]
    public void DivergencesAreThoseOfTheDefinitions()
    {
        MeasuredRun run = Pentagon();
        var reconstruction = new ReconstructionDownstream(run.Weights, run.Bias, z => Math.Max(0, z));
        double[] p = Answer(reconstruction, [0.4, 0.1]),
            q = Answer(reconstruction, [0.5, -0.2]);
        Assert.Equal(p.Zip(q).Sum(v => (v.First - v.Second) * (v.First - v.Second)) / 2, reconstruction.Divergence(p, q), 1e-12);
        var threshold = new ThresholdDownstream(reconstruction);
        (double[] a, double[] b) = (Answer(threshold, [0.4, 0.1]), Answer(threshold, [0.5, -0.2]));
        double expected = a.Zip(b)
            .Sum(v =>
            {
                double x = 1 / (1 + Math.Exp(-v.First)),
                    y = 1 / (1 + Math.Exp(-v.Second));
                return (x * Math.Log(x / y)) + ((1 - x) * Math.Log((1 - x) / (1 - y)));
            });
        Assert.Equal(expected, threshold.Divergence(a, b), 1e-9);
        var head = new HeadDownstream([1, 0, -1, 2], [0.1f, -0.3f]);
        (double[] u, double[] v) = (Answer(head, [0.4, 0.1]), Answer(head, [0.5, -0.2]));
        Assert.Equal(1, u.Sum(Math.Exp), 1e-12);
        Assert.Equal(u.Zip(v).Sum(w => Math.Exp(w.First) * (w.First - w.Second)), head.Divergence(u, v), 1e-12);
        Assert.True(head.Divergence(u, v) > 0);
        Assert.Equal(0, head.Divergence(u, u));
    }

    /// <summary>The random layer reads AND of two features that stand alone in the hidden space: near 1 with both, near 0 with
    /// one.</summary>
    [Fact]
    public void TheLayerReadsPairs()
    {
        var identity = new FeatureConfiguration(2, 2, [1, 0, 0, 1]);
        double both = 0,
            one = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var layer = new PairDownstream(identity, [0, 1], seed);
            both += Answer(layer, [1, 1])[0] / 40;
            one += Answer(layer, [1, 0])[0] / 40;
        }
        Assert.Equal(1, both, 0.1);
        Assert.Equal(0, one, 0.1);
    }

    [Fact]
    public void AutoencodersAnswerAlikeAndTheSameRunTheSame()
    {
        MeasuredRun run = Pentagon() with { Density = 0.05 };
        MeasureResult first = new PerturbationMeasure().Of(run, null, CancellationToken.None),
            second = new PerturbationMeasure().Of(run, null, CancellationToken.None);
        Assert.Equal(first.Rows, second.Rows);
        Assert.Equal(["reconstruction", "reconstruction", "threshold", "threshold", "u-and", "u-and"], first.Rows.Select(r => r[0].Text));
        foreach (MeasureCell[] row in first.Rows.Take(2))
        {
            Assert.InRange(row[4].Number, 0.9, 1.1);
            Assert.InRange(row[4].Number, row[5].Number, row[6].Number);
        }
    }

    [Fact]
    public void WhatCannotBeMeasuredIsRefused()
    {
        PerturbationMeasure measure = new();
        Assert.Contains(
            "no density",
            Assert.Throws<UnsupportedRunException>(() => measure.Of(Pentagon(), null, CancellationToken.None)).Message,
            StringComparison.Ordinal
        );
        MeasuredRun single = Pentagon() with { Density = 0.1, Summands = [new MeasuredSummand(1, "dedicated", [0])] };
        Assert.Contains(
            "fewer than two features",
            Assert.Throws<UnsupportedRunException>(() => measure.Of(single, null, CancellationToken.None)).Message,
            StringComparison.Ordinal
        );
        var deep = new TrainingRun(
            0,
            0,
            Networks.MadeNetworks.Deep(5, [2, 2], [Activation.Linear, Activation.Linear, Activation.Relu]),
            Models.Uniform(5, 0.1),
            Models.Plan()
        );
        Assert.Contains(
            "layers",
            Assert.Throws<UnsupportedRunException>(() => measure.Of(Pentagon(), new RunOrigin(deep, []), CancellationToken.None)).Message,
            StringComparison.Ordinal
        );
    }

    private static double[] Answer(IDownstream downstream, double[] h)
    {
        double[] outputs = new double[downstream.Outputs];
        downstream.Answer(h, outputs);
        return outputs;
    }

    private static MeasuredRun Pentagon()
    {
        const double Norm = 1.170459639098,
            Bias = -0.282297283127;
        double[] columns =
        [
            .. Enumerable.Range(0, 5).SelectMany(i => new[] { Norm * Math.Cos(2 * Math.PI * i / 5), Norm * Math.Sin(2 * Math.PI * i / 5) }),
        ];
        return new MeasuredRun
        {
            Weights = new FeatureConfiguration(2, 5, columns),
            Bias = [.. Enumerable.Repeat(Bias, 5)],
            Summands = [new MeasuredSummand(2, "pentagon", [0, 1, 2, 3, 4])],
        };
    }
}
