using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Clustering;

/// <summary>
/// Walks all k-subsets S and keeps those that are informative and whose plane holds another feature, flat(S) ≠ S.
/// </summary>
/// <remarks>
/// <para>One step of Gram–Schmidt turns G into the Schur complement G' = G − h hᵀ, h = G_b/√G_bb; after the features of S are eliminated its
/// diagonal holds the squared residuals ‖(I−P_S)x_j‖². Subsets share the elimination of their first k−2 features (one matrix a level);
/// the last two are fused: for prefix b and last feature c the residual of j is d_j − (G_cj − h_c h_j)²/d_c, three
/// multiply-adds a feature, eight features an instruction, nothing stored.</para>
/// <para>Memory: (k−2)·n² doubles a thread. Complexity: C(n,k)·n multiply-adds × 3.</para>
/// </remarks>
internal sealed class FlatFilter
{
    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _survivors;
    private readonly int[] _subset;
    private readonly double[] _small;
    private readonly double[][] _matrices, _diagonals;
    private readonly double[] _row;

    private FlatFilter(PlaneProblem problem, SubsetIndex survivors)
    {
        (_problem, _survivors) = (problem, survivors);
        int k = problem.K, stride = problem.Stride;
        _subset = new int[k];
        _small = new double[k * k];
        _row = new double[stride];
        _matrices = new double[Math.Max(1, k - 1)][];
        _diagonals = new double[k][];
        _matrices[0] = problem.Gram;
        for (int level = 1; level < _matrices.Length; level++) _matrices[level] = new double[problem.N * stride];
        for (int level = 0; level < k; level++)
        {
            _diagonals[level] = new double[stride];
            // Padding: an infinite residual is in no flat.
            _diagonals[level].AsSpan().Fill(double.PositiveInfinity);
        }
        _diagonals[0].AsSpan(0, problem.N).Fill(1);
    }

    /// <summary>The surviving subsets.</summary>
    internal static SubsetIndex Run(PlaneProblem problem, int threads)
    {
        var survivors = new SubsetIndex(problem.Subsets);
        int leaders = problem.N - problem.K + 1;
        if (problem.Subsets * problem.N < 200_000) threads = 1;
        Workers.For(leaders, 1, threads, () => new FlatFilter(problem, survivors), static (first, filter) => filter.Lead(first));
        survivors.Freeze();
        return survivors;
    }

    private void Lead(int first)
    {
        long rank = _problem.Subsets - 1;
        if (_problem.K == 1) Last(0, first, rank);
        else Eliminate(0, first, rank);
    }

    /// <summary>Takes feature b as element <paramref name="level"/> of the subset, eliminates it, and goes on to the next element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eliminate(int level, int b, long rank)
    {
        double[] diagonal = _diagonals[level];
        if (!(diagonal[b] >= _problem.PivotFloor)) return;
        _subset[level] = b;
        rank -= _problem.RankTerm(b, level);
        int stride = _problem.Stride, k = _problem.K, end = _problem.N - k + level + 2;

        Span<double> h = level == k - 2 ? _row : _matrices[level + 1].AsSpan(b * stride, stride);
        double scale = 1 / Math.Sqrt(diagonal[b]);
        ReadOnlySpan<double> pivotRow = _matrices[level].AsSpan(b * stride, stride);
        double[] reduced = _diagonals[level + 1];
        for (int j = 0; j < stride; j++)
        {
            h[j] = pivotRow[j] * scale;
            reduced[j] = diagonal[j] - (h[j] * h[j]);
        }
        if (level == k - 2)
        {
            for (int c = b + 1; c < end; c++) Last(level + 1, c, rank);
            return;
        }
        for (int c = b + 1; c < _problem.N; c++)
        {
            Span<double> target = _matrices[level + 1].AsSpan(c * stride, stride);
            _matrices[level].AsSpan(c * stride, stride).CopyTo(target);
            LinearAlgebra.Vectors.Axpy(-h[c], h, target);
        }
        for (int c = b + 1; c < end; c++) Eliminate(level + 1, c, rank);
    }

    /// <summary>Takes c as the last feature; keeps the subset when its flat holds more than k features and it is informative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Last(int level, int c, long rank)
    {
        double[] diagonal = _diagonals[level];
        if (!(diagonal[c] >= _problem.PivotFloor)) return;
        int stride = _problem.Stride;
        ReadOnlySpan<double> row = _matrices[Math.Max(0, level - 1)].AsSpan(c * stride, stride);
        int inFlat = level == 0
            ? Count(row, _row, diagonal, 0, 1 / diagonal[c], _problem.FlatSquared)
            : Count(row, _row, diagonal, _row[c], 1 / diagonal[c], _problem.FlatSquared);
        Debug.Assert(inFlat >= _problem.K);
        if (inFlat <= _problem.K) return;
        _subset[level] = c;
        if (_problem.IsInformative(_subset, _small)) _survivors.Add(rank - _problem.RankTerm(c, level));
    }

    /// <summary>How many j have diagonal_j − (row_j − hc·h_j)²·inverse ≤ limit. All spans have one length, a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Count(ReadOnlySpan<double> row, ReadOnlySpan<double> h, ReadOnlySpan<double> diagonal, double hc, double inverse, double limit)
    {
        ref double r = ref MemoryMarshal.GetReference(row), s = ref MemoryMarshal.GetReference(h), d = ref MemoryMarshal.GetReference(diagonal);
        Vector512<double> vh = Vector512.Create(-hc), vi = Vector512.Create(-inverse), bound = Vector512.Create(limit);
        Vector512<long> hits = Vector512<long>.Zero;
        for (nuint j = 0; j < (nuint)row.Length; j += 8)
        {
            Vector512<double> u = Vector512.FusedMultiplyAdd(vh, Vector512.LoadUnsafe(ref s, j), Vector512.LoadUnsafe(ref r, j));
            Vector512<double> residual = Vector512.FusedMultiplyAdd(u * u, vi, Vector512.LoadUnsafe(ref d, j));
            hits -= Vector512.LessThanOrEqual(residual, bound).AsInt64();
        }
        return (int)Vector512.Sum(hits);
    }
}
