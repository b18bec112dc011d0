using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Geometry.Clustering;

namespace Geometry.Grassmannian.Planes;

/// <summary>
/// Finds the surviving light subsets through their strong pairs: for every strong (s, j), which S ∋ s hold j in their plane?
/// </summary>
/// <remarks>
/// Feature s is eliminated first, then the others of S in ascending order. After all but the last, c, feature j has the residual r_j, c has
/// d_c, their inner product is y, and j is in the flat when y² ≥ (r_j − ε²)·d_c: a multiply-add and two products for eight c. A subset may
/// be found through several pairs. Memory: (k−2)·n² doubles per thread. Complexity: (ordered strong pairs)·C(n,k−1). The argument is in
/// <see cref="StrongPairs"/>.
/// </remarks>
internal sealed class PairFilter
{
    private readonly PlaneProblem _problem;
    private readonly StrongPairs _pairs;
    private readonly SubsetIndex _survivors;
    private readonly int[] _subset,
        _sorted;
    private readonly double[] _small;

    /// <summary>
    /// For each level, with i features taken: the Schur complement, its diagonal (NaN for features taken) and the pivot row of the last
    /// step.
    /// </summary>
    private readonly double[][] _matrices,
        _diagonals,
        _pivots;

    /// <summary>The rows of the partners of s before the last two steps.</summary>
    private double[] _partnerRows = [];

    private PairFilter(PlaneProblem problem, StrongPairs pairs, SubsetIndex survivors)
    {
        (_problem, _pairs, _survivors) = (problem, pairs, survivors);
        int k = problem.K,
            stride = problem.Stride;
        (_subset, _sorted, _small) = (new int[k], new int[k], new double[k * k]);
        _matrices = new double[Math.Max(1, k - 2)][];
        (_diagonals, _pivots) = (new double[k][], new double[k][]);
        _matrices[0] = problem.Gram;
        for (int level = 1; level < _matrices.Length; level++)
            _matrices[level] = new double[problem.N * stride];
        for (int level = 0; level < k; level++)
        {
            (_diagonals[level], _pivots[level]) = (new double[stride], new double[stride]);
            // The padding counts as taken: every comparison with NaN is false.
            _diagonals[level].AsSpan().Fill(double.NaN);
        }
        _diagonals[0].AsSpan(0, problem.N).Fill(1);
    }

    /// <summary>Adds the survivors that a strong pair reveals, which include all light ones.</summary>
    internal static void Run(PlaneProblem problem, StrongPairs pairs, SubsetIndex survivors, int threads) =>
        Workers.For(problem.N, 1, threads, () => new PairFilter(problem, pairs, survivors), static (s, filter) => filter.Lead(s));

    private void Lead(int s)
    {
        ReadOnlySpan<int> partners = _pairs.Of(s);
        if (partners.Length == 0)
            return;
        int k = _problem.K,
            stride = _problem.Stride;
        if (_partnerRows.Length < partners.Length * stride)
            _partnerRows = new double[partners.Length * stride];
        _subset[0] = s;
        if (k == 1)
        {
            // Nothing is eliminated: y = cos, r = d = 1.
            double excess = 1 - _problem.FlatSquared;
            foreach (int j in partners)
            {
                double cos = _problem.Gram[(s * stride) + j];
                if (cos * cos >= excess)
                    Keep();
            }
            return;
        }
        SchurStep.Pivot(_problem.Gram.AsSpan(s * stride, stride), 1, _diagonals[0], _pivots[1], _diagonals[1]);
        _diagonals[1][s] = double.NaN;
        if (k == 2)
        {
            PartnerRows(0);
            Scan(1, 0);
        }
        else
        {
            Extend(1, 0);
        }
    }

