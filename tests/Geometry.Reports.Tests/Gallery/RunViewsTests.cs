using Geometry.Configurations;
using Geometry.Reports.Gallery;
using Geometry.Shapes;
using Geometry.Storage.Results;
using Xunit;

namespace Geometry.Reports.Tests.Gallery;

/// <summary>
/// Pictures of summands that hold more features than directions: the shape's name has fewer vertices than there are features.
/// </summary>
public class RunViewsTests
{
    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 0.005)] // 0.3°
    [InlineData(5, 0)]
    [InlineData(5, 0.005)]
    public void AnIcosahedronWithAVertexOfTwoFeaturesHasTwentyFaces(int hidden, double apart)
    {
        double[] vertices = ShapeCatalogue.Default.Find("icosahedron").Vertices(),
            columns = new double[13 * hidden];
        for (int i = 0; i < 13; i++)
            vertices.AsSpan(3 * (i % 12), 3).CopyTo(columns.AsSpan(i * hidden));
        columns[12 * hidden] += apart;
        var summand = new StoredSummand(0, 0, 0, 3, "icosahedron", [.. Enumerable.Range(0, 13)], 0.1, 1e-9) { Directions = 12 };
        RunView view = Assert.Single(RunViews.Of(new FeatureConfiguration(hidden, 13, columns), [summand]));
        Assert.Equal((ViewKind.Space, 13, 39), (view.Kind, view.Features.Count, view.Coordinates.Length));
        Assert.Equal(20, view.Faces.Count);
        Assert.Equal(Enumerable.Range(0, 13), view.Faces.SelectMany(f => f).Distinct().Order());
        Assert.All(view.Coordinates, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void APentagonWithAVertexOfTwoFeaturesGoesRoundOnce()
    {
        double[] columns =
        [
            .. Enumerable
                .Range(0, 6)
                .SelectMany(i => (double[])[Math.Cos(0.4 * Math.PI * (i % 5)), Math.Sin(0.4 * Math.PI * (i % 5)), 0, 0]),
        ];
        var summand = new StoredSummand(0, 0, 0, 2, "pentagon", [0, 1, 2, 3, 4, 5], 0.1, 1e-9) { Directions = 5 };
        RunView view = Assert.Single(RunViews.Of(new FeatureConfiguration(4, 6, columns), [summand]));
        IReadOnlyList<int> round = Assert.Single(view.Groups).Members;
        Assert.Equal([0, 1, 2, 3, 4, 5], round.Order());
        // Features 0 and 5 are one vertex: neighbours on the way round.
        int a = round.ToList().IndexOf(0),
            b = round.ToList().IndexOf(5);
        Assert.Contains(Math.Abs(a - b), new[] { 1, 5 });
    }

    [Fact]
    public void CosinesOfLargeSummandsAreThoseOfTheFeatures()
    {
        double[] columns = [.. Enumerable.Range(0, 6).SelectMany(i => Enumerable.Range(0, 5).Select(d => d == i % 5 ? 1.0 : -0.2))];
        var summand = new StoredSummand(0, 0, 0, 4, "simplex-4", [0, 1, 2, 3, 4, 5], 0.1, 1e-9) { Directions = 5 };
        RunView view = Assert.Single(RunViews.Of(new FeatureConfiguration(5, 6, columns), [summand]));
        Assert.Equal((ViewKind.Gram, 36), (view.Kind, view.Coordinates.Length));
        Assert.Equal(1, view.Coordinates[5], 1e-12);
    }
}
