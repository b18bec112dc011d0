using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Xunit;

namespace Geometry.Tests.Shapes.Matching;

public class LowerBoundTests
{
    [Fact]
    public void Is_never_above_the_residual()
    {
        var random = new Directions(3);
        foreach (Shape shape in ShapeCatalogue.Default.Shapes.Where(s => s.Dim > 1 && s.Count <= 12))
        {
            for (int trial = 0; trial < 20; trial++)
            {
                double[] x = random.Moved(
                    shape.Vertices(random.Parameter(shape)),
                    shape.Dim,
                    random.Orthogonal(shape.Dim),
                    random.Permutation(shape.Count),
                    .02 * trial
                );
                var state = new Correspondence();
                state.Load(Unit(x, shape.Dim), shape.Dim, shape.Count);
                state.SortAngles();
                double bound = shape.Geometry.LowerBound(state.Sorted) * 180 / Math.PI;
                Assert.InRange(bound, 0, ShapeMatcher.Fit(x, shape).Match.ResidualDegrees + 1e-9);
            }
        }
    }

    private static double[] Unit(double[] rows, int d) =>
        [.. rows.Chunk(d).SelectMany(r => r.Select(x => x / Math.Sqrt(Directions.Dot(r, r))))];
}
