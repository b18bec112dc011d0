using Geometry.Shapes.Significance;
using MathNet.Numerics;
using MathNet.Numerics.Integration;
using Xunit;

namespace Geometry.Tests.Shapes.Significance;

public class SphereCapTests
{
    /// <summary>The definition: ∫ sin^{k−1} over the cap, divided by the integral over the whole sphere.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(40)]
    public void IsTheIntegralOfTheSine(int k)
    {
        double whole = Integral(Math.PI, k);
        foreach (double degrees in new[] { 1, 15, 45, 59, 61, 89, 91, 130, 179 })
            Assert.Equal(
                1,
                SphereCap.Share(double.DegreesToRadians(degrees), k) / (Integral(double.DegreesToRadians(degrees), k) / whole),
                1e-9
            );
    }

    [Fact]
    public void TheSphereInSpaceHasItsZones()
    {
        // Archimedes: (1 − cos)/2.
        foreach (double angle in new[] { 0.01, 0.5, 1.5, 3 })
            Assert.Equal((1 - Math.Cos(angle)) / 2, SphereCap.Share(angle, 2), 12);
        Assert.Equal(0.5, SphereCap.Share(0.3, 0), 15);
        Assert.Equal(0, SphereCap.Share(0, 3));
        Assert.Equal(1, SphereCap.Share(Math.PI, 3));
    }

    [Fact]
    public void NoShareIsTooSmallAndNoneTooDear()
    {
        double log = SphereCap.LogShare(double.DegreesToRadians(5), 2000);
        // sin^k / (k·B(k/2, ½)·cos) to leading order.
        double expected =
            2000 * Math.Log(Math.Sin(double.DegreesToRadians(5)))
            - Math.Log(2000)
            - SpecialFunctions.GammaLn(1000)
            - SpecialFunctions.GammaLn(0.5)
            + SpecialFunctions.GammaLn(1000.5);
        Assert.Equal(expected, log, 0.02);
        Assert.True(double.IsFinite(SphereCap.LogShare(double.DegreesToRadians(80), 4000)));
    }

    [Theory]
    [InlineData(1, 32)]
    [InlineData(2, 12)]
    [InlineData(7, 240)]
    public void TheAngleOfAShareHasThatShare(int k, int points) =>
        Assert.Equal(1.0 / points, SphereCap.Share(SphereCap.Angle(1.0 / points, k), k), 1e-8);

    [Fact]
    public void TwoRandomDirectionsAreSeldomOpposite()
    {
        // 168.6° in R^12, lean/180° in the plane, a zone in space, signs on a line.
        Assert.InRange(AntipodeNull.PValue(11.4, 12), 1e-10, 4e-9);
        Assert.Equal(12.0 / 180, AntipodeNull.PValue(12, 2), 12);
        Assert.Equal((1 - Math.Cos(double.DegreesToRadians(15))) / 2, AntipodeNull.PValue(15, 3), 12);
        Assert.Equal(0.5, AntipodeNull.PValue(0, 1), 15);
        Assert.Equal(1, AntipodeNull.PValue(180, 5));
    }

    private static double Integral(double angle, int k) => GaussLegendreRule.Integrate(t => Math.Pow(Math.Sin(t), k - 1), 0, angle, 128);
}
