using System.Numerics.Tensors;
using Geometry.Configurations;
using Geometry.Decisions;
using Geometry.Grassmannian;
using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;
using Geometry.Summands;
using Geometry.Synthesis;
using Geometry.Tests.Labels;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Geometry.Tests.Summands;

public sealed class SummandRouteTests
{
    [Fact]
    public void Principal_axes_are_those_of_the_singular_value_decomposition()
    {
        var random = new GaussianSource(41);
        foreach ((int n, int m) in new[] { (3, 7), (7, 3), (5, 5), (1, 4) })
        {
            double[] columns = new double[n * m];
            random.Normal(columns);
            for (int i = 0; i < n; i++)
                TensorPrimitives.Divide(
                    columns.AsSpan(i * m, m),
                    TensorPrimitives.Norm<double>(columns.AsSpan(i * m, m)),
                    columns.AsSpan(i * m, m)
                );
            PrincipalAxes axes = PrincipalAxes.Of(columns, m, [.. Enumerable.Range(0, n)]);
            var svd = Matrix<double>.Build.DenseOfColumnMajor(m, n, columns).Svd();
            for (int k = 0; k < Math.Min(n, m); k++)
            {
                Assert.Equal(svd.S[k] * svd.S[k], axes.Value(k), 8);
                Assert.Equal(1, Math.Abs(TensorPrimitives.Dot(axes.Axis(k), svd.U.Column(k).ToArray())), 8);
            }
        }
    }

