using Geometry.Configurations;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class PolygonLevelsTests
{
    [Fact]
    public void EveryPointHasItsOwnLevel()
    {
        var levels = new PolygonLevels(6);
        foreach (PolygonPoint point in levels.Points)
        {
            double[] at = point.Point();
            double loss = levels.Loss(new FeatureConfiguration(2, 6, at[..12]), at[12..]);
            Assert.Equal(point.Loss, loss, 1e-12);
            Assert.Equal(point, levels.Nearest(loss + 2.9e-4));
        }
        Assert.Null(levels.Nearest(0.09));
        Assert.Equal("6", levels.Points[^1].Name);
    }

    [Fact]
    public void OtherSizesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolygonLevels(PolygonLevels.MostFeatures + 1));
        Assert.Throws<ArgumentException>(() => new PolygonLevels(6).Loss(new FeatureConfiguration(2, 5, new double[10]), new double[5]));
    }
}
