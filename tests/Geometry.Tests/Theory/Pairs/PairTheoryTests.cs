using Geometry.Theory.Pairs;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using Xunit;

namespace Geometry.Tests.Theory.Pairs;

public class PairTheoryTests
{
    /// <summary>
    /// Compares c_s with its definition: the integral over u and v by quadrature, with the mean ReLU of a normal variable in closed form.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void TheGainIsTheIntegralThatItStandsFor(int active)
    {
        double sd = Math.Sqrt(active - 2);
        double Relu(double mean) => sd == 0 ? Math.Max(0, mean) : (mean * Normal.CDF(0, 1, mean / sd)) + (sd * Normal.PDF(0, 1, mean / sd));
        double Density(double x) => Normal.PDF(0, 1, x);
        // The four signs of (u, v), u and v ≥ 0; the kink of s = 2 lies on u = v.
        double Inner(double u, double v) => Density(u) * Density(v) * (Relu(u + v) + Relu(-u - v) - Relu(u - v) - Relu(v - u));
        double expected = GaussLegendreRule.Integrate(
            u => GaussLegendreRule.Integrate(v => Inner(u, v), 0, u, 64) + GaussLegendreRule.Integrate(v => Inner(u, v), u, 10, 64),
            0,
            10,
            64
        );
        Assert.Equal(expected, GaussianNeurons.Gain(active), 1e-6);
    }

    [Fact]
    public void TwoActiveFeaturesHaveAGainWithoutArcs() =>
        Assert.Equal(Math.Sqrt(2 / Math.PI) - (1 / Math.Sqrt(Math.PI)), GaussianNeurons.Gain(2), 1e-14);

    /// <summary>√(s/2d)/c_s and √((s/2d)(4π + 4/c_s²)), compared with values that others measured.</summary>
    [Fact]
    public void StandardDeviationsAreThoseOfTheFormulas()
    {
        double c = GaussianNeurons.Gain(3);
        Assert.Equal(Math.Sqrt(3 / 8000.0) / c, GaussianNeurons.StandardDeviation(PairTask.And, 4000, 3, 0), 1e-14);
        Assert.Equal(
            Math.Sqrt(3 / 8000.0 * ((4 * Math.PI) + (4 / (c * c)))),
            GaussianNeurons.StandardDeviation(PairTask.Xor, 4000, 3, 0),
            1e-14
        );
        Assert.Equal(0.230, GaussianNeurons.StandardDeviation(PairTask.And, 1000, 3, 1), 0.001);
        Assert.Equal(0.205, GaussianNeurons.StandardDeviation(PairTask.Xor, 4000, 3, 1), 0.001);
    }

    /// <summary>The moments of the Bernoulli readoff with few neurons, by enumeration of the connections of two neurons.</summary>
    [Fact]
    public void BernoulliMomentsAreThoseOfAllOutcomes()
    {
        const double Q = 0.4;
        const int Active = 3;
        for (int ones = 0; ones <= 2; ones++)
        {
            // A neuron is either not connected to the pair, or connected to it and to b of the other active features.
            var outcomes = new List<(double P, double? A)> { (1 - (Q * Q), null) };
            for (int b = 0; b <= Active - ones; b++)
                outcomes.Add((Q * Q * Binomial.PMF(Q, Active - ones, b), Math.Max(0, ones + b - 1)));
            double mean = 0,
                square = 0;
            foreach ((double p, double? a) in outcomes)
            {
                foreach ((double p2, double? a2) in outcomes)
                {
                    double[] seen = [.. new[] { a, a2 }.OfType<double>()];
                    double read = seen.Length == 0 ? 0 : seen.Average();
                    mean += p * p2 * read;
                    square += p * p2 * read * read;
                }
            }
            (double bias, double deviation) = BernoulliNeurons.Errors(2, Active, Q, ones);
            Assert.Equal(mean - (ones == 2 ? 1 : 0), bias, 1e-13);
            Assert.Equal(Math.Sqrt(square - (mean * mean)), deviation, 1e-13);
        }
    }
}
