using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class BayesianTransitionTests
{
    [Theory]
    [InlineData("5", "6", 601.0)]
    [InlineData("5", "5+", 1593)]
    [InlineData("5+", "6", 202)]
    public void SixFeaturesChangeWhereTheTheorySays(string from, string to, double samples)
    {
        PolygonPoint a = PolygonCriticalPoints.Of(6).Single(p => p.Name == from),
            b = PolygonCriticalPoints.Of(6).Single(p => p.Name == to);
        Assert.Equal(
            samples,
            BayesianTransition.CriticalSamples(b.Loss - a.Loss, b.LearningCoefficient - a.LearningCoefficient, b.Prior - a.Prior),
            0.5
        );
    }

    /// <summary>With the coefficient 5 that the paper assumes for the square with one raised feature.</summary>
    [Fact]
    public void ThePapersCoefficientOfASquareGivesThePapersNumber()
    {
        PolygonPoint square = PolygonCriticalPoints.Of(6).Single(p => p.Name == "4+"),
            pentagon = PolygonCriticalPoints.Of(6).Single(p => p.Name == "5");
        Assert.Equal(381.3, BayesianTransition.CriticalSamples(pentagon.Loss - square.Loss, 7 - 5, pentagon.Prior - square.Prior), 0.05);
    }

    [Fact]
    public void WithoutThePriorTheNumberIsThatOfTheLossAlone() =>
        Assert.Equal(445, BayesianTransition.CriticalSamples(-0.020551202, 1.5, 0), 0.5);

    [Fact]
    public void WhatIsAlwaysLikelierHasNoTransition() => Assert.Equal(double.NaN, BayesianTransition.CriticalSamples(-1, -1, -1));

    [Theory]
    [InlineData(0.0, 1.0, 1.0)]
    [InlineData(-1.0, double.NaN, 1.0)]
    public void WhatIsNoTransitionIsRefused(double loss, double coefficient, double prior) =>
        Assert.Throws<ArgumentException>(() => BayesianTransition.CriticalSamples(loss, coefficient, prior));
}
