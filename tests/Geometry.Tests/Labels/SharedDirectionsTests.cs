using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Summands;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public class SharedDirectionsTests
{
    private static RunLabel Label(FeatureConfiguration w) => LabelPipeline.Label(w, new LabelOptions());

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void An_icosahedron_with_a_vertex_twice_is_an_icosahedron(int m)
    {
        for (int t = 0; t < 5; t++)
        {
            List<double[]> columns = Padded("icosahedron", m);
            columns.Insert(4, Near(columns[7], 0.3));
            RunLabel label = Label(Made.Moved(columns, 0, new GaussianSource(51, t)));
            Assert.Equal("icosahedron", label.Formula);
            Summand summand = Assert.Single(label.Summands);
            Assert.Equal((13, 12), (summand.Count, summand.Directions));
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 4, 8, 9, 10, 11], summand.DirectionOf);
            Assert.InRange(summand.Match.ResidualDegrees, 0, 0.2);
        }
    }

    [Fact]
    public void Every_vertex_may_be_held_several_times()
    {
        List<double[]> columns =
        [
            .. Padded("pentagon", 2).SelectMany(v => new[] { v, Near(v, 0.5), Near(v, -0.4), Near(v, 1), Near(v, -1), v, Near(v, 0.2), v }),
        ];
        RunLabel label = Label(Made.Moved(columns, 0, new GaussianSource(52)));
        Assert.Equal(("pentagon", 40, 5), (label.Formula, label.Summands[0].Count, label.Summands[0].Directions));
    }

    [Fact]
    public void A_polygon_with_a_vertex_twice_is_not_the_next_polygon()
    {
        List<double[]> columns = Padded("9-gon", 2);
        columns.Add(Near(columns[0], 0.3));
        RunLabel label = Label(Made.Moved(columns, 0.002, new GaussianSource(53)));
        Assert.Equal(("9-gon", 9), (label.Formula, label.Summands[0].Directions));
    }

    [Fact]
    public void A_line_has_two_directions()
    {
        Assert.Equal(("dedicated", 2, 1), Line(1, 1.3));
        Assert.Equal(("antipode", 3, 2), Line(1, 1, -1));
        Assert.Equal(("antipode", 2, 2), Line(1, -1));
        Assert.Equal([0, 1, 0], Label(new FeatureConfiguration(1, 3, [1, -1, 1])).Summands[0].DirectionOf);

        static (string, int, int) Line(params double[] w)
        {
            RunLabel label = Label(new FeatureConfiguration(1, w.Length, w));
            return (label.Formula, label.Summands[0].Count, label.Summands[0].Directions);
        }
    }

    [Fact]
    public void Two_features_of_one_direction_are_one_dedicated_direction_in_any_space()
    {
        List<double[]> columns = [Axis(6, 0), Near(Axis(6, 0), 0.5), Axis(6, 1, -1), Axis(6, 1), Near(Axis(6, 1), 0.3), Axis(6, 3)];
        RunLabel label = Label(Made.Moved(columns, 0.001, new GaussianSource(54)));
        Assert.Equal("2 dedicated + antipode", label.Formula);
        Assert.Equal([1, 1, 2], label.Summands.Select(s => s.Directions));
        Assert.Equal([2, 1, 3], label.Summands.Select(s => s.Count));
        Assert.Equal("orthogonal", Label(Made.Moved([columns[0], columns[1], columns[5]], 0, new GaussianSource(55))).Label);
    }

    [Theory]
    [InlineData("32-gon", 40)]
    [InlineData("600-cell", 3)]
    [InlineData("gosset-3_21", 3)]
    [InlineData("dodecahedron", 20)]
    [InlineData("12-gon", 60)]
    public void Neighbours_of_a_noisy_shape_are_not_one(string name, int trials)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        foreach (double sigma in new[] { 0.0, 0.02, 0.04 })
        {
            for (int index = 0; index < trials; index++)
            {
                var options = new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = shape.Dim + 3,
                    Seed = 56,
                };
                RunLabel label = Label(Made.From(name, options, index).Configuration);
                Assert.Equal((name, shape.Count), (label.Formula, label.Summands[0].Directions));
            }
        }
    }

    [Fact]
    public void Features_permute_with_their_directions()
    {
        double[] unit = [.. Padded("pentagon", 2).SelectMany(v => new[] { v, Near(v, 0.5) }).SelectMany(v => v)];
        int[] order = [3, 9, 0, 4, 1, 8, 2, 7, 5, 6],
            plain = new int[10],
            moved = new int[10];
        double[] shuffled = [.. order.SelectMany(i => new[] { unit[2 * i], unit[2 * i + 1] })];
        Assert.Equal(5, SharedDirections.Find(unit, 2, 0.02, DecisionConstants.Default, plain));
        Assert.Equal(5, SharedDirections.Find(shuffled, 2, 0.02, DecisionConstants.Default, moved));
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], plain);
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 10; j++)
                Assert.Equal(plain[order[i]] == plain[order[j]], moved[i] == moved[j]);
        }
        // Numbered by first feature.
        int next = 0;
        foreach (int direction in moved)
        {
            Assert.InRange(direction, 0, next);
            if (direction == next)
                next++;
        }
    }

    [Fact]
    public void A_chain_is_left_apart()
    {
        // Seven features 3° apart: every neighbour is within reach, the ends are not one direction.
        double[] unit =
        [
            .. Enumerable
                .Range(0, 7)
                .Select(k => 3.0 * k)
                .Append(120)
                .Append(240)
                .SelectMany(a => new[] { Math.Cos(double.DegreesToRadians(a)), Math.Sin(double.DegreesToRadians(a)) }),
        ];
        Assert.Equal(9, SharedDirections.Find(unit, 2, 0.02, DecisionConstants.Default, new int[9]));
    }

    [Fact]
    public void A_shape_without_near_pairs_costs_no_allocation_but_its_match()
    {
        LearnedColumns columns = LearnedColumns.Of(
            new FeatureConfiguration(3, 12, ShapeCatalogue.Default.Find("icosahedron").Vertices()),
            [.. Enumerable.Range(0, 12)]
        );
        int[] all = [.. Enumerable.Range(0, 12)];
        var block = new Block(all, PrincipalAxes.Of(columns.Unit, 3, all), -1, 3);
        var shapes = new BlockShapes(columns);
        for (int warm = 0; warm < 100; warm++)
            shapes.Match(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++)
            shapes.Match(block);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 200);
    }

    private static List<double[]> Padded(string name, int m)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        double[] vertices = shape.Vertices();
        return
        [
            .. Enumerable
                .Range(0, shape.Count)
                .Select(i => (double[])[.. vertices.AsSpan(i * shape.Dim, shape.Dim), .. new double[m - shape.Dim]]),
        ];
    }

    private static double[] Axis(int m, int k, double sign = 1)
    {
        double[] axis = new double[m];
        axis[k] = sign;
        return axis;
    }

    /// <summary>A vector turned by some degrees in the plane of its two first coordinates.</summary>
    private static double[] Near(double[] v, double degrees)
    {
        double[] near = [.. v];
        (double sin, double cos) = Math.SinCos(double.DegreesToRadians(degrees));
        (near[0], near[1]) = (cos * v[0] - sin * v[1], sin * v[0] + cos * v[1]);
        return near;
    }
}
