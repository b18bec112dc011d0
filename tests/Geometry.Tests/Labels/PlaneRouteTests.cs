using Geometry.Configurations;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.RandomNumbers;
using Geometry.Shapes;
using Geometry.Summands;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Labels;

public sealed class PlaneRouteTests
{
    private static readonly LabelOptions s_planes = new() { Route = SummandRoute.Planes };

    [Fact]
    public void Dimensions_add_up_to_the_rank_and_fit_into_the_space()
    {
        for (int t = 0; t < 2000; t++)
        {
            var random = new GaussianSource(61, t);
            int m = 2 + random.Below(7);
            Formula formula = Made.RandomFormula(random, m, 12);
            SyntheticConfiguration made = Made.From(
                formula.ToString(),
                new SyntheticOptions
                {
                    Hidden = m,
                    Sigma = 0.3 * random.Uniform(),
                    NormSpread = 0.1,
                    Seed = 62,
                    NoiseIn = t % 2 == 0 ? NoiseIn.Ambient : NoiseIn.Summand,
                    ObliqueDegrees = t % 5 == 0 ? 60 : 90,
                },
                t
            );
            LearnedColumns columns = Learned(made.Configuration);
            PlaneSum planes = PlaneRoute.Find(columns, s_planes);
            Partition partition = PlanePartition.Of(columns, planes, s_planes.Constants, new BlockShapes(columns));
            Assert.Equal(partition.Rank, partition.Blocks.Sum(b => b.Dim));
            Assert.InRange(partition.Rank, 1, Math.Min(m, columns.Count));
            Assert.Equal(Enumerable.Range(0, columns.Count), partition.Blocks.SelectMany(b => b.Features).Order());
            Assert.All(planes.Planes, p => Assert.True(p.Features.Length > p.Dim && p.Dim < m));
        }
    }

