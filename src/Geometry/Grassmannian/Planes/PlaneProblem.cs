using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian.Planes;

/// <summary>What every step of the plane DBSCAN shares: columns, padded Gram matrix, and thresholds with their safety margins.</summary>
/// <remarks>
/// Memory layout: columns feature-major n×m; Gram rows padded to a multiple of eight columns, zeros in the padding. The margins bound the
/// rounding of the Gram form: with blocks of smallest singular value τ, squared residuals have an error below 64·2⁻⁵³·k/τ² and squared
/// distances one below 64·2⁻⁵³·k²/τ⁴. Whatever is decided within that of a threshold is decided again from the columns.
/// </remarks>
internal sealed class PlaneProblem
{
    private const double Unit = 1.1102230246251565e-16; // 2^-53

    /// <summary>Relative allowance in ε² and τ²: mathematical ties count as inside, however the configuration is rotated.</summary>
    internal const double TieAllowance = 1e-12;

    private readonly double _epsilon,
        _minSingularValue;

    internal PlaneProblem(
        ReadOnlySpan<double> columns,
        ReadOnlySpan<double> gram,
        int m,
        int n,
        int k,
        double epsilon,
        double minSingularValue
    )
    {
        (M, N, K, _epsilon, _minSingularValue) = (m, n, k, epsilon, minSingularValue);
        Stride = (n + 7) & ~7;
        Columns = columns.ToArray();
        Gram = new double[n * Stride];
        for (int i = 0; i < n; i++)
            gram.Slice(i * n, n).CopyTo(Gram.AsSpan(i * Stride));
        EpsilonSquared = epsilon * epsilon * (1 + TieAllowance);
        TauSquared = minSingularValue * minSingularValue * (1 - TieAllowance);
        // 1e-9 is far above the rounding of a pivot.
        PivotFloor = TauSquared * (1 - 1e-9);
        SureVolume = TauSquared * (1 + 1e-9) * Elementary.Pow(k / (k - 1.0), k - 1);
        FlatSquared = EpsilonSquared + (64 * Unit * k / TauSquared);
        Doubt = 64 * Unit * k * k / (TauSquared * TauSquared);
    }

    /// <summary>The same problem for other columns of R^m.</summary>
    internal PlaneProblem For(ReadOnlySpan<double> columns, ReadOnlySpan<double> gram, int n) =>
        new(columns, gram, M, n, K, _epsilon, _minSingularValue);

    internal int M { get; }

    internal int N { get; }

    internal int K { get; }

    internal int Stride { get; }

    internal double[] Columns { get; }

    internal double[] Gram { get; }

    /// <summary>ε² with the tie allowance.</summary>
    internal double EpsilonSquared { get; }

    /// <summary>A subset is informative when σ_k² is at least this.</summary>
    internal double TauSquared { get; }

    /// <summary>A Gram–Schmidt pivot below this proves every superset of its prefix uninformative.</summary>
    internal double PivotFloor { get; }

    /// <summary>
    /// A subset whose det G_S is at least this is informative, without further computation: the other eigenvalues sum to at most k, so that
    /// their product is at most (k/(k−1))^(k−1), and λ_min ≥ det G_S · ((k−1)/k)^(k−1).
    /// </summary>
    internal double SureVolume { get; }

    /// <summary>A feature is in flat(S) when its squared residual is at most this: ε² with a margin, so that nothing is missed.</summary>
    internal double FlatSquared { get; }

    /// <summary>Half-width of the band around ε² inside which the Gram form does not decide.</summary>
    internal double Doubt { get; }

    /// <summary>C(N, K); must not be used where it exceeds 2⁶³−1.</summary>
    internal long Subsets => Binomials[(N * (K + 1)) + K];

    private long[] Binomials => field ??= PascalsTriangle();

    /// <summary>What element c at position i of a subset subtracts from the subset's lexicographic rank C(n,k) − 1 − Σ.</summary>
    internal long RankTerm(int c, int place) => Binomials[((N - 1 - c) * (K + 1)) + K - place];

    /// <summary>Writes the subset of a lexicographic rank; O(n) look-ups in Pascal's triangle.</summary>
    internal void Unrank(long rank, Span<int> subset)
    {
        long rest = Subsets - 1 - rank;
        for (int i = 0, c = 0; i < K; i++, c++)
        {
            while (RankTerm(c, i) > rest)
                c++;
            subset[i] = c;
            rest -= RankTerm(c, i);
        }
    }

    /// <summary>The lexicographic rank of a subset.</summary>
    internal long Rank(ReadOnlySpan<int> subset)
    {
        long rank = Subsets - 1;
        for (int i = 0; i < subset.Length; i++)
            rank -= RankTerm(subset[i], i);
        return rank;
    }

    /// <summary>
    /// Whether σ_k(S)² ≥ τ², tested as positive definiteness of G_S − τ²·1 (ties count as inside because of the tie allowance).
    /// </summary>
    internal bool IsInformative(ReadOnlySpan<int> subset, Span<double> work)
    {
        int k = subset.Length;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < i; j++)
                work[(i * k) + j] = Gram[(subset[i] * Stride) + subset[j]];
            work[(i * k) + i] = 1 - TauSquared;
        }
        return SmallCholesky.Factor(work, k);
    }

    private long[] PascalsTriangle()
    {
        long[] table = new long[(N + 1) * (K + 1)];
        for (int a = 0; a <= N; a++)
        {
            for (int b = 0; b <= Math.Min(a, K); b++)
                table[(a * (K + 1)) + b] = KSubsets.Binomial(a, b);
        }
        return table;
    }
}
