using Geometry.Clustering;

namespace Geometry.Grassmannian.Planes;

/// <summary>The clusters of the planes through k-subsets of features.</summary>
/// <param name="K">Dimension of the planes.</param>
/// <param name="Subsets">The subsets that may be in a cluster, lexicographic, k ascending features each; every other subset is noise or
/// uninformative.</param>
/// <param name="Labels">Cluster of each listed subset, −1 for noise; numbered by first core subset in lexicographic order.</param>
/// <param name="Core">Whether each listed subset is core.</param>
/// <param name="Clusters">Number of clusters.</param>
public sealed record PlaneClustering(int K, ushort[] Subsets, int[] Labels, bool[] Core, int Clusters);

/// <summary>
/// DBSCAN, exact, of the k-planes through all k-subsets of n unit vectors under the chordal distance, without embedding the planes.
/// </summary>
/// <remarks>
/// <para>The points are the <i>informative</i> subsets, σ_k(X_S) ≥ the given minimum (a nearly dependent subset says nothing about a plane:
/// its projector moves by ‖δX‖/σ_k). Their labels equal those of <see cref="Dbscan"/> on the embedded projectors of the informative subsets
/// in lexicographic order with radius √2·ε.</para>
/// <para>If d(S,T) ≤ ε then each t ∈ T has ‖(I−P_S)x_t‖ ≤ ‖P_T−P_S‖₂ ≤ ε, so neighbours of S are k-subsets of flat(S) = {j : ‖(I−P_S)x_j‖ ≤
/// ε}, and S is noise (minPts ≥ 2) when flat(S) = S. <see cref="FlatFilter"/> and <see cref="PairFilter"/> find the other subsets, the
/// survivors; <see cref="PlaneMerge"/> clusters them. Distances are computed from Gram entries; those too close to ε for that form are
/// decided from orthonormal bases. ε is inclusive with a relative allowance of 5e−13, and so is σ_k, so that exact ties of symmetric
/// configurations are decided alike in every rotation.</para>
/// <para>Memory layout: columns feature-major (x_i at <c>[i·m, (i+1)·m)</c>), Gram matrix row-major n×n. Degenerate cases: k &gt; n gives
/// no subsets; equal columns make uninformative pairs. Source: Ester, Kriegel, Sander and Xu, KDD 1996 for DBSCAN. Complexity: at most
/// 2·C(n,k)·n multiply-adds, about (strong pairs)·C(n,k−1) where features are nearly orthogonal (<see cref="StrongPairs"/>), plus
/// O(|flat|·k²) per survivor until minPts neighbours are found, plus C(|flat|,k) per survivor outside the largest component; memory 1.5
/// bits per subset, 2k+18 bytes per survivor, (2k−3)·n² doubles per thread (k ≥ 2).</para>
/// </remarks>
public static class PlaneDbscan
{
    /// <summary>Smallest bound on σ_k that is allowed: with a smaller one, rounding leaves the Gram form nothing to decide.</summary>
    public const double LeastSingularValue = 1e-3;