    [Fact]
    public void Too_many_lines_are_no_direct_sum()
    {
        // 15 antipodes whose lines are a frame of R^12: each nearly orthogonal to every other, all together dependent.
        var random = new GaussianSource(63);
        const int m = 12,
            lines = 15;
        double[] columns = new double[2 * lines * m];
        for (int k = 0; k < m; k++)
        {
            double[] row = new double[lines];
            random.Normal(row);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int l = 0; l < k; l++)
                {
                    double dot = 0;
                    for (int i = 0; i < lines; i++)
                        dot += row[i] * columns[(2 * i * m) + l];
                    for (int i = 0; i < lines; i++)
                        row[i] -= dot * columns[(2 * i * m) + l];
                }
                double norm = Math.Sqrt(row.Sum(v => v * v));
                for (int i = 0; i < lines; i++)
                    row[i] /= norm;
            }
            for (int i = 0; i < lines; i++)
                (columns[(2 * i * m) + k], columns[(((2 * i) + 1) * m) + k]) = (row[i], -row[i]);
        }
        RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, 2 * lines, columns), s_planes with { MinNorm = 0.01 });
        Assert.InRange(label.Rank, 1, m);
        Assert.Equal(label.Rank, label.Summands.Sum(s => s.Dim));
    }

    [Fact]
    public void Exact_sums_of_small_shapes_come_back()
    {
        foreach (Shape shape in ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= 3 && s.Count <= 16))
        {
            foreach (string beside in new[] { "triangle", "antipode + dedicated", "cube + pentagon" })
            {
                Formula formula = Formula.Of(FormulaParser.Parse($"{shape.Name} + {beside}").Terms);
                for (int t = 0; t < 2; t++)
                    Assert.Equal(
                        formula.ToString(),
                        LabelPipeline
                            .Label(
                                Made.From(
                                    formula.ToString(),
                                    new SyntheticOptions
                                    {
                                        Hidden = formula.Dim + t,
                                        NormSpread = 0.1,
                                        Seed = 64,
                                    },
                                    t
                                ).Configuration,
                                s_planes
                            )
                            .Formula
                    );
            }
        }
    }

    [Fact]
    public void A_rotation_and_a_permutation_of_the_features_change_nothing()
    {
        for (int t = 0; t < 20; t++)
        {
            FeatureConfiguration w = Made.From(
                "tetrahedron + pentagon + antipode + dedicated",
                new SyntheticOptions
                {
                    Hidden = 8,
                    Sigma = 0.01 * (t % 8),
                    Seed = 65,
                },
                t
            ).Configuration;
            int n = w.Features,
                m = w.Hidden;
            var random = new GaussianSource(66, t);
            int[] order = [.. Enumerable.Range(0, n)];
            random.Shuffle(order);
            // Two reflections: x − 2(u·x)u.
            double[] moved = new double[n * m];
            for (int i = 0; i < n; i++)
                w.Column(i).CopyTo(moved.AsSpan(order[i] * m, m));
            for (int r = 0; r < 2; r++)
            {
                double[] u = new double[m];
                random.Normal(u);
                double square = u.Sum(v => v * v);
                for (int i = 0; i < n; i++)
                {
                    double dot = 0;
                    for (int k = 0; k < m; k++)
                        dot += u[k] * moved[(i * m) + k];
                    for (int k = 0; k < m; k++)
                        moved[(i * m) + k] -= 2 * dot / square * u[k];
                }
            }
            RunLabel before = LabelPipeline.Label(w, s_planes),
                after = LabelPipeline.Label(new FeatureConfiguration(m, n, moved), s_planes);
            Assert.Equal(before.Formula, after.Formula);
            Assert.Equal(Sets(before, f => order[f]), Sets(after, f => f));
        }
    }

    [Fact]
    public void Runs_labelled_side_by_side_are_those_labelled_alone()
    {
        FeatureConfiguration[] all =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(t =>
                    Made.From(
                        "cube + pentagon + antipode",
                        new SyntheticOptions
                        {
                            Hidden = 7,
                            Sigma = 0.05,
                            Seed = 67,
                        },
                        t
                    ).Configuration
                ),
        ];
        string[] alone = Array.ConvertAll(all, Text),
            together = new string[all.Length];
        Parallel.For(0, all.Length, i => together[i] = Text(all[i]));
        Assert.Equal(alone, together);

        static string Text(FeatureConfiguration w)
        {
            PlaneSum sum = PlaneRoute.Find(Learned(w), s_planes);
            return $"{sum.Noise:R} {sum.Tolerance:R} {sum.Route} "
                + $"{string.Join("; ", sum.Planes.Select(p => $"{p.Dim}: {string.Join(' ', p.Features)}"))}";
        }
    }

    [Theory]
    [InlineData(0.002)]
    [InlineData(0.01)]
    [InlineData(0.03)]
    public void The_noise_of_the_votes_is_that_of_the_sum(double sigma)
    {
        double squares = 0;
        for (int t = 0; t < 50; t++)
        {
            LearnedColumns columns = Learned(
                Made.From(
                    "icosahedron + pentagon + antipode",
                    new SyntheticOptions
                    {
                        Hidden = 8,
                        Sigma = sigma,
                        Seed = 68,
                    },
                    t
                ).Configuration
            );
            PlaneSum planes = PlaneRoute.Find(columns, s_planes);
            Assert.Equal([1, 2, 3], planes.Planes.Select(p => p.Dim).Order());
            squares += planes.Noise * planes.Noise / 50;
        }
        Assert.InRange(Math.Sqrt(squares) / sigma, 0.9, 1.1);
    }

    [Theory]
    [InlineData(SummandRoute.Both)]
    [InlineData(SummandRoute.Planes)]
    [InlineData(SummandRoute.Blocks)]
    public void No_route_grants_more_dimensions_than_there_are(SummandRoute route)
    {
        SyntheticConfiguration made = Made.From(
            "tetrahedron + triangle + 2 antipode + dedicated",
            new SyntheticOptions
            {
                Sigma = 0.08,
                NormSpread = 0.1,
                Seed = 7,
            }
        );
        RunLabel label = LabelPipeline.Label(made.Configuration, new LabelOptions { Route = route });
        Assert.InRange(label.Summands.Sum(s => s.Dim), 1, 8);
        Assert.Equal(label.Rank, label.Summands.Sum(s => s.Dim));
    }

    private static LearnedColumns Learned(FeatureConfiguration w) => LearnedColumns.Of(w, FeatureStatistics.Of(w).Learned(0.5));

    private static string[] Sets(RunLabel label, Func<int, int> name) =>
        [.. label.Summands.Select(s => $"{s.Dim}: {string.Join(' ', s.Features.Select(name).Order())}").Order(StringComparer.Ordinal)];
}
