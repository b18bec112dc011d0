using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Geometry.Grassmannian;

/// <summary>How many random pools of features it takes to find the k-planes that hold at least c of n features.</summary>
/// <remarks>
/// <para>Scheme: draw a pool of g features uniformly without replacement, and find all k-subsets of it whose plane holds a further feature
/// of it, as the exact transform does. A plane with c features is found from a pool that holds k + 1 of them, if k of these are informative
/// (σ_k ≥ the bound of the transform) and span a plane that has the other one, and at least (c + k + 2)/2 of all features, within ε. Let H
/// be the hypergeometric number of its features in a pool, and q the probability of that among k + 1 of them; then N independent pools miss
/// the plane with probability at most (1 − q·P(H ≥ k+1))^N. N is the least number for which this is 1 % at q = ½;
/// <see cref="MissProbability"/> gives it for any c and q.</para>
/// <para>The bound holds where the fit that starts from those features ends with the plane: for exact planes, and for noisy ones whose
/// features are well within ε of it. Of 12 features of 300 in a 3-plane of R^12, ε = 0.1, all within ε of the plane fitted to them, the
/// whole plane was missed in none of 200 cases at σ = 0.015 per coordinate (root mean square distance 0.045), in 3 of 198 at σ = 0.02
/// (0.06) and in 50 of 167 at σ = 0.025 (0.075).</para>
/// <para>Where a pool holds all features (n ≤ 64, less for k ≥ 6) there is one pool, every subset is visited, and chance plays no part:
/// <see cref="HoughTransform"/> then enumerates, unless it finds more votes than it may keep.</para>
/// <para>The work, N·C(g,k)·g, hardly depends on g as long as a pool holds about one feature of the plane; larger pools share more
/// eliminations. Degenerate cases: for c ≤ k or c &gt; n there is nothing to find, and no pools. For k ≥ 6 pools are smaller than 64, so
/// that their subsets fit in memory.</para>
/// </remarks>
public sealed record SamplingPlan
{
    /// <summary>The accepted probability of missing a plane.</summary>
    public const double Miss = 0.01;

    /// <summary>The q that is assumed when the number of pools is chosen.</summary>
    public const double InformativeShare = 0.5;

    private const int LargestPool = 64;

    /// <summary>Largest number of k-subsets of a pool: 12 MB of bitmap per thread.</summary>
    private const double MostInPool = 1 << 26;

    /// <summary>Number of features.</summary>
    public required int N { get; init; }

    /// <summary>Dimension of the planes.</summary>
    public required int K { get; init; }

    /// <summary>g, the number of features of a pool.</summary>
    public required int PoolSize { get; init; }

    /// <summary>Number of pools; a double, as it can exceed any integer.</summary>
    public required double Pools { get; init; }

    /// <summary>Whether a pool holds every feature, so that one pool is enough and visits all subsets.</summary>
    public bool IsExhaustive => PoolSize == N;

    /// <summary>Number of subsets that the pools hold, repetitions included.</summary>
    public double Subsets => Pools * SpecialFunctions.Binomial(PoolSize, K);

    /// <summary>The plan for planes of dimension k that hold at least c of n features.</summary>
    /// <param name="n">Number of features, ≥ 0.</param>
    /// <param name="k">Dimension of the planes, ≥ 1.</param>
    /// <param name="c">The least number of features that a plane holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">n &lt; 0 or k &lt; 1.</exception>
    public static SamplingPlan For(int n, int k, int c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int pool = Math.Min(n, LargestPool);
        while (pool > k + 1 && SpecialFunctions.Binomial(pool, k) > MostInPool)
            pool--;
        var plan = new SamplingPlan
        {
            N = n,
            K = k,
            PoolSize = pool,
            Pools = 0,
        };
        if (c <= k || c > n || pool <= k)
            return plan;
        if (plan.IsExhaustive)
            return plan with { Pools = 1 };
        double found = InformativeShare * plan.HitProbability(c);
        return plan with { Pools = Math.Max(1, Math.Ceiling(Elementary.Log(Miss) / Elementary.LogP1(-found))) };
    }

    /// <summary>Bound on the probability that a plane with c features is missed, in [0, 1].</summary>
    /// <param name="c">Number of features in the plane.</param>
    /// <param name="informativeShare">q, in [0, 1].</param>
    public double MissProbability(int c, double informativeShare = InformativeShare)
    {
        if (!IsExhaustive)
            return Elementary.Exp(Pools * Elementary.LogP1(-informativeShare * HitProbability(c)));
        return informativeShare > 0 && HitProbability(c) > 0 ? 0 : 1;
    }

    /// <summary>
    /// The number of features that must lie in the plane of a subset for a fit to start: midway between k + 1, as in any coincidence, and
    /// c.
    /// </summary>
    internal static int Proposes(int k, int c) => (c + k + 2) / 2;

    /// <summary>P(H ≥ k+1), the probability that a pool holds at least k + 1 of the c features.</summary>
    public double HitProbability(int c)
    {
        if (c <= K || PoolSize <= K)
            return 0;
        double sum = 0;
        for (int i = K + 1; i <= Math.Min(c, PoolSize); i++)
            sum += Hypergeometric.PMF(N, Math.Min(c, N), PoolSize, i);
        return Math.Min(1, sum);
    }
}
