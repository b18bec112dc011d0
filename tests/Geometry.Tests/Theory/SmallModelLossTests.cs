using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.Integration;
using Xunit;

namespace Geometry.Tests.Theory;

public class SmallModelLossTests
{
    public static TheoryData<int, int, double, int> Models() =>
        new()
        {
            { 1, 1, 0.4, 1 },
            { 1, 2, 0.3, 2 },
            { 2, 3, 0.7, 3 },
            { 1, 3, 1, 4 },
            { 3, 4, 0.5, 5 },
            { 2, 4, 0.9, 6 },
        };

    [Theory]
    [MemberData(nameof(Models))]
    public void TheLossIsThatOfALargeSample(int hidden, int features, double density, int seed)
    {
        const int Samples = 400_000;
        (double[] point, double[] importance) = Random(hidden, features, seed);
        var random = new GaussianSource(seed, 99);
        double sum = 0,
            squares = 0;
        double[] x = new double[features];
        for (int s = 0; s < Samples; s++)
        {
            for (int j = 0; j < features; j++)
                x[j] = random.Uniform() < density ? random.Uniform() : 0;
            double loss = Sample(point, hidden, importance, x);
            sum += loss;
            squares += loss * loss;
        }
        double mean = sum / Samples,
            error = Math.Sqrt(((squares / Samples) - (mean * mean)) / Samples);
        double exact = new SmallModelLoss(hidden, features, density, importance).Evaluate(point, new double[point.Length]);
        Assert.InRange(exact - mean, -4.5 * error, 4.5 * error);
    }

    /// <summary>
    /// MathNet's quadrature in each variable, fine enough for an error of less than 1e-6 at the kinks, which it does not know.
    /// </summary>
    [Fact]
    public void TheLossOfTwoActiveFeaturesIsTheirDoubleIntegral()
    {
        (double[] point, double[] importance) = Random(1, 2, 7);
        double integral = 0;
        const int Parts = 200;
        for (int i = 0; i < Parts; i++)
        {
            for (int j = 0; j < Parts; j++)
                integral += GaussLegendreRule.Integrate(
                    (x, y) => Sample(point, 1, importance, [x, y]),
                    i / (double)Parts,
                    (i + 1) / (double)Parts,
                    j / (double)Parts,
                    (j + 1) / (double)Parts,
                    4
                );
        }
        Assert.Equal(integral, new SmallModelLoss(1, 2, 1, importance).Evaluate(point, new double[4]), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TheGradientIsThatOfTheLoss(int hidden, int features, double density, int seed)
    {
        const double Step = 1e-6;
        (double[] point, double[] importance) = Random(hidden, features, seed);
        var loss = new SmallModelLoss(hidden, features, density, importance);
        double[] gradient = new double[point.Length],
            unused = new double[point.Length];
        loss.Evaluate(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double at = point[i];
            point[i] = at + Step;
            double above = loss.Evaluate(point, unused);
            point[i] = at - Step;
            double below = loss.Evaluate(point, unused);
            point[i] = at;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-7);
        }
    }

    [Fact]
    public void OverlapsThatVanishAreNoTrouble()
    {
        double[] gradient = new double[16];
        double[] point = new double[16];
        (point[0], point[4], point[8]) = (1, 1, 1);
        point[3 * 3] = 1e-14;
        double loss = new SmallModelLoss(3, 4, 0.5, [1, 1, 1, 1]).Evaluate(point, gradient);
        Assert.Equal(0.5 / 3, loss, 1e-12);
        Assert.All(gradient, entry => Assert.True(double.IsFinite(entry)));
    }

    /// <summary>The sparse limit is the part with one active feature.</summary>
    [Fact]
    public void AtLowDensityTheSparseLimitRemains()
    {
        (double[] point, double[] importance) = Random(2, 4, 8);
        for (int i = 8; i < 12; i++)
            point[i] = -Math.Abs(point[i]);
        double limit = new SparseLimitLoss(2, 4, importance).Evaluate(point, new double[12]);
        Assert.Equal(limit, new SmallModelLoss(2, 4, 1e-7, importance).Evaluate(point, new double[12]) / 1e-7, 1e-5);
    }

    [Fact]
    public void TheOptimumIsNeverWorseThanTheIdealSolutions()
    {
        foreach ((int n, double p, double r) in new[] { (2, 0.1, 1.0), (2, 0.9, 0.3), (3, 0.1, 2.0), (3, 0.6, 1.5), (4, 0.1, 1.0) })
        {
            double[] losses = IdealSolutions.Losses(n, p, r);
            PhaseOptimum optimum = PhaseOptimum.Of(n, p, r);
            Assert.InRange(optimum.Loss, 0, losses.Where(l => !double.IsNaN(l)).Min() + 1e-12);
        }
        Assert.Equal("antipode", PhaseOptimum.Of(2, 0.1, 1).Formula);
        Assert.Equal([0], PhaseOptimum.Of(2, 0.9, 0.3).Learned);
        Assert.Equal("antipode + dedicated", PhaseOptimum.Of(3, 0.1, 2).Formula);
    }

    private static double Sample(double[] point, int hidden, double[] importance, double[] x)
    {
        int n = x.Length;
        double loss = 0;
        for (int i = 0; i < n; i++)
        {
            double u = point[(n * hidden) + i];
            for (int j = 0; j < n; j++)
                u += x[j] * Vectors.Dot(point.AsSpan(i * hidden, hidden), point.AsSpan(j * hidden, hidden));
            double error = x[i] - Math.Max(0, u);
            loss += importance[i] * error * error;
        }
        return loss;
    }

    private static (double[] Point, double[] Importance) Random(int hidden, int features, int seed)
    {
        var random = new GaussianSource(seed);
        double[] point = new double[features * (hidden + 1)];
        random.Normal(point);
        for (int i = features * hidden; i < point.Length; i++)
            point[i] *= 0.3;
        return (point, [.. Enumerable.Range(0, features).Select(i => 0.5 + i)]);
    }
}
