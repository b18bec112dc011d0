using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Labels;
using Geometry.Shapes.Significance;
using Geometry.Summands;
using Xunit;

namespace Geometry.Tests.Labels;

public class LeanTests
{
    /// <summary>A pair at an angle, alone in its space.</summary>
    [Theory]
    [InlineData(2, 168, true)]
    [InlineData(3, 165, true)]
    [InlineData(3, 172, true)]
    [InlineData(12, 176, true)]
    [InlineData(12, 168.6, true)]
    [InlineData(20, 130, false)]
    [InlineData(24, 120, false)]
    [InlineData(2, 150, false)]
    [InlineData(3, 150, false)]
    public void A_pair_is_an_antipode_up_to_its_cap(int m, double degrees, bool named)
    {
        RunLabel label = LabelPipeline.Label(Pair(m, degrees), new LabelOptions());
        Assert.Equal(named, label.Formula == "antipode");
        if (!named) return;
        Assert.Equal(180 - degrees, label.Summands[0].Match.ResidualDegrees, 9);
        Assert.Equal(AntipodeNull.PValue(180 - degrees, m), label.Summands[0].Match.PValue, 12);
    }

    /// <summary>Whatever dimension the partition grants it.</summary>
    [Theory]
    [InlineData(12, 168.6, "antipode")]
    [InlineData(20, 130, "irregular(1,2)")]
    [InlineData(24, 120, "irregular(1,2)")]
    [InlineData(20, 164, "irregular(1,2)")]
    [InlineData(20, 165, "antipode")]
    public void On_a_line_the_cap_alone_decides(int m, double degrees, string name)
    {
        LearnedColumns columns = LearnedColumns.Of(Pair(m, degrees), [0, 1]);
        var block = new Block([0, 1], PrincipalAxes.Of(columns.Unit, m, [0, 1]), -1, 1);
        Assert.Equal(name, new BlockShapes(columns).Name(block, 0.01).Match.Shape);
    }

    /// <summary>Noise takes pairs of large spaces further than the cap; a noisy partition grants them that.</summary>
    [Fact]
    public void The_noise_of_a_run_widens_the_cap()
    {
        LearnedColumns columns = LearnedColumns.Of(Pair(32, 158), [0, 1]);
        var block = new Block([0, 1], PrincipalAxes.Of(columns.Unit, 32, [0, 1]), -1, 1);
        var shapes = new BlockShapes(columns);
        Assert.Equal("irregular(1,2)", shapes.Name(block, 0.02).Match.Shape);
        Assert.Equal("antipode", shapes.Name(block, 0.04).Match.Shape);
        Assert.Equal("antipode", shapes.Match(block).Shape);
    }

    [Fact]
    public void Evidence_grows_with_the_dimensions_and_stops_at_what_noise_makes()
    {
        DecisionConstants constants = DecisionConstants.Default;
        Assert.Equal(Math.Log(2), BlockShapes.LeanEvidence(0, 1, constants), 12);
        Assert.Equal(-Math.Log(10.0 / 180), BlockShapes.LeanEvidence(10, 2, constants), 12);
        Assert.InRange(BlockShapes.LeanEvidence(11.4, 12, constants), 19, 23);
        double floor = AntipodeNull.LeanOfNoise(constants.NoiseFloor, 12);
        Assert.Equal(BlockShapes.LeanEvidence(floor, 12, constants), BlockShapes.LeanEvidence(0, 12, constants));
        Assert.True(double.IsFinite(BlockShapes.LeanEvidence(0, 4000, constants)));
        for (double lean = 0; lean < 90; lean += 5) Assert.True(BlockShapes.LeanEvidence(lean, 12, constants) >= BlockShapes.LeanEvidence(lean + 5, 12, constants));
    }

    private static FeatureConfiguration Pair(int m, double degrees)
    {
        double[] columns = new double[2 * m];
        columns[0] = 1;
        (columns[m + 1], columns[m]) = Math.SinCos(double.DegreesToRadians(degrees));
        return new FeatureConfiguration(m, 2, columns);
    }
}
