using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Shapes.Descriptions;
using Geometry.Summands;
using Xunit;

namespace Geometry.Tests.Labels;

public class SummandDescriptionTests
{
    [Fact]
    public void OnlyWhatHasNoNameIsDescribed()
    {
        RunLabel label = LabelPipeline.Label(Configuration(double.NaN), new LabelOptions());
        Assert.Equal("irregular(3,6) + antipode", label.Formula);
        Assert.Null(label.Summands[1].Description);
        ConfigurationDescription d = label.Summands[0].Description!;
        Assert.Equal((false, false, 0, 10, 2), (d.Antipodal, d.Tight, d.DesignStrength, (int)d.Symmetries!.Value, d.Orbits!.Value));
        Assert.Equal("68.21×5 107.46×5 130.26×5", d.AnglesText());
    }

    [Fact]
    public void FeaturesThatShareADirectionAreDescribedAsOne()
    {
        FeatureConfiguration w = Configuration(0.004);
        LearnedColumns columns = LearnedColumns.Of(w, [0, 1, 2, 3, 4, 5, 6]);
        int[] features = [0, 1, 2, 3, 4, 5, 6];
        var block = new Block(features, PrincipalAxes.Of(columns.Unit, columns.Hidden, features), -1, 3);
        ConfigurationDescription d = SummandDescription.Of(block, columns, 6, [0, 1, 2, 3, 4, 5, 5], 0.02, DecisionConstants.Default)!;
        Assert.Equal((10, 2, 15), ((int)d.Symmetries!.Value, d.Orbits!.Value, d.Angles.Sum(a => a.Pairs)));
        Assert.Equal(
            7 * 6 / 2,
            SummandDescription.Of(block, columns, 7, features, 1e-4, DecisionConstants.Default)!.Angles.Sum(a => a.Pairs)
        );
    }

    [Fact]
    public void WhatSticksOutOfItsSpaceIsNotDescribed()
    {
        LearnedColumns columns = LearnedColumns.Of(new FeatureConfiguration(3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]), [0, 1, 2]);
        var block = new Block([0, 1, 2], PrincipalAxes.Of(columns.Unit, 3, [0, 1, 2]), -1, 1);
        Assert.Null(SummandDescription.Of(block, columns, 3, [0, 1, 2], 0.02, DecisionConstants.Default));
    }

    /// <summary>A pentagon below an apex in the first three of five dimensions, and the apex once more, or ± the fourth axis.</summary>
    private static FeatureConfiguration Configuration(double twin)
    {
        double z = -0.3,
            r = Math.Sqrt(1 - (z * z));
        var columns = new List<double>();
        for (int i = 0; i < 5; i++)
            columns.AddRange([r * Math.Cos(0.4 * Math.PI * i), r * Math.Sin(0.4 * Math.PI * i), z, 0, 0]);
        columns.AddRange([0, 0, 1, 0, 0]);
        if (double.IsNaN(twin))
            columns.AddRange([0, 0, 0, 1, 0, 0, 0, 0, -1, 0]);
        else
            columns.AddRange([twin, 0, 1, 0, 0]);
        return new FeatureConfiguration(5, columns.Count / 5, [.. columns]);
    }
}
