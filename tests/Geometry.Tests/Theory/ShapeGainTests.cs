using Geometry.Shapes;
using Geometry.Theory;
using Xunit;

namespace Geometry.Tests.Theory;

public class ShapeGainTests
{
    /// <summary>Gains that were measured on samples earlier, which are below the optimum by up to 1.5e-4.</summary>
    [Theory]
    [InlineData(0.25, "antipode", 0.1148)]
    [InlineData(0.25, "pentagon", 0.1129)]
    [InlineData(0.25, "square-antiprism", 0.1118)]
    [InlineData(0.22, "line-frame(16,36)", 0.1068)]
    [InlineData(0.22, "pentagon", 0.1067)]
    [InlineData(0.22, "antipode", 0.1065)]
    [InlineData(0.2, "square-antiprism", 0.1019)]
    [InlineData(0.2, "pentagon", 0.1017)]
    [InlineData(0.2, "antipode", 0.1000)]
    [InlineData(0.1, "square-antiprism", 0.0658)]
    [InlineData(0.1, "pentagon", 0.0639)]
    [InlineData(0.1, "antipode", 0.0583)]
    public void AGainIsThatOfTheTable(double density, string shape, double gain) =>
        Assert.InRange(Gain(shape, density).Gain - gain, -0.5e-4, 2.5e-4);

    [Fact]
    public void AntipodesGiveWayToPentagonsAndThoseToAntiprisms()
    {
        Shape[] shapes = [.. new[] { "antipode", "pentagon", "square-antiprism" }.Select(ShapeCatalogue.Default.Find)];
        IReadOnlyList<GainCrossing> crossings = GainTable.Of(shapes, [0.19, 0.215, 0.25], 2).Crossings;
        Assert.Equal(["antipode", "pentagon"], crossings.Select(c => c.Above.Name));
        Assert.Equal(["pentagon", "square-antiprism"], crossings.Select(c => c.Below.Name));
        Assert.Equal(0.225, crossings[0].Density, 1e-3);
        Assert.Equal(0.204, crossings[1].Density, 1e-3);
    }

    /// <summary>Compares with the exact integral over the cube of all features at the same weights.</summary>
    [Theory]
    [InlineData("antipode", 0.25)]
    [InlineData("antipode", 1.0)]
    [InlineData("triangle", 0.4)]
    [InlineData("tetrahedron", 0.3)]
    public void TheLossIsTheExactOneOfItsWeights(string name, double density)
    {
        ShapeGain gain = Gain(name, density);
        (int dim, int count) = (gain.Shape.Dim, gain.Shape.Count);
        double[] point = [.. gain.Shape.Vertices().Select(v => gain.Norm * v), .. Enumerable.Repeat(gain.Bias, count)];
        Assert.Equal(
            new SmallModelLoss(dim, count, density, [.. Enumerable.Repeat(1.0, count)]).Evaluate(point, new double[point.Length]),
            gain.Loss,
            1e-6
        );
    }

    [Fact]
    public void AnAntipodePaysWhatTheOptimumOfTwoFeaturesSaves() =>
        Assert.Equal(PhaseOptimum.Of(2, 0.1, 1).Loss, Gain("antipode", 0.1).Loss, 1e-6);

    [Fact]
    public void ADedicatedFeatureSavesItsVariance() => Assert.Equal(IdealSolutions.Variance(0.3), Gain("dedicated", 0.3).Gain, 1e-9);

    /// <summary>
    /// As the density falls, the antiprism approaches that of the sparse limit, and the loss approaches p times its energy.
    /// </summary>
    [Fact]
    public void AtLowDensityTheSparseLimitRemains()
    {
        ShapeGain gain = Gain("square-antiprism", 1e-5);
        Assert.Equal(GroundStates.Find(3, 8, starts: 20)[0].Minimum.Energy, gain.Loss / 1e-5, 2e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void DensitiesOutOfRangeAreRefused(double density) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Gain("antipode", density));

    [Fact]
    public void TheLawOfTheInterferenceHasItsMoments()
    {
        double[] coefficients = [0.3, -1, 0.7777, -0.0004, 0];
        const double P = 0.4;
        InterferenceLaw law = InterferenceLaw.Of(coefficients, P);
        double mass = 0,
            mean = 0,
            square = 0;
        for (int k = 0; k < law.Weights.Length; k++)
        {
            double r = (law.First + k) * InterferenceLaw.Step;
            (mass, mean, square) = (mass + law.Weights[k], mean + (law.Weights[k] * r), square + (law.Weights[k] * r * r));
        }
        Assert.Equal(1, mass, 1e-12);
        Assert.Equal(P / 2 * coefficients.Sum(), mean, 1e-12);
        Assert.Equal(coefficients.Sum(c => c * c) * ((P / 3) - (P * P / 4)), square - (mean * mean), 2e-6);
        Assert.All(law.Weights, w => Assert.InRange(w, 0, 1));
    }

    private static ShapeGain Gain(string shape, double density) => ShapeGain.Of(ShapeCatalogue.Default.Find(shape), density);
}
