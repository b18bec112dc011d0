namespace Geometry.Grassmannian.Planes;

/// <summary>
/// The pairs of features that are close enough for the plane through one of them, if well conditioned, to hold the other.
/// </summary>
/// <remarks>
/// <para>Let j lie within ε of the plane of S, y = X_Sᵀx_j. Then 1 − ε² ≤ yᵀG_S⁻¹y ≤ ‖y‖²/λ_min(G_S), so that some s ∈ S has (x_s·x_j)² ≥
/// λ_min(G_S)·(1−ε²)/k. And λ_min(G_S) ≥ 1 − √(2(k−1)/k · q), where q is the sum of the squared cosines inside S. Call S <i>light</i> when
/// that bound is at least λ: a light subset has a feature in its plane only through a <i>strong</i> pair, (x_s·x_j)² ≥ λ(1−ε²)/k. Where
/// features are nearly orthogonal, as many in high dimension are, almost all subsets are light and few pairs strong:
/// <see cref="PairFilter"/> then needs (strong pairs)·C(n,k−1) steps where the full scan needs n·C(n,k).</para>
/// <para>λ is chosen by estimated cost; the clusters do not depend on it. Source of the bound: Wolkowicz and Styan 1980,
/// doi:10.1016/0024-3795(80)90258-X. Complexity: O(n²).</para>
/// </remarks>
internal sealed class StrongPairs
{
    // Values of λ that are compared, and subsets that are sampled to estimate the cost of each.
    private const int Grid = 20,
        Samples = 2048;

    /// <summary>Number of multiply-adds of a full scan below which choosing λ costs more than it saves.</summary>
    private const double WorthChoosing = 2e7;

    private readonly int[] _starts,
        _partners;

    private StrongPairs(double lightLimit, int[] starts, int[] partners) =>
        (LightLimit, _starts, _partners) = (lightLimit, starts, partners);

    /// <summary>A subset is light when its squared cosines sum to no more than this; negative when no subset is light.</summary>
    internal double LightLimit { get; }

    /// <summary>The strong partners of a feature, ascending.</summary>
    internal ReadOnlySpan<int> Of(int feature) => _partners.AsSpan(_starts[feature].._starts[feature + 1]);

    /// <summary>No pairs, for a search in which no subset counts as light.</summary>
    internal static StrongPairs None(int n) => new(-1, new int[n + 1], []);

    /// <summary>The pairs for the λ with the least estimated cost.</summary>
    internal static StrongPairs Choose(PlaneProblem problem)
    {
        int n = problem.N,
            k = problem.K;
        double scan = 2.0 * n * problem.Subsets,
            least = scan,
            best = 0;
        // From ε = 1 on every pair is strong.
        if (scan < WorthChoosing || !(Threshold(1, problem) > 0))
            return None(n);
        double prefixes = KSubsets.Binomial(n - 1, k - 1),
            setUp = (double)n * n * n * (k > 2 ? KSubsets.Binomial(n, k - 3) : 0);
        double[] sums = SampledSquares(problem);
        long[] strong = StrongCounts(problem);
        for (int step = 1; step < Grid; step++)
        {
            double lambda = (double)step / Grid,
                limit = LimitFor(lambda, k);
            double heavy = sums.Count(q => q > limit) / (double)sums.Length;
            // A step of the pair filter, a multiply-add and two products, takes about as long as 2.5 multiply-adds of the scan.
            double cost = (heavy * scan) + (2.5 * strong[step] * prefixes) + setUp;
            if (cost < least)
                (least, best) = (cost, lambda);
        }
        return best > 0 ? At(problem, best) : None(n);
    }

    /// <summary>The pairs for a given λ in (0, 1).</summary>
    internal static StrongPairs At(PlaneProblem problem, double lambda)
    {
        int n = problem.N;
        double least = Threshold(lambda, problem);
        int[] starts = new int[n + 1];
        var partners = new List<int>();
        for (int s = 0; s < n; s++)
        {
            ReadOnlySpan<double> row = problem.Gram.AsSpan(s * problem.Stride, n);
            for (int j = 0; j < n; j++)
            {
                if (j != s && row[j] * row[j] >= least)
                    partners.Add(j);
            }
            starts[s + 1] = partners.Count;
        }
        return new StrongPairs(LimitFor(lambda, problem.K), starts, [.. partners]);
    }

    // Both limits leave room for rounding: slightly more pairs are strong, and slightly fewer subsets light.
    private static double Threshold(double lambda, PlaneProblem problem) => (lambda * (1 - problem.FlatSquared) / problem.K) - 1e-12;

    private static double LimitFor(double lambda, int k) => k == 1 ? 1 : ((1 - lambda) * (1 - lambda) * k / (2.0 * (k - 1))) - 1e-12;

    /// <summary>The sum of the squared cosines inside each of many evenly spaced subsets.</summary>
    private static double[] SampledSquares(PlaneProblem problem)
    {
        double[] sums = new double[Samples];
        Span<int> subset = stackalloc int[problem.K];
        for (int i = 0; i < Samples; i++)
        {
            problem.Unrank((long)((Int128)problem.Subsets * ((2 * i) + 1) / (2 * Samples)), subset);
            for (int a = 1; a < subset.Length; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    double cos = problem.Gram[(subset[a] * problem.Stride) + subset[b]];
                    sums[i] += cos * cos;
                }
            }
        }
        return sums;
    }

    /// <summary>The number of ordered pairs that are strong at each λ of the grid.</summary>
    private static long[] StrongCounts(PlaneProblem problem)
    {
        long[] counts = new long[Grid];
        double perStep = Threshold(1, problem) / Grid;
        for (int s = 1; s < problem.N; s++)
        {
            foreach (double cos in problem.Gram.AsSpan(s * problem.Stride, s))
                counts[Math.Min(Grid - 1, (int)(cos * cos / perStep))] += 2;
        }
        for (int step = Grid - 2; step >= 0; step--)
            counts[step] += counts[step + 1];
        return counts;
    }
}
