using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Formulas;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Summands;
using Geometry.Synthesis;
using Geometry.Tests.Labels;
using Xunit;

namespace Geometry.Tests.Summands;

public sealed class PartitionSearchTests
{
    /// <summary>Formula, hidden dimensions, noise.</summary>
    public static TheoryData<string, int, double> Sums =>
        new()
        {
            { "44 dedicated", 44, 0 },
            { "44 dedicated", 44, 0.01 },
            { "44 dedicated", 44, 0.04 },
            { "50 dedicated", 60, 0.02 },
            { "40 antipode", 40, 0 },
            { "40 antipode", 40, 0.01 },
            { "36 antipode", 40, 0.05 },
            { "8 pentagon + 20 dedicated", 36, 0 },
            { "8 pentagon + 20 dedicated", 36, 0.01 },
            { "8 pentagon + 20 dedicated", 40, 0.03 },
            { "simplex-5 + cube + 4 tetrahedron + 3 antipode + 18 dedicated", 41, 0.02 },
            { "600-cell + simplex-8 + 4 triangle + 16 dedicated", 36, 0.01 },
            { "3 pentagon + antipode + dedicated", 8, 0.03 },
        };

    [Theory]
    [MemberData(nameof(Sums))]
    public void The_best_partition_is_that_of_evaluating_everything(string formula, int hidden, double sigma)
    {
        for (int t = 0; t < 2; t++)
            Check(Columns(formula, hidden, sigma, t));
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(60, 36)]
    [InlineData(34, 60)]
    [InlineData(150, 75)]
    public void Also_where_there_is_no_structure(int n, int hidden)
    {
        var random = new GaussianSource(n);
        double[] x = [.. Enumerable.Range(0, n * hidden).Select(_ => random.Normal())];
        Check(LearnedColumns.Of(new FeatureConfiguration(hidden, n, x), [.. Enumerable.Range(0, n)]));
    }

    [Theory]
    [MemberData(nameof(Sums))]
    public void No_cut_has_more_evidence_than_its_bound(string formula, int hidden, double sigma)
    {
        LearnedColumns columns = Columns(formula, hidden, sigma, 7);
        int bounded = 0;
        foreach (Setting at in Settings(columns))
        {
            Dictionary<int, Partition> cuts = at.Search(bounded: false)
                .EvaluatedCuts()
                .Where(c => c.Partition is not null)
                .ToDictionary(c => c.Count, c => c.Partition!);
            foreach (Partition reference in cuts.Values)
            {
                var bounds = new CutBounds(at.Tree, columns.Gram, columns.Unit, at.Table(), at.Rank, at.Score, reference.Blocks.Length);
                bounds.Refer(reference);
                for (int s = reference.Blocks.Length; s > 1; s--)
                {
                    double bound = bounds.Bound(s);
                    if (double.IsPositiveInfinity(bound))
                        continue;
                    bounded++;
                    // A cut that cannot fill the rank or is not admissible has no evidence.
                    if (!cuts.TryGetValue(s, out Partition? cut))
                        continue;
                    Assert.True(bound >= cut.Evidence, $"{s} of {reference.Blocks.Length}: {bound} < {cut.Evidence}");
                    // However narrow the brackets become, a cut is never said to be below evidence that it exceeds.
                    if (s % 5 == 0)
                        Assert.False(bounds.IsBelow(s, cut.Evidence));
                }
            }
        }
        if (sigma <= 0.01)
            Assert.InRange(bounded, 20, int.MaxValue);
    }

    [Fact]
    public void The_chain_of_dedicated_features_is_not_decomposed()
    {
        // Shapes are asked for blocks that are evaluated: of those with more than half of the features, only the root.
        LearnedColumns columns = Columns("100 dedicated", 100, 0.002, 3);
        var asked = new AskedShapes(new BlockShapes(columns));
        (Partition found, _) = DirectSum.Find(
            columns.Unit,
            columns.Hidden,
            columns.Count,
            columns.Gram,
            asked,
            [],
            DecisionConstants.Default
        );
        Assert.Equal(100, found.Blocks.Length);
        Assert.InRange(asked.Sizes.Where(s => s < 100).Max(), 1, 50);
    }

