using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Shapes.Significance;
using Geometry.Summands;
using Xunit;

namespace Geometry.Tests.Labels;

public class LeanTests
{
    /// <summary>A pair at an angle, alone among the learned features.</summary>
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
        if (!named)
            return;
        Assert.Equal(180 - degrees, label.Summands[0].Match.ResidualDegrees, 9);
        Assert.Equal(AntipodeNull.PValue(180 - degrees, m), label.Summands[0].Match.PValue, 12);
    }

    /// <summary>A pair gets this name whatever dimension the partition grants it.</summary>
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

    /// <summary>Noise makes pairs in large spaces lean beyond the cap, and in a noisy partition they keep their names.</summary>
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
        for (double lean = 0; lean < 90; lean += 5)
            Assert.True(BlockShapes.LeanEvidence(lean, 12, constants) >= BlockShapes.LeanEvidence(lean + 5, 12, constants));
    }

    /// <summary>Dimensions that no column uses do not count: a pair alone leans within a plane.</summary>
    [Theory]
    [InlineData(2, 166, true)]
    [InlineData(3, 165, true)]
    [InlineData(20, 165.5, true)]
    [InlineData(2, 164, false)]
    [InlineData(20, 130, false)]
    public void A_pair_alone_is_judged_in_its_plane(int m, double degrees, bool named)
    {
        double[] columns = new double[2 * m];
        columns[0] = 1;
        (columns[m + 1], columns[m]) = Math.SinCos(double.DegreesToRadians(degrees));
        RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, 2, columns), new LabelOptions());
        Assert.StartsWith(named ? "antipode" : "irregular(", label.Formula, StringComparison.Ordinal);
        if (named)
            Assert.Equal((180 - degrees) / 180, label.Summands[0].Match.PValue, 12);
    }

    /// <summary>One pair that leans more than six others, in a space with spare dimensions.</summary>
    [Theory]
    [InlineData(11.4)]
    [InlineData(14.5)]
    public void A_pair_that_leans_more_than_the_others_is_an_antipode_all_the_same(double last)
    {
        const int m = 12,
            pairs = 7;
        var random = new GaussianSource(95);
        double[] columns = new double[(2 * pairs + m) * m],
            away = new double[m];
        for (int p = 0; p < pairs; p++)
        {
            double lean = p == pairs - 1 ? last : 4 + 0.4 * p;
            (double sin, double cos) = Math.SinCos(double.DegreesToRadians(lean / 2));
            random.Normal(away);
            away[p] = 0;
            double norm = Math.Sqrt(away.Sum(v => v * v));
            for (int k = 0; k < m; k++)
                (columns[2 * p * m + k], columns[(2 * p + 1) * m + k]) = (sin * away[k] / norm, sin * away[k] / norm);
            (columns[2 * p * m + p], columns[(2 * p + 1) * m + p]) = (cos, -cos);
        }
        for (int k = 0; k < m; k++)
            columns[(2 * pairs + k) * m + k] = 0.1;
        RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, 2 * pairs + m, columns), new LabelOptions());
        Assert.Equal("7 antipode", label.Formula);
        Assert.Equal(last, label.MaxResidualDegrees, 6);
    }

    /// <summary>
    /// The direction in which a pair leans is exactly orthogonal to every other feature, and still is no dimension of the pair.
    /// </summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(12, 1)]
    [InlineData(12, 2)]
    [InlineData(20, 1)]
    [InlineData(20, 3)]
    public void A_lean_into_a_free_dimension_is_no_dimension(int m, int pairs)
    {
        double[] columns = new double[m * m];
        (double sin, double cos) = Math.SinCos(double.DegreesToRadians(11.4 / 2));
        for (int p = 0; p < pairs; p++)
        {
            for (int side = 0; side < 2; side++)
                (columns[((2 * p) + side) * m + (2 * p)], columns[((2 * p) + side) * m + (2 * p) + 1]) = (side == 0 ? cos : -cos, sin);
        }
        for (int i = 2 * pairs; i < m; i++)
            columns[i * m + i] = 1;
        string pair = pairs == 1 ? "antipode" : $"{pairs} antipode";
        Assert.Equal(
            $"{m - (2 * pairs)} dedicated + {pair}",
            LabelPipeline.Label(new FeatureConfiguration(m, m, columns), new LabelOptions()).Formula
        );
    }

    /// <summary>A pair at an angle, and a feature too small to be learned along each axis, so that all of R^m counts.</summary>
    private static FeatureConfiguration Pair(int m, double degrees)
    {
        double[] columns = new double[(2 + m) * m];
        columns[0] = 1;
        (columns[m + 1], columns[m]) = Math.SinCos(double.DegreesToRadians(degrees));
        for (int k = 0; k < m; k++)
            columns[(2 + k) * m + k] = 0.1;
        return new FeatureConfiguration(m, 2 + m, columns);
    }
}