    /// <summary>
    /// Takes every feature from <paramref name="from"/> on as element <paramref name="level"/> of the subset, s being element 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Extend(int level, int from)
    {
        int k = _problem.K,
            stride = _problem.Stride;
        double[] matrix = _matrices[level - 1],
            pivot = _pivots[level],
            diagonal = _diagonals[level],
            reduced = _diagonals[level + 1];
        if (level == k - 2)
            PartnerRows(level);
        else
            Complement(level, from);
        for (int b = from; b < _problem.N; b++)
        {
            // The comparison is false for NaN, that is for features taken.
            if (!(diagonal[b] >= _problem.PivotFloor))
                continue;
            _subset[level] = b;
            SchurStep.PivotAfter(
                matrix.AsSpan(b * stride, stride),
                pivot[b],
                pivot,
                1 / Math.Sqrt(diagonal[b]),
                diagonal,
                _pivots[level + 1],
                reduced
            );
            reduced[b] = double.NaN;
            if (level == k - 2)
                Scan(level + 1, b + 1);
            else
                Extend(level + 1, b + 1);
        }
    }

    /// <summary>Computes the matrix of this level: the rows that may still be taken, and those of the partners of s.</summary>
    private void Complement(int level, int from)
    {
        int stride = _problem.Stride;
        double[] before = _matrices[level - 1],
            now = _matrices[level],
            pivot = _pivots[level];
        foreach (int j in _pairs.Of(_subset[0]))
        {
            if (j < from)
                SchurStep.Reduce(before.AsSpan(j * stride, stride), pivot[j], pivot, now.AsSpan(j * stride, stride));
        }
        for (int c = from; c < _problem.N; c++)
            SchurStep.Reduce(before.AsSpan(c * stride, stride), pivot[c], pivot, now.AsSpan(c * stride, stride));
    }

    private void PartnerRows(int level)
    {
        int stride = _problem.Stride,
            at = 0;
        foreach (int j in _pairs.Of(_subset[0]))
        {
            Span<double> target = _partnerRows.AsSpan(at++ * stride, stride);
            if (level == 0)
                _problem.Gram.AsSpan(j * stride, stride).CopyTo(target);
            else
                SchurStep.Reduce(_matrices[level - 1].AsSpan(j * stride, stride), _pivots[level][j], _pivots[level], target);
        }
    }

    /// <summary>Completes the subset by every c ≥ from, for every strong partner of s that is not in the subset.</summary>
    private void Scan(int level, int from)
    {
        double[] diagonal = _diagonals[level],
            pivot = _pivots[level];
        int stride = _problem.Stride,
            at = 0;
        foreach (int j in _pairs.Of(_subset[0]))
        {
            ReadOnlySpan<double> row = _partnerRows.AsSpan(at++ * stride, stride);
            if (!double.IsNaN(diagonal[j]))
                Scan(row, pivot, pivot[j], diagonal[j] - _problem.FlatSquared, diagonal, level, from, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(
        ReadOnlySpan<double> row,
        double[] pivot,
        double hj,
        double excess,
        double[] diagonal,
        int level,
        int from,
        int partner
    )
    {
        ref double r = ref MemoryMarshal.GetReference(row),
            h = ref MemoryMarshal.GetArrayDataReference(pivot),
            d = ref MemoryMarshal.GetArrayDataReference(diagonal);
        Vector512<double> vh = Vector512.Create(-hj),
            ve = Vector512.Create(excess);
        for (int c = from & ~7; c < row.Length; c += 8)
        {
            Vector512<double> y = Vector512.FusedMultiplyAdd(
                vh,
                Vector512.LoadUnsafe(ref h, (nuint)c),
                Vector512.LoadUnsafe(ref r, (nuint)c)
            );
            ulong hits = Vector512.GreaterThanOrEqual(y * y, ve * Vector512.LoadUnsafe(ref d, (nuint)c)).ExtractMostSignificantBits();
            for (; hits != 0; hits &= hits - 1)
            {
                int last = c + BitOperations.TrailingZeroCount(hits);
                if (last < from || last == partner || !(diagonal[last] >= _problem.PivotFloor))
                    continue;
                _subset[level] = last;
                Keep();
            }
        }
    }

    private void Keep()
    {
        _subset.CopyTo(_sorted, 0);
        // Only s is out of order.
        for (int i = 1; i < _sorted.Length && _sorted[i] < _sorted[i - 1]; i++)
            (_sorted[i - 1], _sorted[i]) = (_sorted[i], _sorted[i - 1]);
        long rank = _problem.Rank(_sorted);
        if (!_survivors.Contains(rank) && _problem.IsInformative(_sorted, _small))
            _survivors.Add(rank);
    }
}
