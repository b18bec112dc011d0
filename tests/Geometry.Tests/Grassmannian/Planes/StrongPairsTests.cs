using Geometry.Grassmannian;
using Geometry.Grassmannian.Planes;
using Xunit;
using static Geometry.Tests.Grassmannian.Planes.PlaneConfigurations;

namespace Geometry.Tests.Grassmannian.Planes;

/// <summary>Compares the survivors of the filters with those of the definition, for any λ of the strong pairs.</summary>
public class StrongPairsTests
{
    [Theory]
    [InlineData(1, 3, 60, 0.05)]
    [InlineData(2, 5, 40, 0.1)]
    [InlineData(3, 10, 40, 0.2)]
    [InlineData(3, 4, 24, 0.05)]
    [InlineData(4, 12, 24, 0.25)]
    [InlineData(5, 9, 16, 0.2)]
    public void EveryShareOfLightSubsetsLeavesTheSameSurvivors(int k, int m, int n, double epsilon)
    {
        // Random directions, near twins of some of them, and noisy planes that hold many.
        var random = new Random(k);
        double[][] directions = [.. Directions(random, m, n - 10)];
        IEnumerable<double[]> twins = directions.Take(3).Select(x => x.Select(v => (0.02 * Gaussian(random)) - v).ToArray());
        double[] x = Finish(directions.Concat(twins).Concat(Polygon(m, 0, 7)), random, 0.01, rotate: true);
        PlaneProblem problem = Problem(x, m, k, epsilon);
        long[] expected = ByDefinition(problem);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Ranks(problem, StrongPairs.None(problem.N)));
        foreach (double lambda in new[] { 0.05, 0.3, 0.5, 0.8, 0.95 })
            Assert.Equal(expected, Ranks(problem, StrongPairs.At(problem, lambda)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SubsetsThatTieWithTheRadiusSurvive(int k)
    {
        // Lattice vectors: squared residuals are small rationals, and ε² one of them.
        foreach (double squared in new[] { 1.0 / 3, 0.5, 2.0 / 3, 0.75 })
        {
            double[] x = Finish(Lattice(4, 2), new Random(k), 0, rotate: true);
            PlaneProblem problem = Problem(x, 4, k, Math.Sqrt(squared));
            long[] expected = Ranks(problem, StrongPairs.None(problem.N));
            Assert.NotEmpty(expected);
            foreach (double lambda in new[] { 0.2, 0.5 })
                Assert.Equal(expected, Ranks(problem, StrongPairs.At(problem, lambda)));
        }
    }

    [Fact]
    public void NearlyOrthogonalFeaturesAreAlmostAllLight()
    {
        double[] x = Finish(Directions(new Random(1), 40, 200), new Random(1), 0, rotate: false);
        PlaneProblem problem = Problem(x, 40, 3, 0.1);
        StrongPairs pairs = StrongPairs.Choose(problem);
        Assert.True(pairs.LightLimit > 0.1);
        Assert.InRange(Enumerable.Range(0, 200).Sum(i => pairs.Of(i).Length), 1, 4000);
        for (int s = 0; s < 200; s++)
        {
            foreach (int j in pairs.Of(s))
                Assert.True(pairs.Of(j).Contains(s));
        }
    }

    [Theory]
    [InlineData(1, 4000, 1 - 1e-13)]
    [InlineData(2, 300, 1)]
    [InlineData(2, 300, 1.2)]
    [InlineData(3, 90, 1.5)]
    public void WhereEveryPairIsStrongNoSubsetIsLight(int k, int n, double epsilon)
    {
        double[] x = Finish(Directions(new Random(k), 6, n), new Random(k), 0, rotate: false);
        double[] gram = new double[n * n];
        var problem = new PlaneProblem(x, gram, 6, n, k, epsilon, 0.2);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                problem.Gram[(i * problem.Stride) + j] = Geometry.LinearAlgebra.Vectors.Dot(x.AsSpan(i * 6, 6), x.AsSpan(j * 6, 6));
        }
        Assert.True(StrongPairs.Choose(problem).LightLimit < 0);
    }

    private static PlaneProblem Problem(double[] x, int m, int k, double epsilon) => new(x, Gram(x, m), m, x.Length / m, k, epsilon, 0.2);

    private static long[] Ranks(PlaneProblem problem, StrongPairs pairs)
    {
        ushort[] list = PlaneDbscan.Survivors(problem, pairs, 2).List(problem.N, problem.K);
        return [.. list.Chunk(problem.K).Select(s => KSubsets.Rank([.. s.Select(f => (int)f)], problem.N))];
    }

    /// <summary>σ_k(X_S) ≥ τ and a feature outside S within ε of span(S), from orthonormal bases.</summary>
    private static long[] ByDefinition(PlaneProblem problem)
    {
        int k = problem.K,
            m = problem.M;
        var ranks = new List<long>();
        int[] subset = new int[k];
        double[] columns = new double[k * m],
            basis = new double[k * m],
            residual = new double[m];
        KSubsets.First(subset);
        do
        {
            for (int i = 0; i < k; i++)
                problem.Columns.AsSpan(subset[i] * m, m).CopyTo(columns.AsSpan(i * m));
            double sigma = ColumnReduction.Orthonormal(columns, m, k, basis).SmallestSingularValue;
            if (sigma * sigma < problem.TauSquared)
                continue;
            bool holds = Enumerable
                .Range(0, problem.N)
                .Except(subset)
                .Any(j =>
                    Math.Pow(ChordalDistance.Residual(basis, problem.Columns.AsSpan(j * m, m), m, k, residual), 2) <= problem.EpsilonSquared
                );
            if (holds)
                ranks.Add(KSubsets.Rank(subset, problem.N));
        } while (KSubsets.Next(subset, problem.N));
        return [.. ranks];
    }
}
