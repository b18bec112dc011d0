using System.Runtime.CompilerServices;
using Geometry.Clustering;

namespace Geometry.Grassmannian.Planes;

/// <summary>
/// Visits all k-subsets S except the light ones, and keeps those that are informative and whose plane holds another feature, flat(S) ≠ S.
/// </summary>
/// <remarks>
/// <para>One step of Gram–Schmidt turns G into the Schur complement G' = G − h hᵀ, h = G_b/√G_bb; after the features of S are eliminated,
/// its diagonal holds the squared residuals d_j = ‖(I−P_S)x_j‖². Subsets share the elimination of their first k−1 features. With u_j =
/// G'_cj − h_c h_j, the last feature c leaves j the residual d_j − u_j²/d_c, so that j is in the flat when |u_j| ≥ √d_c · √(d_j − ε²): two
/// multiply-adds per feature (<see cref="FlatScan"/>), and nothing is stored. Light subsets are left to <see cref="PairFilter"/>.</para>
/// <para>The diagonal of the matrices is lowered by ε²: then c itself misses the test by ε²/2, and no lane has to be masked. Memory:
/// (k−1)·n² doubles per thread. Complexity: C(n,k)·n multiply-adds × 2.</para>
/// </remarks>
internal sealed class FlatFilter
{
    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _survivors;
    private readonly double _lightLimit;
    private readonly int[] _subset,
        _last;
    private readonly double[] _small;
    private readonly double[][] _matrices,
        _diagonals,
        _squares;
    private readonly double[] _row,
        _roots;

    /// <summary>det G_P of the prefixes P, by length.</summary>
    private readonly double[] _volumes;

    private FlatFilter(PlaneProblem problem, double lightLimit, SubsetIndex survivors)
    {
        (_problem, _lightLimit, _survivors) = (problem, lightLimit, survivors);
        int k = problem.K,
            n = problem.N,
            stride = problem.Stride;
        (_subset, _last, _small) = (new int[k], new int[n], new double[k * k]);
        (_row, _roots, _volumes) = (new double[stride], new double[stride], new double[k]);
        _volumes[0] = 1;
        _matrices = new double[Math.Max(1, k - 1)][];
        (_diagonals, _squares) = (new double[k][], new double[k][]);
        for (int level = 0; level < _matrices.Length; level++)
            _matrices[level] = new double[n * stride];
        for (int level = 0; level < k; level++)
        {
            (_diagonals[level], _squares[level]) = (new double[stride], new double[stride]);
            // The padding has an infinite residual and is in no flat.
            _diagonals[level].AsSpan().Fill(double.PositiveInfinity);
        }
        problem.Gram.CopyTo(_matrices[0], 0);
        for (int i = 0; i < n; i++)
            _matrices[0][(i * stride) + i] = 1 - problem.FlatSquared;
        _diagonals[0].AsSpan(0, n).Fill(1);
    }

    /// <summary>Adds the survivors among the subsets whose squared cosines sum to more than the limit.</summary>
    internal static void Run(PlaneProblem problem, double lightLimit, SubsetIndex survivors, int threads)
    {
        Workers.For(
            problem.N - problem.K + 1,
            1,
            threads,
            () => new FlatFilter(problem, lightLimit, survivors),
            static (first, filter) => filter.Lead(first)
        );
    }

    private void Lead(int first)
    {
        long rank = _problem.Subsets - 1;
        if (_problem.K > 1)
        {
            Eliminate(0, first, rank, 0);
            return;
        }
        _last[0] = first;
        Roots(0);
        Scan(0, 1, rank);
    }