    [Fact]
    public void The_row_space_projector_is_that_of_the_pseudoinverse()
    {
        var random = new GaussianSource(42);
        const int n = 8,
            m = 5;
        LearnedColumns columns = Columns(random, n, m);
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, m, [.. Enumerable.Range(0, n)]);
        double[] z = new double[n * m],
            a = new double[n],
            leverage = new double[n];
        EdgeStrength.RowSpace(columns.Unit, m, [], axes, m, z, a, leverage);
        Matrix<double> x = Matrix<double>.Build.DenseOfColumnMajor(m, n, columns.Unit),
            r = x.PseudoInverse() * x;
        Matrix<double> g = (x.Transpose() * x).PseudoInverse();
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(g[i, i], a[i], 8);
            Assert.Equal(r[i, i], leverage[i], 8);
            for (int j = 0; j < n; j++)
                Assert.Equal(r[i, j], TensorPrimitives.Dot<double>(z.AsSpan(i * m, m), z.AsSpan(j * m, m)), 8);
        }
    }

    [Fact]
    public void First_order_deviation_of_the_row_space_projector_is_what_noise_does()
    {
        // Monte Carlo over 4000 small perturbations of a pentagon beside an antipode, in R^4.
        double[] clean = Made.From("pentagon + antipode", new SyntheticOptions { Hidden = 4, Seed = 43 }).Configuration.Columns.ToArray();
        const int n = 7,
            m = 4,
            rank = 3,
            trials = 4000;
        const double sigma = 1e-4;
        double[] exact = RowSpace(clean, n, m, rank, out double[] a, out double[] leverage),
            squares = new double[n * n];
        var random = new GaussianSource(44);
        for (int t = 0; t < trials; t++)
        {
            double[] noisy = [.. clean.Select(v => v + sigma * random.Normal())];
            double[] moved = RowSpace(noisy, n, m, rank, out _, out _);
            for (int e = 0; e < squares.Length; e++)
                squares[e] += Math.Pow((moved[e] - exact[e]) / sigma, 2);
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // The formula holds for pairs across summands only; the floor of the variance is 1e-4.
                if (Math.Abs(exact[i * n + j]) > 1e-9)
                    continue;
                double measured = Math.Sqrt(squares[i * n + j] / trials),
                    stated = EdgeStrength.Deviation(a[i], leverage[i], a[j], leverage[j], DecisionConstants.Default);
                Assert.InRange(measured / stated, 0.93, 1.07);
            }
        }
    }

    [Theory]
    [InlineData("pentagon", 2, false)]
    [InlineData("hexagon", 2, false)]
    [InlineData("cube", 3, false)]
    [InlineData("simplex-8", 8, false)]
    [InlineData("600-cell", 4, false)]
    [InlineData("2 antipode", 2, true)]
    [InlineData("octahedron", 3, true)]
    [InlineData("pentagon + dedicated", 3, true)]
    [InlineData("triangle + antipode", 3, true)]
    [InlineData("2 dedicated", 2, true)]
    [InlineData("dedicated", 1, false)]
    public void Pyramids_bipyramids_and_other_direct_sums_are_reducible(string formula, int dim, bool reducible)
    {
        foreach (double sigma in new[] { 0, 0.03 })
        {
            LearnedColumns columns = Learned(
                Made.From(
                    formula,
                    new SyntheticOptions
                    {
                        Sigma = sigma,
                        Hidden = 9,
                        NormSpread = 0.1,
                        Seed = 45,
                    }
                )
            );
            Assert.Equal(
                reducible,
                Reducibility.IsReducible(
                    columns.Unit,
                    columns.Hidden,
                    [.. Enumerable.Range(0, columns.Count)],
                    dim,
                    sigma,
                    DecisionConstants.Default
                )
            );
        }
    }

    [Fact]
    public void An_oblique_pyramid_is_reducible_too()
    {
        // A pentagon in a plane and an apex at 50° to it: orthogonality is not what makes it reducible.
        double[] columns = new double[18];
        for (int i = 0; i < 5; i++)
            (columns[3 * i], columns[3 * i + 1]) = (Math.Cos(2 * Math.PI * i / 5), Math.Sin(2 * Math.PI * i / 5));
        (columns[15], columns[17]) = (Math.Cos(0.9), Math.Sin(0.9));
        Assert.True(Reducibility.IsReducible(columns, 3, [0, 1, 2, 3, 4, 5], 3, 0, DecisionConstants.Default));
        Assert.False(Reducibility.IsReducible(columns, 3, [0, 1, 2, 3, 4], 2, 0, DecisionConstants.Default));
    }

    [Fact]
    public void The_true_partition_has_more_evidence_than_any_neighbour()
    {
        for (int t = 0; t < 20; t++)
        {
            SyntheticConfiguration made = Made.From(
                "simplex-5 + pentagon + antipode + dedicated",
                new SyntheticOptions
                {
                    Sigma = 0.03,
                    Hidden = 10,
                    Seed = 46,
                },
                t
            );
            LearnedColumns columns = Learned(made);
            int[][] truth =
            [
                .. made.Summand.Select((s, i) => (s, i)).GroupBy(p => p.s).OrderBy(g => g.Key).Select(g => g.Select(p => p.i).ToArray()),
            ];
            double best = Evidence(columns, truth, [5, 2, 1, 1]);
            // Merge each pair; take each feature out of its block into another one.
            for (int s = 0; s < 4; s++)
            {
                for (int u = 0; u < 4; u++)
                {
                    if (s == u)
                        continue;
                    int[] dims = [5, 2, 1, 1];
                    if (s < u)
                    {
                        int[][] merged = [.. truth.Where((_, b) => b != s && b != u), [.. truth[s].Concat(truth[u]).Order()]];
                        Assert.True(Evidence(columns, merged, [.. dims.Where((_, b) => b != s && b != u), dims[s] + dims[u]]) < best);
                    }
                    if (truth[s].Length == 1)
                        continue;
                    int[][] moved =
                    [
                        .. truth.Select(
                            (block, b) =>
                                b == s ? block[1..]
                                : b == u ? [.. block.Append(truth[s][0]).Order()]
                                : block
                        ),
                    ];
                    if (moved[s].Length >= dims[s])
                        Assert.True(Evidence(columns, moved, dims) < best);
                }
            }
        }
    }

    [Fact]
    public void Planes_among_the_candidates_are_the_splitting_planes_among_all()
    {
        for (int t = 0; t < 10; t++)
        {
            LearnedColumns columns = Learned(
                Made.From(
                    "icosahedron + 3x3-duoprism + pentagon + antipode",
                    new SyntheticOptions
                    {
                        Sigma = 0.005,
                        Hidden = 10,
                        Seed = 47,
                    },
                    t
                )
            );
            const double epsilon = 0.06;
            var graph = new PlaneCandidates(columns, DecisionConstants.Default);
            graph.At(epsilon);
            int[] candidates = [.. graph.Components.Where(c => c.Fits(3, epsilon)).SelectMany(c => c.Features).Order()];
            Assert.Equal(12 + 5 + 2, candidates.Length);
            double[] x = [.. candidates.SelectMany(c => columns.Column(c).ToArray())];
            var options = new HoughOptions { Epsilon = epsilon };
            var some = HoughTransform
                .Planes(x, 10, candidates.Length, options)
                .Select(p => string.Join(' ', p.Features.Select(f => candidates[f])));
            var all = HoughTransform
                .Planes(columns.Unit, 10, columns.Count, options)
                .Where(p => p.Features.All(f => candidates.Contains(f)))
                .Select(p => string.Join(' ', p.Features));
            Assert.Equal(all.Distinct().Order(StringComparer.Ordinal), some.Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_defect_is_the_cosine_of_the_smallest_principal_angle()
    {
        // Two planes in R^4 with principal angles 90° and 60°.
        double[] columns = [1, 0, 0, 0, 0, 1, 0, 0, 0.5, 0, Math.Sqrt(0.75), 0, 0, 0, 0, 1];
        Block[] blocks = [Plane(columns, 0, 1), Plane(columns, 2, 3)];
        Assert.Equal(0.5, new Partition(blocks, default, 0).OrthogonalityDefect(), 12);
        Assert.True(double.IsNaN(new Partition([blocks[0]], default, 0).OrthogonalityDefect()));
    }

    private static Block Plane(double[] columns, int a, int b) => new([a, b], PrincipalAxes.Of(columns, 4, [a, b]), -1, 2);

    private static double Evidence(LearnedColumns columns, int[][] partition, int[] dims)
    {
        Block[] blocks = [.. partition.Select((p, i) => new Block(p, PrincipalAxes.Of(columns.Unit, columns.Hidden, p), -1, dims[i]))];
        var score = new PartitionScore(columns.Hidden, DecisionConstants.Default);
        ScoreTerms terms = score.Terms(blocks);
        return score.Evidence(terms.Constraints, terms.Rss, terms.Price) + blocks.Sum(new BlockShapes(columns).Evidence);
    }

    private static LearnedColumns Learned(SyntheticConfiguration made) =>
        LearnedColumns.Of(made.Configuration, [.. Enumerable.Range(0, made.Configuration.Features)]);

    private static LearnedColumns Columns(GaussianSource random, int n, int m)
    {
        double[] columns = new double[n * m];
        random.Normal(columns);
        return LearnedColumns.Of(new FeatureConfiguration(m, n, columns), [.. Enumerable.Range(0, n)]);
    }

    private static double[] RowSpace(double[] columns, int n, int m, int rank, out double[] a, out double[] leverage)
    {
        PrincipalAxes axes = PrincipalAxes.Of(columns, m, [.. Enumerable.Range(0, n)]);
        double[] z = new double[n * rank],
            r = new double[n * n];
        (a, leverage) = (new double[n], new double[n]);
        EdgeStrength.RowSpace(columns, m, [], axes, rank, z, a, leverage);
        for (int e = 0; e < r.Length; e++)
            r[e] = TensorPrimitives.Dot<double>(z.AsSpan(e / n * rank, rank), z.AsSpan(e % n * rank, rank));
        return r;
    }
}
