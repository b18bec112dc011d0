using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Summands;
using Geometry.Synthesis;
using Geometry.Tests.Labels;
using Xunit;

namespace Geometry.Tests.Synthesis;

public sealed class ObliqueSumTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(25)]
    [InlineData(89)]
    public void Any_two_summands_meet_at_the_angle(double degrees)
    {
        SyntheticConfiguration made = Made.From(
            "simplex-4 + tetrahedron + pentagon + dedicated",
            new SyntheticOptions
            {
                Hidden = 12,
                ObliqueDegrees = degrees,
                Seed = 1,
            }
        );
        LearnedColumns columns = LearnedColumns.Of(made.Configuration, [.. Enumerable.Range(0, made.Summand.Count)]);
        int[] dims = [4, 3, 2, 1];
        Block[] blocks = [.. dims.Select((d, s) => Part(columns, made.Summand, s, d))];
        for (int s = 0; s < blocks.Length; s++)
        {
            for (int t = 0; t < s; t++)
                Assert.Equal(
                    Math.Cos(double.DegreesToRadians(degrees)),
                    new Partition([blocks[s], blocks[t]], default, 0).OrthogonalityDefect(),
                    9
                );
        }
    }

    [Fact]
    public void Every_shape_keeps_its_angles_and_the_sum_its_rank()
    {
        SyntheticConfiguration straight = Made.From("2 pentagon", new SyntheticOptions { Seed = 2 }),
            oblique = Made.From("2 pentagon", new SyntheticOptions { ObliqueDegrees = 40, Seed = 2 });
        Assert.Equal(straight.Summand, oblique.Summand);
        for (int i = 0; i < 10; i++)
        {
            for (int j = 0; j < 10; j++)
            {
                if (straight.Summand[i] == straight.Summand[j])
                    Assert.Equal(Dot(straight, i, j), Dot(oblique, i, j), 12);
            }
        }
        LearnedColumns columns = LearnedColumns.Of(oblique.Configuration, [.. Enumerable.Range(0, 10)]);
        Assert.True(PrincipalAxes.Of(columns.Unit, 4, [.. Enumerable.Range(0, 10)]).Value(3) > 0.1);
    }

    [Fact]
    public void Ninety_degrees_is_the_orthogonal_sum()
    {
        var options = new SyntheticOptions
        {
            Sigma = 0.02,
            NormSpread = 0.1,
            Seed = 3,
        };
        Assert.Equal(
            Made.From("pentagon + triangle", options).Configuration.Columns.ToArray(),
            Made.From("pentagon + triangle", options with { ObliqueDegrees = 90 }).Configuration.Columns.ToArray()
        );
    }

    [Fact]
    public void Noise_inside_summands_stays_inside_oblique_ones()
    {
        SyntheticConfiguration made = Made.From(
            "2 pentagon",
            new SyntheticOptions
            {
                Sigma = 0.1,
                NoiseIn = NoiseIn.Summand,
                ObliqueDegrees = 50,
                Seed = 4,
            }
        );
        LearnedColumns columns = LearnedColumns.Of(made.Configuration, [.. Enumerable.Range(0, 10)]);
        for (int s = 0; s < 2; s++)
            Assert.InRange(Part(columns, made.Summand, s, 2).Axes.Value(2), 0, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(90.5)]
    [InlineData(double.NaN)]
    public void Other_angles_are_refused(double degrees)
    {
        var error = Assert.Throws<ArgumentException>(() => Made.From("2 pentagon", new SyntheticOptions { ObliqueDegrees = degrees }));
        Assert.Contains("expected an angle in (0, 90]", error.Message, StringComparison.Ordinal);
    }

    private static Block Part(LearnedColumns columns, IReadOnlyList<int> summand, int s, int dim)
    {
        int[] features = [.. Enumerable.Range(0, summand.Count).Where(i => summand[i] == s)];
        return new Block(features, PrincipalAxes.Of(columns.Unit, columns.Hidden, features), -1, dim);
    }

    private static double Dot(SyntheticConfiguration made, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < made.Configuration.Hidden; k++)
            sum += made.Configuration.Column(i)[k] * made.Configuration.Column(j)[k];
        return sum;
    }
}
