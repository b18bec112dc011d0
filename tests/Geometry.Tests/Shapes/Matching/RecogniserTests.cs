using Geometry.Shapes;
using Geometry.Shapes.Matching;
using Xunit;

namespace Geometry.Tests.Shapes.Matching;

public class RecogniserTests
{
    [Fact]
    public void Pairs_are_numbered_in_lexicographic_order()
    {
        int number = 0;
        for (int i = 0; i < 9; i++)
        {
            for (int j = i + 1; j < 9; j++, number++)
            {
                Assert.Equal(number, RootLabels.PairIndex(i, j, 9));
                Assert.Equal((i, j), RootLabels.PairAt(number, 9));
            }
        }
    }

    [Fact]
    public void Late_comers_share_what_is_left()
    {
        int[] vertexOf = new int[5];
        Assert.Equal(2, VertexSharing.Distribute([3, 3, 1, 4, 1], new int[5], vertexOf));
        Assert.Equal([3, 0, 1, 4, 2], vertexOf);
        Assert.Equal(0, VertexSharing.Distribute([1, 0], new int[2], vertexOf.AsSpan(0, 2)));
    }

    [Fact]
    public void Opposites_are_paired_the_closest_first_and_refused_when_they_lean_too_far()
    {
        var state = new Correspondence();
        double[] At(params double[] degrees) =>
            [.. degrees.SelectMany(d => (double[])[Math.Cos(d * Math.PI / 180), Math.Sin(d * Math.PI / 180)])];
        bool Pair(double[] x)
        {
            state.Load(x, 2, x.Length / 2);
            state.ComputeAngles();
            return state.Lines.TryPair(state);
        }
        Assert.True(Pair(At(0, 40, 181, 225)));
        Assert.Equal([(0, 2), (1, 3)], Enumerable.Range(0, 2).Select(l => (state.Lines.Plus[l], state.Lines.Minus[l])).Order());
        // 175° is nearly opposite to both 0° and 350°; the closer pair takes it, and the other direction is left with 5°, which is no
        // opposite.
        Assert.False(Pair(At(0, 350, 172, 5)));
        Assert.False(Pair(At(0, 80)));
        Assert.True(Pair(At(0, 140)));
        Assert.False(Pair(At(0, 180, 90)));
    }

    [Fact]
    public void Many_noisy_orientations_of_a_diplosimplex_are_found()
    {
        var random = new Directions(21);
        foreach (int k in new[] { 4, 8, 20, 60 })
        {
            Shape shape = ShapeCatalogue.Default.Find($"diplosimplex-{k}");
            for (int trial = 0; trial < 40; trial++)
            {
                int[] order = random.Permutation(shape.Count);
                double[] x = random.Moved(shape.Vertices(), k, random.Orthogonal(k), order, .06);
                Assert.InRange(
                    ShapeMatcher.Fit(x, shape).Match.ResidualDegrees,
                    0,
                    Directions.Residual(x, shape.Vertices(), order, k) + 1e-6
                );
            }
        }
    }

    [Theory]
    [InlineData("rectified-5-simplex", .06)]
    [InlineData("rectified-7-simplex", .1)]
    [InlineData("rectified-12-simplex", .1)]
    [InlineData("demicube-6", .06)]
    [InlineData("demicube-8", .06)]
    public void The_labels_behind_noise_are_found(string name, double sigma)
    {
        Shape shape = ShapeCatalogue.Default.Find(name);
        var random = new Directions(23);
        for (int trial = 0; trial < 100; trial++)
        {
            int[] order = random.Permutation(shape.Count);
            double[] x = random.Moved(shape.Vertices(), shape.Dim, random.Orthogonal(shape.Dim), order, sigma);
            Assert.InRange(
                ShapeMatcher.Fit(x, shape).Match.ResidualDegrees,
                0,
                Directions.Residual(x, shape.Vertices(), order, shape.Dim) + 1e-6
            );
        }
    }
}
