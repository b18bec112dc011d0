using FsCheck;
using FsCheck.Fluent;
using Geometry.Shapes;
using Xunit;

namespace Geometry.Tests.Shapes;

public class ShapeMatcherTests
{
    public static TheoryData<string> Names => [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim > 1).Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Turned_and_shuffled_shapes_are_recognised_exactly(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(7);
        foreach (double t in ShapeCatalogueTests.Members(shape))
        {
            double[] x = random.Moved(shape.Vertices(t), shape.Dim, random.Orthogonal(shape.Dim), random.Permutation(shape.Count));
            ShapeMatch match = ShapeMatcher.Match(x, shape.Dim, shape.Count);
            Assert.Equal(name, match.Shape);
            Assert.True(match.IsNamed);
            Assert.InRange(match.ResidualDegrees, 0, 1e-6);
            if (shape.Parameter is null)
                Assert.True(double.IsNaN(match.Parameter));
            else
                Assert.Equal(t, match.Parameter, 1e-7);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Noisy_shapes_keep_their_name_and_no_better_correspondence_is_missed(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(11);
        foreach (double sigma in new[] { .02, .04, .06 })
        {
            int trials = shape.Count > 50 ? 3 : 40,
                named = 0;
            for (int trial = 0; trial < trials; trial++)
            {
                double[] v = shape.Vertices(random.Parameter(shape));
                int[] order = random.Permutation(shape.Count);
                double[] x = random.Moved(v, shape.Dim, random.Orthogonal(shape.Dim), order, sigma);
                ShapeMatch match = ShapeMatcher.Match(x, shape.Dim, shape.Count);
                named += match.Shape == name ? 1 : 0;
                Assert.InRange(match.ResidualDegrees, 0, Directions.Residual(x, v, order, shape.Dim) + 1e-6);
            }
            // At σ = .06 the cap on the residual refuses the first matches, and some triangles are no nearer than random triples often are.
            Assert.InRange(named, sigma == .06 ? trials - 3 : trials, trials);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_fit_explains_its_residual(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(13);
        double[] x = random.Moved(
            shape.Vertices(random.Parameter(shape)),
            shape.Dim,
            random.Orthogonal(shape.Dim),
            random.Permutation(shape.Count),
            .03
        );
        ShapeFit fit = ShapeMatcher.Fit(x, shape.Dim, shape.Count)!;
        Assert.Equal(shape, fit.Shape);
        Assert.Equal(Enumerable.Range(0, shape.Count), fit.Assignment.Order());
        double[] v = shape.Vertices(fit.Match.Parameter);
        Assert.Equal(fit.Match.ResidualDegrees, Directions.Residual(x, v, [.. fit.Assignment], shape.Dim), 1e-6);
        Assert.Equal(0, Directions.Residual(fit.Reference, v, [.. fit.Assignment], shape.Dim), 1e-6);
        for (int i = 0; i < shape.Count; i++)
        {
            double[] pair = [.. x.AsSpan(i * shape.Dim, shape.Dim), .. fit.Reference.AsSpan(i * shape.Dim, shape.Dim)];
            Assert.InRange(Directions.Angle(pair, 0, 1, shape.Dim), 0, .3);
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_rotation_reflection_or_order()
    {
        (int Dim, int Count)[] sizes = [(2, 3), (2, 5), (2, 8), (3, 4), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10), (3, 12), (4, 9), (4, 10)];
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), Gen.Elements(sizes).ToArbitrary(), (seed, size) =>
            {
                (int d, int c) = size;
                var random = new Directions(seed);
                IReadOnlyList<Shape> entries = ShapeCatalogue.Default.OfSize(d, c);
                Shape shape = entries[seed % entries.Count];
                double[] x = random.Moved(
                    shape.Vertices(random.Parameter(shape)),
                    d,
                    random.Orthogonal(d),
                    random.Permutation(c),
                    random.Uniform(0, .06)
                );
                double[] y = random.Moved(x, d, random.Orthogonal(d), random.Permutation(c));
                ShapeMatch a = ShapeMatcher.Match(x, d, c),
                    b = ShapeMatcher.Match(y, d, c);
                return a.Shape == b.Shape
                    && Near(a.ResidualDegrees, b.ResidualDegrees, 1e-6)
                    && Near(a.PValue, b.PValue, 1e-6 * a.PValue + 1e-12)
                    && Near(a.Parameter, b.Parameter, 1e-4);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20240501, 5));
    }

    [Theory]
    [InlineData("pentagon")]
    [InlineData("hexagon")]
    [InlineData("triangular-prism")]
    [InlineData("code(3,7)")]
    public void Plausible_matches_are_the_minimum_over_all_permutations(string name)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(17);
        int[][] all = [.. Permutations.Of(shape.Count)];
        for (int trial = 0; trial < 4; trial++)
        {
            double[] x = random.Moved(
                shape.Vertices(random.Parameter(shape)),
                shape.Dim,
                random.Orthogonal(shape.Dim),
                random.Permutation(shape.Count),
                .1
            );
            ShapeFit fit = ShapeMatcher.Fit(x, shape);
            double[] v = shape.Vertices(fit.Match.Parameter);
            Assert.Equal(all.Min(order => Directions.Residual(x, v, order, shape.Dim)), fit.Match.ResidualDegrees, 1e-6);
        }
    }

    [Fact]
    public void Lines_are_told_by_their_signs()
    {
        Assert.Equal(new ShapeMatch("dedicated", "dedicated", 0, 1, double.NaN), ShapeMatcher.Match([-.7], 1, 1));
        Assert.Equal(new ShapeMatch("antipode", "antipode", 0, .5, double.NaN), ShapeMatcher.Match([-1, .6], 1, 2));
        Assert.Equal(new ShapeMatch("irregular(1,2)", "antipode", 180, 1, double.NaN), ShapeMatcher.Match([1, 1], 1, 2));
        Assert.Equal("irregular(1,3)", ShapeMatcher.Match([1, -1, 1], 1, 3).Shape);
        ShapeFit fit = ShapeMatcher.Fit([-1, 1], 1, 2)!;
        Assert.Equal([-1.0, 1.0], fit.Reference);
    }

    [Fact]
    public void Sizes_without_an_entry_are_irregular()
    {
        ShapeMatch match = ShapeMatcher.Match([1, 0, 0, 1, -1, 0, 0, -1], 2, 4);
        Assert.Equal(new ShapeMatch("irregular(2,4)", null, double.NaN, double.NaN, double.NaN), match);
        Assert.False(match.IsNamed);
        Assert.Null(ShapeMatcher.Fit([1, 0, 0, 1, -1, 0, 0, -1], 2, 4));
    }

    [Fact]
    public void Directions_that_do_not_span_are_irregular()
    {
        double[] flat = [.. Enumerable.Range(0, 8).SelectMany(k => (double[])[Math.Cos(k * Math.PI / 4), Math.Sin(k * Math.PI / 4), 0])];
        ShapeMatch match = ShapeMatcher.Match(flat, 3, 8);
        Assert.Equal("irregular(3,8)", match.Shape);
        Assert.True(double.IsFinite(match.ResidualDegrees));
        Assert.Equal("irregular(3,6)", ShapeMatcher.Match([.. Enumerable.Repeat((double[])[1, 0, 0], 6).SelectMany(v => v)], 3, 6).Shape);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Contains(
            "6 coordinates",
            Assert.Throws<ArgumentException>(() => ShapeMatcher.Match([1, 0], 2, 3)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "direction 1",
            Assert.Throws<ArgumentException>(() => ShapeMatcher.Match([1, 0, 0, 0, 0, 1], 2, 3)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => ShapeMatcher.Match([1, double.NaN, 0, 0, 0, 1], 2, 3));
        Assert.Throws<ArgumentException>(() => ShapeMatcher.Match([], 0, 1));
    }

    [Fact]
    public void Nothing_but_the_result_is_allocated()
    {
        foreach (string name in new[] { "pentagon", "square-antiprism", "24-cell" })
        {
            Shape shape = ShapeCatalogue.Default.Find(name);
            var random = new Directions(19);
            double[] x = random.Moved(shape.Vertices(), shape.Dim, random.Orthogonal(shape.Dim), random.Permutation(shape.Count), .03);
            ShapeMatcher.Match(x, shape.Dim, shape.Count);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 100; k++)
                ShapeMatcher.Match(x, shape.Dim, shape.Count);
            Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 128);
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        var random = new Directions(23);
        Shape[] shapes = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim > 1 && s.Count < 30)];
        (Shape Shape, double[] X)[] cases =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(k => shapes[k % shapes.Length])
                .Select(s => (s, random.Moved(s.Vertices(), s.Dim, random.Orthogonal(s.Dim), random.Permutation(s.Count), .05))),
        ];
        ShapeMatch[] serial = [.. cases.Select(c => ShapeMatcher.Match(c.X, c.Shape.Dim, c.Shape.Count))];
        ShapeMatch[] parallel = new ShapeMatch[cases.Length];
        Parallel.For(0, cases.Length, k => parallel[k] = ShapeMatcher.Match(cases[k].X, cases[k].Shape.Dim, cases[k].Shape.Count));
        Assert.Equal(serial, parallel);
    }

    private static bool Near(double a, double b, double tolerance) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= tolerance;
}
