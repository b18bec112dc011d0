using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

/// <summary>For any data and route, the dimensions of the summands add up to the rank, and the rank is at most min(m, n).</summary>
public sealed class AdmissibleLabelTests
{
    [Theory]
    [InlineData(SummandRoute.Both)]
    [InlineData(SummandRoute.Blocks)]
    [InlineData(SummandRoute.Planes)]
    public void Dimensions_add_up_to_the_rank_of_noisy_sums(SummandRoute route)
    {
        for (int t = 0; t < 1500; t++)
        {
            var random = new GaussianSource(71, t);
            int hidden = 3 + random.Below(9);
            Formula formula = Made.RandomFormula(random, hidden, 12);
            var options = new SyntheticOptions
            {
                Sigma = 0.3 * random.Uniform(),
                NoiseIn = t % 3 == 0 ? NoiseIn.Summand : NoiseIn.Ambient,
                Hidden = hidden,
                NormSpread = 0.15,
                ObliqueDegrees = t % 5 == 0 ? 45 + 40 * random.Uniform() : 90,
                Seed = 72,
            };
            SyntheticConfiguration made = SyntheticSum.Make(Made.Parts(formula), options, t);
            Check(
                made.Configuration,
                new LabelOptions { Route = route },
                $"{formula}, σ {options.Sigma}, {options.ObliqueDegrees}°, number {t}"
            );
        }
    }

    [Theory]
    [InlineData(SummandRoute.Both)]
    [InlineData(SummandRoute.Blocks)]
    [InlineData(SummandRoute.Planes)]
    public void A_sum_whose_planes_once_took_nine_of_eight_dimensions_has_eight(SummandRoute route)
    {
        for (int t = 0; t < 200; t++)
        {
            SyntheticConfiguration made = Made.From(
                "tetrahedron + triangle + 2 antipode + dedicated",
                new SyntheticOptions
                {
                    Sigma = 0.08 + (t % 5 * 0.02),
                    NormSpread = 0.1,
                    Seed = 7,
                },
                t
            );
            Check(made.Configuration, new LabelOptions { Route = route }, $"number {t}");
        }
    }

    [Theory]
    [InlineData(SummandRoute.Both)]
    [InlineData(SummandRoute.Blocks)]
    [InlineData(SummandRoute.Planes)]
    public void And_so_they_do_where_there_is_no_structure(SummandRoute route)
    {
        for (int t = 0; t < 300; t++)
        {
            var random = new GaussianSource(73, t);
            int n = 1 + random.Below(24),
                m = 1 + random.Below(12);
            double[] columns = new double[n * m];
            random.Normal(columns);
            Check(new FeatureConfiguration(m, n, columns), new LabelOptions { Route = route, MinNorm = 0.2 }, $"{n} in R^{m}, number {t}");
        }
    }

    private static void Check(FeatureConfiguration w, LabelOptions options, string what)
    {
        RunLabel label = LabelPipeline.Label(w, options);
        int most = Math.Min(w.Hidden, label.Learned.Count),
            sum = label.Summands.Sum(s => s.Dim);
        Assert.True(sum == label.Rank && sum <= most, $"{what}: {label.Formula} has {sum} dimensions, rank {label.Rank}, of {most}");
        Assert.Equal(label.Learned, label.Summands.SelectMany(s => s.Features).Order());
    }
}
