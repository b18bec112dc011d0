using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public sealed class ObliqueLabelTests
{
    [Theory]
    [InlineData("2 pentagon")]
    [InlineData("pentagon + antipode + dedicated")]
    [InlineData("pentagon + 2 dedicated")]
    [InlineData("tetrahedron + triangle")]
    [InlineData("2 triangle")]
    [InlineData("square-antiprism + pentagon")]
    [InlineData("simplex-4 + pentagon + triangle")]
    [InlineData("2 tetrahedron + antipode")]
    [InlineData("3 pentagon")]
    public void Oblique_sums_get_their_formula_and_the_defect_tells_the_angle(string formula)
    {
        Formula expected = FormulaParser.Parse(formula);
        foreach ((double degrees, double sigma, int room) in new[] { (60, 0, 0), (60, 0.01, 2), (45, 0.01, 0), (70, 0.02, 0) })
        {
            for (int t = 0; t < 5; t++)
            {
                var options = new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = expected.Dim + room,
                    Features = expected.Count + 1,
                    ObliqueDegrees = degrees,
                    NormSpread = 0.15,
                    Seed = 61,
                };
                SyntheticConfiguration made = Made.From(formula, options, t);
                RunLabel label = LabelPipeline.Label(made.Configuration, new LabelOptions());
                Assert.Equal(expected.ToString(), label.Formula);
                Assert.Equal("tegum-product", label.Label);
                Assert.Equal(expected.Dim, label.Rank);
                Assert.InRange(
                    label.OrthogonalityDefect,
                    Math.Cos(double.DegreesToRadians(degrees)) - 1e-9 - (3 * sigma),
                    Math.Cos(double.DegreesToRadians(degrees)) + 1e-9 + (5 * sigma)
                );
                foreach (var summand in label.Summands)
                    Assert.Single(summand.Features.Select(f => made.Summand[f]).Distinct());
            }
        }
    }

    [Theory]
    [InlineData("2 dedicated", "irregular(2,2)")]
    [InlineData("3 dedicated", "irregular(3,3)")]
    [InlineData("antipode + dedicated", "irregular(2,3)")]
    [InlineData("2 antipode", "irregular(2,4)")]
    public void Where_angles_alone_would_be_the_structure_there_is_none(string formula, string expected)
    {
        for (int t = 0; t < 5; t++)
            Assert.Equal(
                expected,
                LabelPipeline
                    .Label(
                        Made.From(
                            formula,
                            new SyntheticOptions
                            {
                                Sigma = 0.005,
                                ObliqueDegrees = 60,
                                Seed = 62,
                            },
                            t
                        ).Configuration,
                        new LabelOptions()
                    )
                    .Formula
            );
    }

    [Fact]
    public void An_oblique_pair_of_shapes_beside_an_orthogonal_one_is_found_too()
    {
        // Two pentagons at 60° in the first four coordinates, a tetrahedron in the last three.
        SyntheticConfiguration oblique = Made.From(
                "2 pentagon",
                new SyntheticOptions
                {
                    Sigma = 0.01,
                    ObliqueDegrees = 60,
                    Seed = 63,
                }
            ),
            straight = Made.From("tetrahedron", new SyntheticOptions { Sigma = 0.01, Seed = 63 });
        double[] columns = new double[14 * 7];
        for (int i = 0; i < 10; i++)
            oblique.Configuration.Column(i).CopyTo(columns.AsSpan(i * 7));
        for (int i = 0; i < 4; i++)
            straight.Configuration.Column(i).CopyTo(columns.AsSpan(((10 + i) * 7) + 4));
        RunLabel label = LabelPipeline.Label(new FeatureConfiguration(7, 14, columns), new LabelOptions());
        Assert.Equal("tetrahedron + 2 pentagon", label.Formula);
        Assert.InRange(label.OrthogonalityDefect, 0.45, 0.55);
    }

    [Theory]
    [InlineData(4, 3, 400, 4)]
    [InlineData(5, 4, 400, 4)]
    [InlineData(6, 4, 400, 3)]
    [InlineData(8, 6, 200, 2)]
    public void Few_relations_among_random_directions_are_no_oblique_sum(int n, int m, int trials, int most)
    {
        int named = 0;
        for (int t = 0; t < trials; t++)
        {
            double[] columns = new double[n * m];
            new GaussianSource(64, t).Normal(columns);
            RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, n, columns), new LabelOptions { MinNorm = 0.01 });
            if (label.Summands.Any(s => s.Count >= 3 && s.Match.IsNamed))
                named++;
        }
        Assert.InRange(named, 0, most);
    }
}
