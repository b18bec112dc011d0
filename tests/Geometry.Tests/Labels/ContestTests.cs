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

/// <summary>Planes and blocks in one contest.</summary>
public sealed class ContestTests
{
    [Fact]
    public void Planes_win_where_the_tree_of_blocks_is_misled()
    {
        // A tree of random strengths proposes nothing of use; the planes propose the truth, which wins whoever proposed it.
        for (int t = 0; t < 10; t++)
        {
            SyntheticConfiguration made = Made.From(
                "tetrahedron + 2 pentagon + triangle + 2 antipode",
                new SyntheticOptions
                {
                    Sigma = 0.02,
                    NormSpread = 0.1,
                    Seed = 101,
                },
                t
            );
            LearnedColumns columns = LearnedColumns.Of(made.Configuration, [.. Enumerable.Range(0, made.Configuration.Features)]);
            int n = columns.Count,
                m = columns.Hidden;
            var random = new GaussianSource(102, t);
            double[] strength = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++)
                    strength[i * n + j] = strength[j * n + i] = random.Uniform();
            }
            int[][] planes = [.. PlaneRoute.Find(columns, new LabelOptions()).Planes.Select(p => p.Features)];
            Assert.Equal(6, planes.Length);
            MergeTree tree = MergeTree.Build(strength, n);
            var blocks = new BlockTable(
                columns.Unit,
                m,
                tree,
                PrincipalAxes.Of(columns.Unit, m, [.. Enumerable.Range(0, n)]),
                new BlockShapes(columns)
            );
            var score = new PartitionScore(m, DecisionConstants.Default);
            var proposals = new Proposals(tree, blocks, strength, planes, new ObliqueSplit(columns.Unit, m, DecisionConstants.Default));
            var search = new PartitionSearch(
                tree,
                blocks,
                m,
                score,
                new Admissibility(
                    columns.Unit,
                    columns.Gram,
                    n,
                    m,
                    DecisionConstants.Default,
                    FeatureLines.Find(columns.Unit, m, n, columns.Gram, 15)
                ),
                proposals
            );
            Partition byBlocks = search.Best()!,
                byPlanes = search.WithPlanes(byBlocks);
            Assert.True(byPlanes.Evidence > byBlocks.Evidence + 10, $"{byPlanes.Evidence} against {byBlocks.Evidence}");
            Assert.Equal(Truth(made), byPlanes.Blocks.Select(b => string.Join(' ', b.Features)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Planes_decide_where_one_noisy_summand_misleads_the_blocks()
    {
        // Exact summands beside a noisy one. This is one of some 6000 such sums, in which the blocks join what the planes keep apart.
        (FeatureConfiguration w, SyntheticConfiguration made) = OneNoisySummand(1, 2982);
        RunLabel both = LabelPipeline.Label(w, new LabelOptions()),
            blocks = LabelPipeline.Label(w, new LabelOptions { Route = SummandRoute.Blocks });
        Assert.Equal(("planes", "blocks"), (both.DecidedBy, blocks.DecidedBy));
        Assert.Equal(Truth(made), both.Summands.Select(s => string.Join(' ', s.Features)).Order(StringComparer.Ordinal));
        Assert.NotEqual(Truth(made), blocks.Summands.Select(s => string.Join(' ', s.Features)).Order(StringComparer.Ordinal));
    }

    /// <summary>Every vertex, or one, held by several features within half a degree.</summary>
    [Theory]
    [InlineData("simplex-7", 3, true)]
    [InlineData("simplex-12", 2, true)]
    [InlineData("simplex-9", 3, false)]
    [InlineData("simplex-6", 4, false)]
    [InlineData("diplosimplex-8", 3, true)]
    [InlineData("icosahedron", 2, false)]
    [InlineData("pentagon + antipode", 3, true)]
    [InlineData("tetrahedron + 2 dedicated", 2, true)]
    public void Vertices_held_by_several_features_count_once(string formula, int times, bool all)
    {
        for (int t = 0; t < 3; t++)
        {
            FeatureConfiguration w = Made.From(formula, new SyntheticOptions { Seed = 105 }, t).Configuration;
            int m = w.Hidden;
            var random = new GaussianSource(106, t);
            var columns = new List<double>();
            for (int i = 0; i < w.Features; i++)
            {
                for (int copy = 0; copy < (all || i == 0 ? times : 1); copy++)
                {
                    // Each copy is off by 0.2° in some direction.
                    double[] away = [.. Enumerable.Range(0, m).Select(_ => random.Normal())];
                    double norm = Math.Sqrt(away.Sum(v => v * v));
                    for (int k = 0; k < m; k++)
                        columns.Add(w.Column(i)[k] + (copy == 0 || m == 1 ? 0 : 0.0035 * away[k] / norm));
                }
            }
            RunLabel label = LabelPipeline.Label(new FeatureConfiguration(m, columns.Count / m, [.. columns]), new LabelOptions());
            Assert.Equal(formula, label.Formula);
            Assert.Equal(w.Features, label.Summands.Sum(s => s.Directions));
            Assert.Equal(columns.Count / m, label.Summands.Sum(s => s.Count));
        }
    }

    [Fact]
    public void Who_decided_is_said()
    {
        FeatureConfiguration w = Made.From(
            "pentagon + antipode",
            new SyntheticOptions
            {
                Sigma = 0.01,
                Hidden = 4,
                Seed = 103,
            }
        ).Configuration;
        Assert.Equal("both", LabelPipeline.Label(w, new LabelOptions()).DecidedBy);
        Assert.Equal("blocks", LabelPipeline.Label(w, new LabelOptions { Route = SummandRoute.Blocks }).DecidedBy);
        Assert.Equal("planes", LabelPipeline.Label(w, new LabelOptions { Route = SummandRoute.Planes }).DecidedBy);
        // No plane of up to three dimensions holds more features than dimensions.
        Assert.Equal(
            "blocks",
            LabelPipeline.Label(Made.From("simplex-6", new SyntheticOptions { Seed = 104 }).Configuration, new LabelOptions()).DecidedBy
        );
        Assert.Equal("", LabelPipeline.Label(new FeatureConfiguration(2, 2, new double[4]), new LabelOptions()).DecidedBy);
    }

    private static IEnumerable<string> Truth(SyntheticConfiguration made) =>
        made.Summand.Select((s, i) => (s, i)).GroupBy(p => p.s, p => p.i).Select(g => string.Join(' ', g)).Order(StringComparer.Ordinal);

    private static (FeatureConfiguration W, SyntheticConfiguration Made) OneNoisySummand(int seed, int t)
    {
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= 3 && s.Count <= 14)];
        var random = new GaussianSource(seed, t);
        int m = 4 + random.Below(9),
            dims = 0;
        var parts = new List<Shape>();
        while (dims < m - 1)
        {
            Shape pick = zoo[random.Below(zoo.Length)];
            if (dims + pick.Dim > m)
                break;
            parts.Add(pick);
            dims += pick.Dim;
        }
        random.Uniform();
        SyntheticConfiguration made = SyntheticSum.Make(
            parts.ConvertAll(p => new SyntheticPart(p.Dim, p.Vertices())),
            new SyntheticOptions
            {
                Hidden = m,
                NormSpread = 0.1,
                Seed = seed,
            },
            t
        );
        double[] columns = made.Configuration.Columns.ToArray();
        int noisy = random.Below(parts.Count);
        double sigma = 0.08 + 0.12 * random.Uniform();
        for (int i = 0; i < made.Configuration.Features; i++)
        {
            for (int k = 0; made.Summand[i] == noisy && k < m; k++)
                columns[i * m + k] += sigma * random.Normal();
        }
        return (new FeatureConfiguration(m, made.Configuration.Features, columns), made);
    }
}
