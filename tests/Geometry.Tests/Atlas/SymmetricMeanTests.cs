using Geometry.Atlas;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Xunit;

namespace Geometry.Tests.Atlas;

public class SymmetricMeanTests
{
    [Theory]
    [InlineData("icosahedron", 120, 0)]
    [InlineData("cube", 48, 0)]
    [InlineData("rectified-5-cell", 120, 0)]
    [InlineData("24-cell", 1152, 0)]
    [InlineData("square-antiprism", 16, 1)]
    [InlineData("tricapped-triangular-prism", 12, 1)]
    public void NoiseIsTakenAwayAndTheGroupStays(string name, int order, int free)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        double[] noisy = Copies.Of(shape.Vertices(), shape.Dim, 0.003, 5);
        SymmetricConfiguration found = SymmetricMean.Of(noisy, shape.Dim, shape.Count, 0.6);
        Assert.Equal(order, found.Order);
        Assert.Equal(free, FreeParameters.Count(found, shape.Dim, shape.Count));
        double residual = double.RadiansToDegrees(ShapeMatcher.Comparer(shape)(found.Unit));
        // Where the symmetries leave no parameter free, the shape is exact again.
        Assert.InRange(residual, 0, free == 0 ? 1e-9 : 0.5);
        // Generators are symmetries to rounding.
        double[] angles = new double[shape.Count * shape.Count];
        PairAngles.Fill(found.Unit, shape.Dim, shape.Count, angles);
        foreach (int[] g in found.Generators)
        {
            for (int i = 0; i < shape.Count; i++)
            {
                for (int j = 0; j < shape.Count; j++)
                    Assert.Equal(angles[(i * shape.Count) + j], angles[(g[i] * shape.Count) + g[j]], 1e-9);
            }
        }
    }

    [Fact]
    public void ADirectionsOnlySymmetryIsNone()
    {
        SymmetricConfiguration found = SymmetricMean.Of(Copies.Random(4, 12, 3), 4, 12, 0.6);
        Assert.Equal(1, found.Order);
        // c(d−1) coordinates, less the rotations.
        Assert.Equal((12 * 3) - 6, FreeParameters.Count(found, 4, 12));
    }
}