    /// <summary>Clusters the planes through the k-subsets.</summary>
    /// <param name="unitColumns">n unit vectors of R^m, feature-major.</param>
    /// <param name="gram">G = XᵀX, n×n row-major.</param>
    /// <param name="m">Dimension of the space, ≥ 1.</param>
    /// <param name="n">Number of features, 0 ≤ n ≤ 65535.</param>
    /// <param name="k">Dimension of the planes, 1 ≤ k ≤ m.</param>
    /// <param name="epsilon">Radius in chordal distance, dimensionless, inclusive, in (0, √k).</param>
    /// <param name="minPoints">Subsets within ε, itself included, that make a core subset; ≥ 2.</param>
    /// <param name="minSingularValue">Smallest σ_k of an informative subset, in [0.001, 1].</param>
    /// <param name="threads">Threads to use; 0 for all processors. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A size or parameter is out of range, or C(n,k) &gt; 2³¹−1.</exception>
    public static PlaneClustering Cluster(
        ReadOnlySpan<double> unitColumns,
        ReadOnlySpan<double> gram,
        int m,
        int n,
        int k,
        double epsilon,
        int minPoints,
        double minSingularValue,
        int threads = 0
    )
    {
        if (m < 1 || n is < 0 or > ushort.MaxValue || k < 1 || k > m)
            throw new ArgumentException($"expected 1 ≤ k ≤ m and 0 ≤ n ≤ 65535, found k = {k}, m = {m}, n = {n}");
        if (unitColumns.Length != (long)m * n)
            throw new ArgumentException($"expected {(long)m * n} entries, found {unitColumns.Length}", nameof(unitColumns));
        if (gram.Length != (long)n * n)
            throw new ArgumentException($"expected {(long)n * n} entries, found {gram.Length}", nameof(gram));
        CheckOptions(epsilon, k, minPoints, minSingularValue, threads);
        if (k > n)
            return new PlaneClustering(k, [], [], [], 0);
        long subsets = KSubsets.Binomial(n, k);
        if (subsets > int.MaxValue)
            throw new ArgumentException($"C({n},{k}) = {subsets} subsets exceed {int.MaxValue}", nameof(k));

        return Cluster(new PlaneProblem(unitColumns, gram, m, n, k, epsilon, minSingularValue), minPoints, threads, long.MaxValue)!;
    }

    /// <summary>
    /// The same for a problem whose options have been checked; null when more subsets survive than <paramref name="mostSurvivors"/>.
    /// </summary>
    internal static PlaneClustering? Cluster(PlaneProblem problem, int minPoints, int threads, long mostSurvivors)
    {
        CheckUnit(problem.Columns, problem.M, problem.N);
        threads = threads == 0 ? Environment.ProcessorCount : threads;
        SubsetIndex index = Survivors(problem, StrongPairs.Choose(problem), threads);
        if (index.Count > mostSurvivors)
            return null;
        ushort[] survivors = index.List(problem.N, problem.K);
        var merge = new PlaneMerge(problem, index, survivors, threads);
        int[] labels = merge.Run(minPoints, out int clusters);
        return new PlaneClustering(problem.K, survivors, labels, merge.Core, clusters);
    }

    /// <summary>
    /// The informative subsets whose plane holds another feature: light ones are found through strong pairs, the others by a full scan.
    /// </summary>
    internal static SubsetIndex Survivors(PlaneProblem problem, StrongPairs pairs, int threads)
    {
        var survivors = new SubsetIndex(problem.Subsets);
        if (problem.Subsets * problem.N < 200_000)
            threads = 1;
        FlatFilter.Run(problem, pairs.LightLimit, survivors, threads);
        if (pairs.LightLimit >= 0)
            PairFilter.Run(problem, pairs, survivors, threads);
        survivors.Freeze();
        return survivors;
    }

    /// <summary>Throws when an option is out of its range.</summary>
    internal static void CheckOptions(double epsilon, int k, int minPoints, double minSingularValue, int threads)
    {
        if (!(epsilon > 0) || epsilon >= Math.Sqrt(k))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"expected 0 < ε < √{k}");
        if (minPoints < 2)
            throw new ArgumentOutOfRangeException(nameof(minPoints), minPoints, "expected minPts ≥ 2");
        if (!(minSingularValue is >= LeastSingularValue and <= 1))
            throw new ArgumentOutOfRangeException(nameof(minSingularValue), minSingularValue, $"expected {LeastSingularValue} ≤ σ ≤ 1");
        if (threads < 0)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "expected threads ≥ 0");
    }

    /// <summary>Throws when a column is not a unit vector.</summary>
    internal static void CheckUnit(ReadOnlySpan<double> columns, int m, int n)
    {
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> x = columns.Slice(i * m, m);
            double square = LinearAlgebra.Vectors.Dot(x, x);
            if (!(Math.Abs(square - 1) <= 1e-12))
                throw new ArgumentException($"column {i} has ‖x‖² − 1 = {square - 1:g3}; expected unit columns to 1e-12", nameof(columns));
        }
    }
}