    /// <summary>
    /// Takes feature b as element <paramref name="level"/> of the subset, eliminates it, and continues with the next element.
    /// </summary>
    /// <param name="level">Number of features taken before b.</param>
    /// <param name="b">The feature.</param>
    /// <param name="rank">C(n,k) − 1 less the rank terms of the features before b.</param>
    /// <param name="squares">Sum of the squared cosines between the features before b.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eliminate(int level, int b, long rank, double squares)
    {
        double[] diagonal = _diagonals[level];
        if (!(diagonal[b] >= _problem.PivotFloor))
            return;
        _subset[level] = b;
        _volumes[level + 1] = _volumes[level] * diagonal[b];
        rank -= _problem.RankTerm(b, level);
        squares += _squares[level][b];
        int stride = _problem.Stride,
            k = _problem.K,
            n = _problem.N,
            end = n - k + level + 2;

        double[] sums = _squares[level + 1];
        SchurStep.AddSquares(_problem.Gram.AsSpan(b * stride, stride), _squares[level], sums);
        int heavy = level == k - 2 ? Heavy(b + 1, end, sums, squares) : 0;
        if (level == k - 2 && heavy == 0)
            return;

        Span<double> h = level == k - 2 ? _row : _matrices[level + 1].AsSpan(b * stride, stride);
        SchurStep.Pivot(_matrices[level].AsSpan(b * stride, stride), 1 / Math.Sqrt(diagonal[b]), diagonal, h, _diagonals[level + 1]);
        if (level == k - 2)
        {
            Roots(level + 1);
            Scan(level + 1, heavy, rank);
            return;
        }
        for (int c = b + 1; c < n; c++)
            SchurStep.Reduce(_matrices[level].AsSpan(c * stride, stride), h[c], h, _matrices[level + 1].AsSpan(c * stride, stride));
        for (int c = b + 1; c < end; c++)
            Eliminate(level + 1, c, rank, squares);
    }

    /// <summary>Lists the features from <paramref name="from"/> on that complete a subset which is not light.</summary>
    private int Heavy(int from, int end, double[] sums, double squares)
    {
        int count = 0;
        double limit = _lightLimit - squares;
        for (int c = from; c < end; c++)
        {
            _last[count] = c;
            count += sums[c] > limit ? 1 : 0;
        }
        return count;
    }

    /// <summary>√(d_j − ε²) of every feature; infinite for those of the prefix, which are in every flat and must not count.</summary>
    private void Roots(int level)
    {
        SchurStep.Roots(_diagonals[level], _problem.FlatSquared, _roots);
        for (int i = 0; i < level; i++)
            _roots[_subset[i]] = double.PositiveInfinity;
    }

    /// <summary>Takes each of the first <paramref name="count"/> listed features as the last of the subset, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(int level, int count, long rank)
    {
        double[] diagonal = _diagonals[level],
            matrix = _matrices[Math.Max(0, level - 1)];
        double floor = _problem.PivotFloor;
        int live = 0;
        for (int i = 0; i < count; i++)
        {
            int c = _last[i];
            _last[live] = c;
            live += diagonal[c] >= floor ? 1 : 0;
        }
        int stride = _problem.Stride,
            at = 0;
        ReadOnlySpan<int> last = _last.AsSpan(0, live);
        for (; at + 4 <= live; at += 4)
        {
            int hits = FlatScan.Four(matrix, last.Slice(at, 4), stride, _row, diagonal, _roots);
            for (int i = 0; hits != 0; i++, hits >>= 1)
            {
                if ((hits & 1) != 0)
                    Confirm(level, last[at + i], rank);
            }
        }
        for (; at < live; at++)
        {
            if (FlatScan.One(matrix.AsSpan(last[at] * stride, stride), _row, _row[last[at]], Math.Sqrt(diagonal[last[at]]), _roots))
                Confirm(level, last[at], rank);
        }
    }

    /// <summary>Keeps the subset when its flat holds a feature beside its own, and it is informative.</summary>
    private void Confirm(int level, int c, long rank)
    {
        int stride = _problem.Stride;
        ReadOnlySpan<double> row = _matrices[Math.Max(0, level - 1)].AsSpan(c * stride, stride);
        if (!FlatScan.AnyBut(c, row, _row, _row[c], Math.Sqrt(_diagonals[level][c]), _roots))
            return;
        _subset[level] = c;
        if (_volumes[level] * _diagonals[level][c] >= _problem.SureVolume || _problem.IsInformative(_subset, _small))
            _survivors.Add(rank - _problem.RankTerm(c, level));
    }
}
