using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Reports.Gallery;
using Geometry.Shapes;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Reports.Tests.Gallery;

public class ConvexHullTests
{
    [Theory]
    [InlineData("tetrahedron", 4, 6)]
    [InlineData("3 antipode", 8, 12)] // octahedron
    [InlineData("cube", 6, 12)]
    [InlineData("triangular-prism", 5, 9)]
    [InlineData("square-antiprism", 10, 16)]
    [InlineData("icosahedron", 20, 30)]
    public void PolyhedraHaveTheirFacesAndEdges(string formula, int faces, int edges)
    {
        SyntheticPart[] parts =
        [
            .. FormulaParser
                .Parse(formula)
                .Terms.SelectMany(t =>
                    Enumerable.Repeat(new SyntheticPart(t.Dim, ShapeCatalogue.Default.Find(t.Shape).Vertices()), t.Multiplicity)
                ),
        ];
        FeatureConfiguration w = SyntheticSum.Make(parts, new SyntheticOptions { Seed = 3 }).Configuration;
        IReadOnlyList<int[]> found = ConvexHull.Faces(w.Columns);
        Assert.Equal((faces, edges), (found.Count, ConvexHull.Edges(found).Count));
    }

    [Fact]
    public void InnerPointsAreVerticesOfNone()
    {
        double[] points = [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1, 0.05, 0.02, 0.1];
        Assert.DoesNotContain(4, ConvexHull.Faces(points).SelectMany(f => f));
    }

    [Theory]
    [InlineData(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 })] // three points
    [InlineData(new double[] { 1, 0, 0, 0, 1, 0, -1, 0, 0, 0, -1, 0, 0.5, 0.5, 0 })] // all in a plane
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })] // all in a point
    public void FlatSetsHaveNoHull(double[] points) => Assert.Empty(ConvexHull.Faces(points));
}