    private static void Check(LearnedColumns columns)
    {
        foreach (Setting at in Settings(columns))
        {
            PartitionSearch plain = at.Search(bounded: false),
                bounded = at.Search(bounded: true);
            Partition? expected = plain.Best(),
                found = bounded.Best();
            Assert.Equal(expected is null, found is null);
            if (expected is null)
                continue;
            CheckSame(expected, found!);
            // The further steps, with planes and with free angles, lose nothing either.
            CheckSame(expected = plain.WithPlanes(expected), found = bounded.WithPlanes(found!));
            CheckSame(plain.WithObliqueSums(expected), bounded.WithObliqueSums(found));
        }
    }

    private static void CheckSame(Partition expected, Partition found)
    {
        Assert.Equal(
            expected.Blocks.Select(b => (string.Join(' ', b.Features), b.Dim, b.Group)),
            found.Blocks.Select(b => (string.Join(' ', b.Features), b.Dim, b.Group))
        );
        Assert.Equal((expected.Evidence, expected.Noise, expected.Rank), (found.Evidence, found.Noise, found.Rank));
    }

    private sealed class AskedShapes(BlockShapes shapes) : IShapeEvidence
    {
        public HashSet<int> Sizes { get; } = [];

        public double Shape(Block block)
        {
            Sizes.Add(block.Features.Length);
            return shapes.Shape(block);
        }

        public double Lean(Block block) => shapes.Lean(block);
    }

    private sealed record Setting(
        LearnedColumns Columns,
        PrincipalAxes Root,
        int Rank,
        double[] Strength,
        MergeTree Tree,
        IShapeEvidence Shapes
    )
    {
        public PartitionScore Score { get; } = new(Columns.Hidden, DecisionConstants.Default);

        public BlockTable Table() => new(Columns.Unit, Columns.Hidden, Tree, Root, Shapes);

        public PartitionSearch Search(bool bounded)
        {
            BlockTable blocks = Table();
            // Any sets of features serve as planes that cross the blocks.
            int[][] planes =
            [
                [0, 1, 2],
                [3, 5, 7, 9],
            ];
            var proposals = new Proposals(
                Tree,
                blocks,
                Strength,
                [.. planes.Where(p => p[^1] < Columns.Count)],
                new ObliqueSplit(Columns.Unit, Columns.Hidden, DecisionConstants.Default)
            );
            SearchBounds? bounds = bounded ? new SearchBounds(Columns.Unit, Columns.Gram, Tree, blocks, Rank, Score) : null;
            return new PartitionSearch(
                Tree,
                blocks,
                Rank,
                Score,
                new Admissibility(
                    Columns.Unit,
                    Columns.Gram,
                    Columns.Count,
                    Columns.Hidden,
                    DecisionConstants.Default,
                    FeatureLines.Find(Columns.Unit, Columns.Hidden, Columns.Count, Columns.Gram, 15)
                ),
                proposals,
                bounds
            );
        }
    }

    private static IEnumerable<Setting> Settings(LearnedColumns columns)
    {
        int n = columns.Count;
        PrincipalAxes root = PrincipalAxes.Of(columns.Unit, columns.Hidden, [.. Enumerable.Range(0, n)]);
        var lines = FeatureLines.Find(columns.Unit, columns.Hidden, n, columns.Gram, 15);
        foreach (int rank in DirectSum.PlausibleRanks(root, DecisionConstants.Default))
        {
            double[] strength = new double[n * n];
            EdgeStrength.Compute(columns.Unit, columns.Hidden, n, columns.Gram, root, rank, strength, lines, DecisionConstants.Default);
            yield return new Setting(columns, root, rank, strength, MergeTree.Build(strength, n), new BlockShapes(columns));
        }
    }

    private static LearnedColumns Columns(string formula, int hidden, double sigma, int t)
    {
        FeatureConfiguration w = Made.From(
            formula,
            new SyntheticOptions
            {
                Sigma = sigma,
                Hidden = hidden,
                NormSpread = 0.1,
                Seed = 61,
            },
            t
        ).Configuration;
        return LearnedColumns.Of(w, [.. Enumerable.Range(0, w.Features)]);
    }
}
