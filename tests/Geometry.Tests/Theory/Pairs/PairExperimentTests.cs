using Geometry.Theory.Pairs;
using Xunit;

namespace Geometry.Tests.Theory.Pairs;

public class PairExperimentTests
{
    /// <summary>The measured standard deviation is within 5 % of the formula in each of the cases, and the readoff is unbiased.</summary>
    [Theory]
    [InlineData(PairTask.And, 250, 3)]
    [InlineData(PairTask.And, 1000, 2)]
    [InlineData(PairTask.Xor, 250, 5)]
    [InlineData(PairTask.Xor, 1000, 3)]
    public void NormalNeuronsReadAsTheFormulasSay(PairTask task, int neurons, int active)
    {
        ReadoffErrors errors = Gaussian(neurons, 40, active).Gaussian(task, PairReadoff.Constructed, 2);
        CaseErrors[] cases = [errors.None, errors.One, errors.Both];
        for (int ones = 0; ones <= 2; ones++)
        {
            double expected = GaussianNeurons.StandardDeviation(task, neurons, active, ones);
            Assert.Equal(1, cases[ones].StandardDeviation / expected, 0.05);
            Assert.Equal(0, cases[ones].Bias, 5 * expected / Math.Sqrt(1000));
        }
    }

    [Fact]
    public void BernoulliNeuronsReadWithTheirBias()
    {
        const int Neurons = 8000,
            Features = 100,
            Active = 3;
        double q = BernoulliNeurons.Probability(Features, Neurons);
        ReadoffErrors errors = new PairExperiment(seed => NeuronLayer.Bernoulli(Neurons, Features, q, seed), Active, 1).Bernoulli(
            PairTask.And,
            PairReadoff.Constructed,
            2
        );
        CaseErrors[] cases = [errors.None, errors.One, errors.Both];
        for (int ones = 0; ones <= 2; ones++)
        {
            (double bias, double deviation) = BernoulliNeurons.Errors(Neurons, Active, q, ones);
            Assert.Equal(bias, cases[ones].Bias, 0.01);
            Assert.Equal(1, cases[ones].StandardDeviation / deviation, 0.05);
        }
        Assert.Equal(errors.One.Bias, errors.Bias);
    }

    [Fact]
    public void WithoutNeuronsTheWorstErrorsAreAQuarterAndAHalf()
    {
        PairExperiment experiment = Gaussian(16, 10, 3);
        Assert.Equal(0.25, experiment.Gaussian(PairTask.And, PairReadoff.Affine, 1).MaxError);
        Assert.Equal(0.5, experiment.Gaussian(PairTask.Xor, PairReadoff.Affine, 1).MaxError);
    }

    /// <summary>A fit is better than the constructed readoff, and exact where there are more neurons than different inputs.</summary>
    [Fact]
    public void LeastSquaresReadsBetter()
    {
        foreach (PairTask task in new[] { PairTask.And, PairTask.Xor })
        {
            PairExperiment experiment = Gaussian(120, 30, 3);
            Assert.True(
                experiment.Gaussian(task, PairReadoff.LeastSquares, 2).MeanError
                    < 0.5 * experiment.Gaussian(task, PairReadoff.Constructed, 2).MeanError
            );
            Assert.InRange(Gaussian(40, 5, 2).Gaussian(task, PairReadoff.LeastSquares, 2).MaxError, 0, 1e-5);
        }
    }

    [Fact]
    public void TheNumbersDependOnTheSeedAlone()
    {
        ReadoffErrors one = Gaussian(70, 12, 3).Gaussian(PairTask.And, PairReadoff.LeastSquares, 1),
            two = Gaussian(70, 12, 3).Gaussian(PairTask.And, PairReadoff.LeastSquares, 3);
        Assert.Equal(one, two);
        Assert.NotEqual(one, Gaussian(70, 12, 3, seed: 2).Gaussian(PairTask.And, PairReadoff.LeastSquares, 1));
    }

    [Fact]
    public void GivenWeightsActAsTheFormulaSays()
    {
        NeuronLayer layer = NeuronLayer.Of([1, -2, 3, 0.5f, 0, -1], [0.25f, -1]);
        var activity = new float[layer.Stride];
        layer.Activate([0, 2], activity);
        Assert.Equal([4.25f, 0], activity[..2]);
        Assert.All(activity[2..], a => Assert.Equal(0, a));
        layer.Activate([0, 1], activity);
        Assert.Equal([0, 0], activity[..2]);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Gaussian(8, 6, 1));
        Assert.Throws<ArgumentException>(() => Gaussian(8, 6, 5).Gaussian(PairTask.And, PairReadoff.Constructed, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NeuronLayer.Gaussian(int.MaxValue / 2, 100, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BernoulliNeurons.Errors(10, 3, 1, 0));
    }

    private static PairExperiment Gaussian(int neurons, int features, int active, int seed = 1) =>
        new(s => NeuronLayer.Gaussian(neurons, features, s), active, seed);
}
