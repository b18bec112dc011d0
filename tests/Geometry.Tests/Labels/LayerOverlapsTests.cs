using Geometry.Configurations;
using Geometry.Labels;
using Geometry.Shapes;
using Geometry.Spheres;
using Xunit;

namespace Geometry.Tests.Labels;

public class LayerOverlapsTests
{
    private static readonly FeatureConfiguration s_cross = new(2, 4, [1, 0, -1, 0, 0, 1, 0, -1]);
    private static readonly Summand[] s_pairs = [Made(1, 0, 1), Made(1, 2, 3)];

    [Fact]
    public void AModelThatReadsWhatItWritesSendsEachSummandIntoItself()
    {
        LayerOverlaps overlaps = LayerOverlaps.Of(s_cross, s_pairs, s_cross, s_pairs);
        Assert.Equal(LayerJunction.Space, overlaps.Junction);
        Assert.Equal(
            [
                [1, 0],
                [0, 1],
            ],
            overlaps.Shares
        );
    }

    /// <summary>A negative output is silent: a decoder that reads the negative of a direction receives nothing.</summary>
    [Fact]
    public void OutputsThatArePushedDownDoNotCount()
    {
        var half = new FeatureConfiguration(2, 3, [1, 0, 0, 1, -1, 0]);
        LayerOverlaps overlaps = LayerOverlaps.Of(
            new FeatureConfiguration(2, 1, [1, 1]),
            [Made(1, 0)],
            half,
            [Made(1, 0), Made(1, 1), Made(1, 2)]
        );
        Assert.Equal([0.5, 0.5, 0], overlaps.Shares[0]);
    }

    [Fact]
    public void AStackedLayerTurnsOrMixesSummands()
    {
        var turned = new FeatureConfiguration(2, 2, [0, 1, 3, 0]);
        LayerOverlaps overlaps = LayerOverlaps.Of(s_cross, s_pairs, turned, [Made(1, 0), Made(1, 1)]);
        Assert.Equal(LayerJunction.Stacked, overlaps.Junction);
        Assert.Equal(
            [
                [1, 0],
                [0, 1],
            ],
            overlaps.Shares
        );
        var mixed = new FeatureConfiguration(2, 2, [0.6, 0.8, 0.8, -0.6]);
        double[] row = LayerOverlaps.Of(new FeatureConfiguration(2, 1, [1, 1]), [Made(1, 0)], mixed, [Made(1, 0), Made(1, 1)]).Shares[0];
        Assert.Equal(0.5, row[0], 1e-12);
        Assert.Equal(0.5, row[1], 1e-12);
    }

    [Fact]
    public void NeuronsBetweenTwoNarrowSpacesAreSharedOrNot()
    {
        var into = new FeatureConfiguration(2, 4, [1, 0, -1, 0, 0, 1, 0, -1]);
        var outOf = new FeatureConfiguration(3, 4, [1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1]);
        LayerOverlaps overlaps = LayerOverlaps.Of(into, s_pairs, outOf, [Made(1, 0, 2), Made(1, 1), Made(1, 3)]);
        Assert.Equal(LayerJunction.Neurons, overlaps.Junction);
        Assert.Equal(
            [
                [0.5, 0.5, 0],
                [0.5, 0, 0.5],
            ],
            overlaps.Shares
        );
    }

    [Fact]
    public void MatricesThatDoNotFollowEachOtherHaveNoTable()
    {
        LayerOverlaps overlaps = LayerOverlaps.Of(s_cross, s_pairs, new FeatureConfiguration(3, 5, new double[15]), []);
        Assert.Equal(LayerJunction.None, overlaps.Junction);
        Assert.Empty(overlaps.Shares);
    }

    /// <summary>Two classes differ along one line; a softmax ignores what both have in common.</summary>
    [Fact]
    public void ClassesLieWhereTheyDiffer()
    {
        IReadOnlyList<double[]> shares = SummandSpan.OfClasses(s_cross, s_pairs, new FeatureConfiguration(2, 2, [5, 1, 3, 1]));
        Assert.Equal(
            [
                [1, 0],
                [1, 0],
            ],
            shares
        );
        Assert.Equal(
            [
                [0, 0],
                [0, 0],
            ],
            SummandSpan.OfClasses(s_cross, s_pairs, new FeatureConfiguration(2, 2, [5, 1, 5, 1]))
        );
        double[] between = SummandSpan.OfClasses(s_cross, s_pairs, new FeatureConfiguration(2, 2, [1, 1, -1, -1]))[1];
        Assert.Equal(0.5, between[0], 1e-12);
        Assert.Equal(0.5, between[1], 1e-12);
        Assert.Throws<ArgumentException>(() => SummandSpan.OfClasses(s_cross, s_pairs, new FeatureConfiguration(3, 1, [1, 0, 0])));
    }

    private static Summand Made(int dim, params int[] features) =>
        new(dim, features, new ShapeMatch("made", null, 0, 0, double.NaN), new Sphere(double.NaN, double.NaN, double.NaN));
}
