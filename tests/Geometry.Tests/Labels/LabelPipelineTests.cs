using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Summands;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public sealed class LabelPipelineTests
{
    private static RunLabel Label(int m, int n, params double[] columns) =>
        LabelPipeline.Label(new FeatureConfiguration(m, n, columns), new LabelOptions());

    [Fact]
    public void Nothing_learned_is_none()
    {
        RunLabel label = Label(2, 3, new double[6]);
        Assert.Equal(("none", "", 0, 0), (label.Label, label.Formula, label.Rank, label.Summands.Count));
        Assert.Equal(double.PositiveInfinity, label.DimsPerFeature);
        Assert.True(double.IsNaN(label.FrameDefect) && double.IsNaN(label.OrthogonalityDefect) && double.IsNaN(label.MaxResidualDegrees));
    }

    [Fact]
    public void A_single_feature_and_more_dimensions_than_features_are_legitimate()
    {
        Assert.Equal("dedicated", Label(1, 1, -2).Formula);
        Assert.Equal("orthogonal", Label(1, 1, -2).Label);
        Assert.Equal("dedicated", Label(5, 1, 1, 2, 3, 4, 5).Formula);
        Assert.Equal("2 dedicated", Label(3, 2, 1, 0, 0, 0, 0, 2).Formula);
        Assert.Equal("antipode", Label(1, 2, 1, -1).Formula);
        Assert.Equal("antipodal", Label(1, 2, 1, -1).Label);
    }

    [Theory]
    [InlineData(SummandRoute.Both, true)]
    [InlineData(SummandRoute.Planes, false)]
    [InlineData(SummandRoute.Blocks, false)]
    public void Routes_are_compared_where_both_were_asked(SummandRoute route, bool compared)
    {
        var w = new FeatureConfiguration(2, 4, [1, 0, -1, 0, 0, 1, 0, -1]);
        Assert.Equal(compared, LabelPipeline.Label(w, new LabelOptions { Route = route }).Agreement.IsCompared);
    }

    [Fact]
    public void What_is_no_shape_is_irregular_with_its_size()
    {
        // Two features at 60° in the plane: independent, far from orthogonal, nothing to name.
        RunLabel oblique = Label(2, 2, 1, 0, 0.5, Math.Sqrt(0.75));
        Assert.Equal(("irregular", "irregular(2,2)"), (oblique.Label, oblique.Formula));
    }

    [Fact]
    public void Unlearned_features_are_left_out_and_the_threshold_is_relative()
    {
        double[] columns = [1, 0, -1, 0, 0, 0.45, 0, 0.001];
        RunLabel label = Label(2, 4, columns);
        Assert.Equal("antipode", label.Formula);
        Assert.Equal([0, 1], label.Learned);
        Assert.Equal(
            "antipode + dedicated",
            LabelPipeline.Label(new FeatureConfiguration(2, 4, columns), new LabelOptions { MinNorm = 0.4 }).Formula
        );
    }

    [Theory]
    [InlineData("pentagon + 2 antipode + tetrahedron + dedicated", 8, 0.01)]
    [InlineData("3 pentagon", 6, 0)]
    [InlineData("40 dedicated", 40, 0)]
    [InlineData("12 antipode + 16 dedicated", 28, 0.002)]
    public void Hidden_dimensions_that_nothing_uses_change_nothing(string text, int m, double sigma)
    {
        Formula formula = FormulaParser.Parse(text);
        FeatureConfiguration w = SyntheticSum
            .Make(
                Made.Parts(formula),
                new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = m,
                    Seed = 35,
                },
                0
            )
            .Configuration;
        foreach (int more in (int[])[m, 300, 1500, 4000])
        {
            double[] wide = new double[w.Features * more];
            for (int i = 0; i < w.Features; i++)
                w.Column(i).CopyTo(wide.AsSpan(i * more));
            Assert.Equal(formula.ToString(), Label(more, w.Features, wide).Formula);
        }
    }

    [Theory]
    [InlineData(60, 1500, 0)]
    [InlineData(60, 1500, 0.003)]
    [InlineData(300, 300, 0)]
    public void Orthogonal_features_of_a_large_space_are_dedicated(int n, int m, double sigma)
    {
        FeatureConfiguration w = SyntheticSum
            .Make(
                Made.Parts(FormulaParser.Parse($"{n} dedicated")),
                new SyntheticOptions
                {
                    Sigma = sigma,
                    Hidden = m,
                    Seed = 36,
                },
                0
            )
            .Configuration;
        RunLabel label = LabelPipeline.Label(w, new LabelOptions());
        Assert.Equal(("orthogonal", $"{n} dedicated"), (label.Label, label.Formula));
        if (sigma == 0)
            Assert.Equal("blocks", label.Agreement.Route);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Options_out_of_range_are_refused(double minNorm)
    {
        var configuration = new FeatureConfiguration(1, 1, [1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelPipeline.Label(configuration, new LabelOptions { MinNorm = minNorm }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelPipeline.Label(configuration, new LabelOptions { MaxPlaneDim = 0 }));
    }

    [Fact]
    public void Rotation_scale_and_permutation_of_the_features_change_nothing_but_the_order()
    {
        for (int t = 0; t < 20; t++)
        {
            var random = new GaussianSource(31, t);
            Formula formula = Made.RandomFormula(random, 8, 20);
            FeatureConfiguration w = SyntheticSum
                .Make(
                    Made.Parts(formula),
                    new SyntheticOptions
                    {
                        Sigma = 0.03,
                        Hidden = 8,
                        NormSpread = 0.1,
                        Seed = 32,
                    },
                    t
                )
                .Configuration;
            int[] order = [.. Enumerable.Range(0, w.Features)];
            random.Shuffle(order);
            RunLabel one = LabelPipeline.Label(w, new LabelOptions()),
                two = LabelPipeline.Label(Moved(w, order, random), new LabelOptions());
            Assert.Equal(one.Formula, two.Formula);
            Assert.Equal(Partition(one.Summands, f => order[f]), Partition(two.Summands, f => f));
            Assert.Equal(one.OrthogonalityDefect, two.OrthogonalityDefect, 1e-9);
            Assert.Equal(one.NoiseScale, two.NoiseScale, 1e-9);
            Assert.Equal(one.FrameDefect, two.FrameDefect, 1e-9);
            Assert.Equal(one.MaxResidualDegrees, two.MaxResidualDegrees, 1e-6);
        }
    }

    [Fact]
    public void Both_routes_agree_on_noisy_sums_and_on_clean_ones()
    {
        foreach (double sigma in new[] { 0, 0.02, 0.04 })
        {
            for (int t = 0; t < 20; t++)
            {
                Formula formula = Made.RandomFormula(new GaussianSource(33, t), 6, 20);
                RunLabel label = LabelPipeline.Label(
                    SyntheticSum
                        .Make(
                            Made.Parts(formula),
                            new SyntheticOptions
                            {
                                Sigma = sigma,
                                Hidden = 6,
                                Seed = 34,
                            },
                            t
                        )
                        .Configuration,
                    new LabelOptions()
                );
                Assert.True(label.Agreement.Agree, $"{formula}: {label.Agreement.Note}");
            }
        }
    }

    [Fact]
    public void Spheres_are_those_of_the_raw_columns()
    {
        // Norm 2, antipodal pair of norms 1.5 and 1.1: centre midway, radius half the distance.
        RunLabel label = Label(2, 3, 2, 0, 0, 1.5, 0, -1.1);
        Summand antipode = label.Summands.Single(s => s.Count == 2),
            dedicated = label.Summands.Single(s => s.Count == 1);
        Assert.Equal((1.3, 0.2), (Math.Round(antipode.Sphere.Radius, 9), Math.Round(antipode.Sphere.CenterNorm, 9)));
        Assert.Equal((2, 0), (Math.Round(dedicated.Sphere.Radius, 9), Math.Round(dedicated.Sphere.CenterNorm, 9)));
        Assert.Equal(0, antipode.Sphere.Rms, 9);
    }

    [Fact]
    public void The_bend_of_an_antipode_is_its_residual()
    {
        double bend = double.DegreesToRadians(4);
        RunLabel label = Label(3, 2, 1, 0, 0, -Math.Cos(bend), Math.Sin(bend), 0);
        Assert.Equal("antipode", label.Formula);
        Assert.Equal(4, label.MaxResidualDegrees, 9);
    }

    private static SortedSet<string> Partition(IEnumerable<Summand> summands, Func<int, int> name) =>
        new(summands.Select(s => $"{s.Dim}:{string.Join(',', s.Features.Select(name).Order())}"), StringComparer.Ordinal);

    /// <summary>
    /// Feature i of w becomes feature order[i], everything rotated by a random rotation in each pair of axes, and scaled.
    /// </summary>
    private static FeatureConfiguration Moved(FeatureConfiguration w, int[] order, GaussianSource random)
    {
        int m = w.Hidden;
        double[] columns = new double[w.Columns.Length];
        for (int i = 0; i < w.Features; i++)
            w.Column(i).CopyTo(columns.AsSpan(order[i] * m, m));
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b < a; b++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * random.Uniform());
                for (int i = 0; i < w.Features; i++)
                {
                    double x = columns[i * m + a],
                        y = columns[i * m + b];
                    columns[i * m + a] = cos * x - sin * y;
                    columns[i * m + b] = sin * x + cos * y;
                }
            }
        }
        TensorPrimitives.Multiply(columns, 37.5, columns);
        return new FeatureConfiguration(m, w.Features, columns);
    }

    [Theory]
    [InlineData("64 dedicated", 0)]
    [InlineData("32 dedicated", 0.02)]
    [InlineData("20 dedicated + 12 antipode", 0.04)]
    public void ManyOrthogonalDirectionsAreNotOneBlock(string formula, double sigma)
    {
        SyntheticConfiguration made = Made.From(
            formula,
            new SyntheticOptions
            {
                Sigma = sigma,
                NoiseIn = NoiseIn.Ambient,
                NormSpread = 0.15,
                Seed = 3,
            }
        );
        Assert.Equal(formula, LabelPipeline.Label(made.Configuration, new LabelOptions()).Formula);
    }

    [Fact]
    public void SummandsFitIntoTheSpaceWhenOneFeatureOfAnExactSumIsNoisy()
    {
        for (int index = 0; index < 60; index++)
        {
            SyntheticConfiguration made = Made.From(
                "2 square-antiprism + 2 triangle",
                new SyntheticOptions
                {
                    Hidden = 10,
                    NormSpread = 0.15,
                    Seed = 5,
                },
                index
            );
            var random = new GaussianSource(5, index);
            double[] noise = new double[10];
            random.Normal(noise);
            double[] columns =
            [
                .. Enumerable.Range(0, 22).SelectMany(i => made.Configuration.Column(i).ToArray()).Select(v => (double)(float)v),
            ];
            for (int k = 0; k < 10; k++)
                columns[k] += 0.06 * noise[k];
            Assert.InRange(Label(10, 22, columns).Summands.Sum(s => s.Dim), 1, 10);
        }
    }
}
