using Geometry.Atlas;
using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Xunit;

namespace Geometry.Tests.Atlas;

public class CongruenceClassesTests
{
    [Theory]
    [InlineData(3, 9, 0.004)]
    [InlineData(4, 12, 0.008)]
    [InlineData(5, 17, 0.012)]
    public void PlantedShapesAreFound(int dim, int count, double sigma)
    {
        (List<double[]> items, List<int> truth) = Planted(dim, count, sigma, shapes: 4, copies: 9);
        double tolerance = CongruenceClasses.Tolerance(dim, count);
        List<CongruenceClass> classes = CongruenceClasses.Of(dim, count, items, 3, tolerance);
        Assert.Equal(4, classes.Count);
        foreach (CongruenceClass found in classes)
        {
            Assert.Equal(9, found.Members.Count);
            Assert.Single(found.Members.Select(m => truth[m.Item]).Distinct());
            Assert.All(found.Members, m => Assert.InRange(m.ResidualDegrees, 0, tolerance));
        }
    }

    [Fact]
    public void ClassesDoNotDependOnOrderOrRotation()
    {
        (List<double[]> items, List<int> _) = Planted(4, 11, 0.006, shapes: 3, copies: 7);
        double tolerance = CongruenceClasses.Tolerance(4, 11);
        string Partition(IReadOnlyList<double[]> x, Func<int, int> index) =>
            string.Join(
                " | ",
                CongruenceClasses
                    .Of(4, 11, x, 3, tolerance)
                    .Select(c => string.Join(',', c.Members.Select(m => index(m.Item)).Order()))
                    .Order(StringComparer.Ordinal)
            );
        string expected = Partition(items, i => i);
        int[] order = [.. Enumerable.Range(0, items.Count).OrderBy(i => (i * 7919) % 101)];
        Assert.Equal(expected, Partition([.. order.Select(i => Copies.Of(items[i], 4, 0, i))], i => order[i]));
    }

    [Fact]
    public void AChainOfNearShapesDoesNotFuse()
    {
        // Twelve configurations along a curve that is curved everywhere, with neighbours half a tolerance apart, are one cluster, but
        // neither a class nor a quadratic drift.
        const int Dim = 3,
            Count = 10;
        double tolerance = CongruenceClasses.Tolerance(Dim, Count);
        double[] a = Copies.Random(Dim, Count, 1);
        var items = new List<double[]>();
        for (int k = 0; k < 40; k++)
        {
            double[] x = [.. a];
            for (int i = 0; i < Count; i++)
                x[(i * Dim) + (k / 10 % Dim)] += (k % 10) * 0.02 * ((i % 3) - 1);
            a = k % 10 == 9 ? x : a;
            Copies.Normalise(x, Dim);
            items.Add(Copies.Of(x, Dim, 0.002, k));
        }
        foreach (CongruenceClass found in CongruenceClasses.Of(Dim, Count, items, 3, tolerance))
            Assert.All(found.Members, m => Assert.InRange(m.ResidualDegrees, 0, tolerance));
    }

    [Fact]
    public void ADriftIsFollowed()
    {
        Shape antiprism = ShapeCatalogue.Default.Find("square-antiprism");
        ShapeParameter height = antiprism.Parameter!;
        var items = new List<double[]>();
        for (int k = 0; k < 30; k++)
            items.Add(Copies.Of(antiprism.Vertices(height.Low + ((0.2 + (0.02 * k)) * (height.High - height.Low))), 3, 0.003, k));
        List<CongruenceClass> classes = CongruenceClasses.Of(3, 8, items, 3, CongruenceClasses.Tolerance(3, 8));
        Assert.True(
            classes.Count == 1,
            string.Join(
                " | ",
                classes.Select(c =>
                    string.Join(',', c.Members.Select(m => m.Item))
                    + " s"
                    + c.Form.Symmetric.Order
                    + " r"
                    + c.Members.Max(m => m.ResidualDegrees)
                )
            )
        );
        CongruenceClass found = classes[0];
        Assert.Equal(30, found.Members.Count);
        Assert.NotNull(found.Form.Shape.Parameter);
        Assert.Equal(16, found.Form.Symmetric.Order);
        Assert.InRange(found.Members.Max(m => m.ResidualDegrees), 0, 1.5);
    }

    [Fact]
    public void BoundsNeverExceedTheResidual()
    {
        var assignment = new LinearAssignment();
        for (int seed = 0; seed < 60; seed++)
        {
            int dim = 3 + (seed % 3),
                count = 8 + (seed % 7);
            double[] x = Copies.Random(dim, count, seed),
                y = seed % 2 == 0 ? Copies.Of(x, dim, 0.05, seed) : Copies.Random(dim, count, seed + 1000);
            var shape = new Shape("x", dim, count, x, "random");
            AngleFingerprint a = new(x, dim, count),
                b = new(y, dim, count);
            double residual = ShapeMatcher.Comparer(shape)(y),
                rows = b.RowBound(a, assignment, new int[count]);
            Assert.InRange(Math.Abs(a.Mean - b.Mean), 0, a.SortedBound(b) + 1e-12);
            Assert.InRange(a.SortedBound(b), 0, rows + 1e-12);
            Assert.InRange(rows, 0, residual + 1e-12);
        }
    }

    private static (List<double[]> Items, List<int> Truth) Planted(int dim, int count, double sigma, int shapes, int copies)
    {
        List<double[]> items = [];
        List<int> truth = [];
        for (int k = 0; k < shapes * copies; k++)
        {
            items.Add(Copies.Of(Copies.Random(dim, count, 50 + (k % shapes)), dim, sigma, k));
            truth.Add(k % shapes);
        }
        return (items, truth);
    }
}
