namespace Geometry.Grassmannian;

/// <summary>
/// The k-subsets of {0, …, n−1} in lexicographic order, and their ranks in that order by the combinatorial number system.
/// </summary>
/// <remarks>
/// rank(c_0 &lt; … &lt; c_{k−1}) = C(n,k) − 1 − Σ_i C(n−1−c_i, k−i), a bijection onto 0 … C(n,k)−1. Memory layout: a subset is k strictly
/// ascending ints. Degenerate cases: k = 0 has the single empty subset of rank 0; k &gt; n has none. Source: Knuth, <i>The Art of Computer
/// Programming</i> 4A, §7.2.1.3. Complexity: O(k) to step, O(k²) to rank, O(k(k + log n)) to unrank.
/// </remarks>
public static class KSubsets
{
    /// <summary>C(n,k) in integers; 0 for k &lt; 0 or k &gt; n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    /// <exception cref="OverflowException">The value exceeds 2⁶³−1.</exception>
    public static long Binomial(int n, int k)
    {
        if (n < 0)
            throw new ArgumentOutOfRangeException(nameof(n), n, "expected n ≥ 0");
        if (k < 0 || k > n)
            return 0;
        k = Math.Min(k, n - k);
        UInt128 value = 1;
        for (int i = 1; i <= k; i++)
        {
            // value = C(n−k+i, i) grows with i, so the first excess decides.
            value = value * (UInt128)(n - k + i) / (UInt128)i;
            if (value > long.MaxValue)
                throw new OverflowException($"C({n},{k}) exceeds {long.MaxValue}");
        }
        return (long)value;
    }

    /// <summary>Writes the first subset 0, 1, …, k−1.</summary>
    /// <param name="subset">Receives the subset; its length is k.</param>
    public static void First(Span<int> subset)
    {
        for (int i = 0; i < subset.Length; i++)
            subset[i] = i;
    }

    /// <summary>Steps to the next subset in lexicographic order; false (subset unchanged) after the last.</summary>
    /// <param name="subset">k ascending indices in [0, n).</param>
    /// <param name="n">Size of the ground set.</param>
    public static bool Next(Span<int> subset, int n)
    {
        int k = subset.Length,
            i = k - 1;
        while (i >= 0 && subset[i] == n - k + i)
            i--;
        if (i < 0)
            return false;
        int next = subset[i] + 1;
        for (; i < k; i++)
            subset[i] = next++;
        return true;
    }

    /// <summary>The lexicographic rank of a subset, 0-based.</summary>
    /// <param name="subset">k strictly ascending indices in [0, n).</param>
    /// <param name="n">Size of the ground set.</param>
    /// <exception cref="ArgumentException">The indices are not strictly ascending in [0, n).</exception>
    /// <exception cref="OverflowException">C(n,k) exceeds 2⁶³−1.</exception>
    public static long Rank(ReadOnlySpan<int> subset, int n)
    {
        long rank = Binomial(n, subset.Length) - 1;
        int previous = -1;
        for (int i = 0; i < subset.Length; i++)
        {
            if (subset[i] <= previous || subset[i] >= n)
                throw new ArgumentException(
                    $"expected strictly ascending indices below {n}, found {subset[i]} at place {i} after {previous}",
                    nameof(subset)
                );
            previous = subset[i];
            rank -= Binomial(n - 1 - subset[i], subset.Length - i);
        }
        return rank;
    }

    /// <summary>Writes the subset of a given rank; the inverse of <see cref="Rank"/>.</summary>
    /// <param name="rank">In [0, C(n,k)).</param>
    /// <param name="n">Size of the ground set.</param>
    /// <param name="subset">Receives the subset; its length is k.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is outside its range.</exception>
    public static void Unrank(long rank, int n, Span<int> subset)
    {
        int k = subset.Length;
        long total = Binomial(n, k);
        if (rank < 0 || rank >= total)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"expected 0 ≤ rank < {total}");
        long rest = total - 1 - rank;
        int above = n - 1;
        for (int i = 0; i < k; i++)
        {
            // The largest c with C(c, k−i) ≤ rest, found by bisection; c_i = n−1−c.
            int low = k - i - 1,
                high = above;
            while (low < high)
            {
                int middle = low + ((high - low + 1) / 2);
                if (Binomial(middle, k - i) <= rest)
                    low = middle;
                else
                    high = middle - 1;
            }
            subset[i] = n - 1 - low;
            rest -= Binomial(low, k - i);
            above = low - 1;
        }
    }
}
