using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Theory;
using MathNet.Numerics.Integration;
using Xunit;

namespace Geometry.Tests.Theory;

public class SparseLimitLossTests
{
    public static TheoryData<int, int, int> Sizes() =>
        new()
        {
            { 1, 1, 0 },
            { 2, 5, 1 },
            { 3, 8, 2 },
            { 4, 7, 3 },
            { 5, 17, 4 },
        };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheValueIsTheIntegralOfTheModelsError(int hidden, int features, int seed)
    {
        (double[] point, double[] importance) = Random(hidden, features, seed);
        double expected = 0;
        for (int i = 0; i < features; i++)
        {
            for (int j = 0; j < features; j++)
            {
                double a = Vectors.Dot(point.AsSpan(i * hidden, hidden), point.AsSpan(j * hidden, hidden)),
                    b = point[(features * hidden) + i],
                    own = i == j ? 1 : 0;
                expected += importance[i] * Integral(u => Square((own * u) - Math.Max(0, (a * u) + b)), -b / a);
            }
        }
        double found = new SparseLimitLoss(hidden, features, importance).Evaluate(point, new double[point.Length]);
        Assert.Equal(expected, found, 1e-12 * Math.Max(1, expected));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void TheGradientIsThatOfTheValue(int hidden, int features, int seed)
    {
        const double Step = 1e-6;
        (double[] point, double[] importance) = Random(hidden, features, seed);
        var loss = new SparseLimitLoss(hidden, features, importance);
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
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-6);
        }
    }

    [Fact]
    public void WhereNothingIsLearnedEveryFeatureCostsOneThird()
    {
        double[] point = new double[12],
            gradient = new double[12];
        Assert.Equal(4 / 3.0, new SparseLimitLoss(2, 4, [1, 1, 1, 1]).Evaluate(point, gradient), 1e-15);
        Assert.All(gradient, entry => Assert.Equal(0, entry));
        // A bias above 0 would lower the loss at once, which is why dead features get 1/(2k).
        point.AsSpan(8).Fill(1e-12);
        new SparseLimitLoss(2, 4, [1, 1, 1, 1]).Evaluate(point, gradient);
        Assert.All(gradient[8..], entry => Assert.Equal(-1, entry, 1e-9));
    }

    [Fact]
    public void APentagonCostsWhatThePaperSays()
    {
        const double Norm = 1.170459639098,
            Bias = -0.282297283127;
        double[] point =
        [
            .. Enumerable.Range(0, 10).Select(i => Norm * (i % 2 == 0 ? Math.Cos(i / 2 * 0.4 * Math.PI) : Math.Sin(i / 2 * 0.4 * Math.PI))),
            .. Enumerable.Repeat(Bias, 5),
        ];
        double[] gradient = new double[15];
        Assert.Equal(0.237384406 / 3, new SparseLimitLoss(2, 5, [1, 1, 1, 1, 1]).Evaluate(point, gradient), 1e-9);
        Assert.All(gradient, entry => Assert.Equal(0, entry, 1e-10));
    }

    private static (double[] Point, double[] Importance) Random(int hidden, int features, int seed)
    {
        var random = new GaussianSource(seed);
        double[] point = new double[features * (hidden + 1)];
        random.Normal(point);
        // Biases of both signs, small enough for every branch to be taken.
        for (int i = features * hidden; i < point.Length; i++)
            point[i] *= 0.4;
        return (point, [.. Enumerable.Range(0, features).Select(i => 0.5 + (i % 3))]);
    }

    private static double Square(double x) => x * x;

    /// <summary>Gauss–Legendre on both sides of the kink, which is exact for polynomials.</summary>
    private static double Integral(Func<double, double> f, double kink)
    {
        double middle = kink is > 0 and < 1 ? kink : 1;
        return GaussLegendreRule.Integrate(f, 0, middle, 8) + (middle < 1 ? GaussLegendreRule.Integrate(f, middle, 1, 8) : 0);
    }
}
