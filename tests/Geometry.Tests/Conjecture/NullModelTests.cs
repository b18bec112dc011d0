using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.Conjecture;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Geometry.Tests.Labels;
using Xunit;

namespace Geometry.Tests.Conjecture;

public sealed class NullModelTests
{
    private static readonly SyntheticConfiguration s_made = Made.From(
        "pentagon + antipode",
        new SyntheticOptions
        {
            Hidden = 6,
            Features = 9,
            NormSpread = 0.2,
            Seed = 81,
        }
    );

    [Fact]
    public void Norms_span_and_unlearned_features_stay()
    {
        int[] learned = [.. Enumerable.Range(0, 9).Where(i => s_made.Summand[i] >= 0)];
        FeatureConfiguration w = s_made.Configuration,
            drawn = NullModel.Draw(w, learned, 3, new GaussianSource(82));
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(TensorPrimitives.Norm(w.Column(i)), TensorPrimitives.Norm(drawn.Column(i)), 12);
            if (!learned.Contains(i))
                Assert.Equal(w.Column(i).ToArray(), drawn.Column(i).ToArray());
            else
                Assert.NotEqual(w.Column(i).ToArray(), drawn.Column(i).ToArray());
        }
        LearnedColumns both = LearnedColumns.Of(
            new FeatureConfiguration(6, 18, [.. w.Columns, .. drawn.Columns]),
            [.. learned, .. learned.Select(i => i + 9)]
        );
        PrincipalAxes axes = PrincipalAxes.Of(both.Unit, both.Hidden, [.. Enumerable.Range(0, both.Count)]);
        Assert.True(axes.Value(2) > 0.1);
        Assert.InRange(axes.Value(3), 0, 1e-12);
    }

    [Fact]
    public void Directions_are_uniform_in_the_span()
    {
        // Second moments of 3000 draws of one direction in R³: 1/3 on the diagonal, 0 elsewhere.
        double[] columns = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        double[] moments = new double[9];
        var random = new GaussianSource(83);
        const int draws = 3000;
        for (int t = 0; t < draws; t++)
        {
            ReadOnlySpan<double> x = NullModel.Draw(new FeatureConfiguration(3, 3, columns), [0, 1, 2], 3, random).Column(1);
            for (int k = 0; k < 9; k++)
                moments[k] += x[k / 3] * x[k % 3] / draws;
        }
        for (int k = 0; k < 9; k++)
            Assert.InRange(moments[k], (k % 4 == 0 ? 1.0 / 3 : 0) - 0.03, (k % 4 == 0 ? 1.0 / 3 : 0) + 0.03);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_rank_out_of_range_is_refused(int rank) =>
        Assert.Throws<ArgumentException>(() => NullModel.Draw(s_made.Configuration, [0, 1], rank, new GaussianSource(1)));

    [Fact]
    public void Tallies_count_and_add()
    {
        DirectSumTally one = new(),
            two = new();
        one.Add(0, 0, double.NaN);
        one.Add(1, 0, double.NaN);
        one.Add(2, 0, 0.1);
        two.Add(3, 1, 0.5);
        two.Add(2, 0, 0.2);
        one.Add(two);
        Assert.Equal((4, 3, 3, 2, 0.2), (one.Runs, one.Decomposed, one.Named, one.DecomposedAndNamed, one.MedianDefect));
        Assert.True(double.IsNaN(new DirectSumTally().MedianDefect));
    }
}
