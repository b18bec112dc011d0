using Geometry.Configurations;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class PolygonCriticalPointsTests
{
    [Theory]
    [InlineData(4, 1, 0, 0)]
    [InlineData(5, 1.170459639098, -0.282297283127, 0.237384406)]
    [InlineData(6, 1.320526330780, -0.618135131868, 0.867462769)]
    [InlineData(7, 1.448393750380, -0.966906339380, 1.748695083)]
    [InlineData(8, 1.550449690059, -1.291192644692, 2.773102434)]
    [InlineData(12, 1.033215640346, -0.466539316383, 7.052664478)]
    public void APolygonHasTheNormBiasAndLossOfThePaper(int k, double norm, double bias, double h)
    {
        PolygonPoint point = PolygonCriticalPoints.Of(k).Single(p => p.Polygon == k && p.Silenced == 0);
        Assert.Equal(norm, point.Norm, 1e-11);
        Assert.Equal(bias, point.Bias, 1e-11);
        Assert.Equal(h, point.H, 1e-9);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(16)]
    [InlineData(20)]
    public void OthersAreNotCritical(int k) => Assert.Empty(PolygonCriticalPoints.Roots(k));

    /// <summary>
    /// The source states this for 9 to 203 except multiples of 4, and that at most one root of the polynomial satisfies its constraint.
    /// </summary>
    [Fact]
    public void UpTo203OnlyMultiplesOfFourCanBe()
    {
        foreach (int k in Enumerable.Range(9, 195).Where(k => k % 4 != 0))
            Assert.Empty(PolygonCriticalPoints.Roots(k));
        foreach (int k in (int[])[5, 6, 7, 8, 12])
            Assert.Single(PolygonCriticalPoints.Roots(k));
    }

    /// <summary>
    /// Inputs that are e_j itself, and not μ·e_j with μ uniform, have another optimum. The k-gon with l² = 1/(1−cos 2π/k) and b = −l²
    /// cos(2π/k) reproduces them exactly (the hexagon has √2, −1). For uniform inputs it is no critical point, and descent leads from it to
    /// that of the paper.
    /// </summary>
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void BinaryInputsHaveAnotherOptimum(int k)
    {
        double cosine = Math.Cos(2 * Math.PI / k),
            norm = 1 / Math.Sqrt(1 - cosine),
            b = -norm * norm * cosine;
        var polygon = new FeatureConfiguration(
            2,
            k,
            [
                .. Enumerable
                    .Range(0, k)
                    .SelectMany(i => (double[])[norm * Math.Cos(2 * Math.PI * i / k), norm * Math.Sin(2 * Math.PI * i / k)]),
            ]
        );
        double[] bias = [.. Enumerable.Repeat(b, k)];
        for (int input = 0; input < k; input++)
        {
            for (int output = 0; output < k; output++)
                Assert.Equal(
                    input == output ? 1 : 0,
                    Math.Max(
                        0,
                        (polygon.Column(input)[0] * polygon.Column(output)[0]) + (polygon.Column(input)[1] * polygon.Column(output)[1]) + b
                    ),
                    1e-14
                );
        }
        PolygonPoint point = PolygonCriticalPoints.Of(k).Single(p => p.Polygon == k && p.Raised == 0 && p.Silenced == 0);
        Assert.NotEqual(point.Norm, norm, 0.02);
        Assert.True(new PolygonLevels(k).Loss(polygon, bias) > point.Loss * 1.02);
        Assert.Equal(point.Loss, GroundStates.Descend(polygon, bias, [.. Enumerable.Repeat(1.0, k)]).Energy / k, 1e-9);
    }

    /// <summary>
    /// With importance u of the sixth feature, the pentagon that raises it and the hexagon that is deformed by it have equal loss at u*
    /// (same source).
    /// </summary>
    [Fact]
    public void TheHexagonIsOvertakenWhereTheSixthFeatureHasTheImportanceOfTheSource()
    {
        const double U = 0.658197813;
        double[] importance = [1, 1, 1, 1, 1, U];
        PolygonPoint[] points = [.. PolygonCriticalPoints.Of(6)];
        LocalMinimum hexagon = End("6"),
            pentagon = End("5+");
        Assert.Equal(6, hexagon.Live.Count);
        Assert.Equal(5, pentagon.Live.Count);
        Assert.Equal(pentagon.Energy, hexagon.Energy, 1e-8);

        LocalMinimum End(string name)
        {
            double[] point = points.Single(p => p.Name == name).Point();
            return GroundStates.Descend(new FeatureConfiguration(2, 6, point[..12]), point[12..], importance);
        }
    }

    /// <summary>Without biases a dead column (x, y) besides the square of five features adds r⁴/15 to the loss.</summary>
    [Theory]
    [InlineData(0.3, 0.1)]
    [InlineData(-0.05, 0.4)]
    public void ADeadColumnBesideTheSquareCostsItsFourthPower(double x, double y)
    {
        double[] ones = [1, 1, 1, 1, 1],
            point = [1, 0, 0, 1, -1, 0, 0, -1, x, y, 0, 0, 0, 0, 0],
            square = [.. point];
        (square[8], square[9]) = (0, 0);
        var loss = new SparseLimitLoss(2, 5, ones);
        double r = (x * x) + (y * y);
        Assert.Equal(r * r / 15, (loss.Evaluate(point, new double[15]) - loss.Evaluate(square, new double[15])) / 5, 1e-14);
    }

    [Theory]
    [InlineData("4", 0.111111111, 2.00000, 7.5)]
    [InlineData("4+", 0.104166667, 2.00347, 8)]
    [InlineData("4++", 0.097222222, 2.00694, 8.5)]
    [InlineData("5", 0.068743578, 3.62417, 7)]
    [InlineData("5+", 0.061799134, 3.62764, 8.5)]
    [InlineData("6", 0.048192376, 6.37764, 8.5)]
    public void SixFeaturesHaveTheLevelsOfTheReplication(string name, double loss, double prior, double coefficient)
    {
        PolygonPoint point = PolygonCriticalPoints.Of(6).Single(p => p.Name == name);
        Assert.Equal(loss, point.Loss, 1e-9);
        Assert.Equal(prior, point.Prior, 1e-5);
        Assert.Equal(coefficient, point.LearningCoefficient);
    }

    [Fact]
    public void ASilencedVertexCostsOneThirdOfItsInput() =>
        Assert.Equal(0.152777778, PolygonCriticalPoints.Of(6).Single(p => p.Name == "4++-").Loss, 1e-9);

    [Theory]
    [InlineData(7, "7", 10)]
    [InlineData(8, "8", 11.5)]
    [InlineData(4, "4", 5.5)]
    [InlineData(5, "4", 6.5)]
    public void LearningCoefficientsAreThoseOfTheLiteratureAndTheStrictOnesOfSquares(int c, string name, double coefficient) =>
        Assert.Equal(coefficient, PolygonCriticalPoints.Of(c).Single(p => p.Name == name).LearningCoefficient);

    [Theory]
    [InlineData("5", "0×4 0.057524×1 0.060967×2 0.138095×2 0.220139×2 0.609475×2 0.958499×2 1.052793×1 1.056769×2")]
    [InlineData(
        "6",
        "0×1 0.020562×1 0.038868×2 0.105332×2 0.114873×2 0.135347×1 0.39353×2 0.703818×1 0.842744×1 1.080564×2 1.220719×2 1.251415×1"
    )]
    [InlineData("4", "")]
    public void TheHessianHasTheSpectrumOfTheTheory(string name, string spectrum) =>
        Assert.Equal(spectrum, Multiplicities.Text(PolygonCriticalPoints.Of(6).Single(p => p.Name == name).HessianSpectrum(), 1e-9, 6));

    [Fact]
    public void EveryPointIsCritical()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, 9)],
            gradient = new double[27];
        foreach (PolygonPoint point in PolygonCriticalPoints.Of(9))
        {
            double energy = new SparseLimitLoss(2, 9, ones).Evaluate(point.Point(), gradient);
            Assert.Equal(point.Loss, energy / 9, 1e-12);
            Assert.All(gradient, entry => Assert.Equal(0, entry, 1e-10));
        }
    }

    [Fact]
    public void TheHessianIsTheGradientsDerivative()
    {
        const double Step = 1e-6;
        double[] importance = [1, 0.5, 2, 1.5],
            point = [0.9, 0.2, -0.7, 0.8, 0.1, -1.1, 0.6, 0.5, -0.1, 0.05, -0.3, 0.2],
            above = new double[12],
            below = new double[12];
        var loss = new SparseLimitLoss(2, 4, importance);
        double[] hessian = SparseLimitHessian.At(point, 2, 4, importance);
        for (int i = 0; i < 12; i++)
        {
            double at = point[i];
            point[i] = at + Step;
            loss.Evaluate(point, above);
            point[i] = at - Step;
            loss.Evaluate(point, below);
            point[i] = at;
            for (int j = 0; j < 12; j++)
                Assert.Equal((above[j] - below[j]) / (2 * Step), hessian[(i * 12) + j], 1e-6);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(513)]
    public void FeaturesOutOfRangeAreRefused(int features) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PolygonCriticalPoints.Of(features));
}
