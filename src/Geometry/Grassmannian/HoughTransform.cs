using Geometry.Clustering;
using Geometry.Grassmannian.Planes;
using Geometry.LinearAlgebra;

namespace Geometry.Grassmannian;

/// <summary>
/// Every k-subset of n unit columns votes for the k-plane through it; clusters of votes are the planes that hold more than k features.
/// </summary>
/// <remarks>
/// <para>For k = 1 … K: planes_k ← DBSCAN of the projectors of all informative k-subsets (<see cref="PlaneDbscan"/>). The mean plane of a
/// cluster is the top-k eigenspace of Σ_S P_S = X (Σ_S G_S⁻¹) Xᵀ, the plane with the least sum of squared chordal distances to the votes;
/// the features of the plane are all that lie within ε of it.</para>
/// <para>Memory layout: feature-major, x_i at <c>[i·m, (i+1)·m)</c>. Degenerate cases: n &lt; 2 gives no planes; when k is the rank of the
/// columns there is only one k-plane, which is reported without clustering if at least minPts subsets are informative. A cluster whose mean
/// plane has no more than k features within ε is left out. A dimension with too many subsets is sampled on request
/// (<see cref="SampledPlanes"/>), otherwise left out, as its <see cref="HoughCoverage"/> says. Complexity: that of
/// <see cref="PlaneDbscan"/>, plus O(k²) per vote and O(m³) per cluster.</para>
/// </remarks>
public static class HoughTransform
{
    /// <summary>From this ε on, planes that coincide within the tolerance of the rank count as one plane.</summary>
    private const double CoincidenceLimit = 1e-6;

    /// <summary>
    /// Finds the planes of dimension 1 … K (or from <see cref="HoughOptions.MinPlaneDim"/> on) that hold more features than their
    /// dimension.
    /// </summary>
    /// <param name="unitColumns">n unit vectors of R^m, feature-major.</param>
    /// <param name="m">Dimension of the space, ≥ 1.</param>
    /// <param name="n">Number of features, ≥ 0.</param>
    /// <param name="options">Settings.</param>
    /// <returns>The planes, by dimension, then by their features in lexicographic order, then by first vote.</returns>
    /// <exception cref="ArgumentException">A size or an option is out of range, or a column is not a unit vector.</exception>
    public static IReadOnlyList<HoughPlane> Planes(ReadOnlySpan<double> unitColumns, int m, int n, HoughOptions options) =>
        Search(unitColumns, m, n, options).Planes;

    /// <summary>As <see cref="Planes"/>, and says how far each dimension was searched.</summary>
    /// <param name="unitColumns">n unit vectors of R^m, feature-major.</param>
    /// <param name="m">Dimension of the space, ≥ 1.</param>
    /// <param name="n">Number of features, ≥ 0.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">A size or an option is out of range, or a column is not a unit vector.</exception>
    public static HoughSearch Search(ReadOnlySpan<double> unitColumns, int m, int n, HoughOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (m < 1 || n < 0)
            throw new ArgumentException($"expected m ≥ 1 and n ≥ 0, found m = {m}, n = {n}");
        if (unitColumns.Length != (long)m * n)
            throw new ArgumentException($"expected {(long)m * n} entries, found {unitColumns.Length}", nameof(unitColumns));
        options.Check();
        if (n < 2)
            return new HoughSearch([], []);

        double[] columns = unitColumns.ToArray(),
            gram = Vectors.Gram(columns, m, n);
        double[] span = new double[columns.Length];
        int rank = ColumnReduction.Basis(columns, m, n, span);
        var planes = new List<HoughPlane>();
        var coverage = new List<HoughCoverage>();
        for (int k = options.MinPlaneDim; k <= Math.Min(options.MaxPlaneDim, Math.Min(rank, n - 1)); k++)
        {
            PlaneDbscan.CheckOptions(options.Epsilon, k, options.MinPoints, options.MinSingularValue, options.Threads);
            var problem = new PlaneProblem(columns, gram, m, n, k, options.Epsilon, options.MinSingularValue);
            HoughRoute route;
            double visited = 0;
            bool tooMany = TooMany(n, k, options.MaxSubsets);
            if (k == rank && !tooMany && options.Epsilon >= CoincidenceLimit)
            {
                route = HoughRoute.Span;
                if (WholeSpan(problem, span[..(k * m)], options) is { } plane)
                    planes.Add(plane);
            }
            else if (
                (!tooMany || IsOnePool(n, k, options))
                && PlaneDbscan.Cluster(problem, options.MinPoints, options.Threads, options.MaxVotes) is { } votes
            )
            {
                (route, visited) = (HoughRoute.Enumerated, problem.Subsets);
                planes.AddRange(Sorted(MeanPlanes(votes, columns, gram, m, n, options)));
            }
            else if (tooMany)
            {
                (route, visited) = Sample(problem, options, planes);
            }
            else
            {
                route = HoughRoute.LeftOut;
            }
            coverage.Add(new HoughCoverage(k, route, visited));
        }
        return new HoughSearch(planes, coverage);
    }

    /// <summary>Whether sampling would visit all subsets, so that they may as well be enumerated.</summary>
    private static bool IsOnePool(int n, int k, HoughOptions options) =>
        SamplingPlan.For(n, k, options.SampleFeatures) is { IsExhaustive: true, Pools: > 0 };

    private static (HoughRoute Route, double Visited) Sample(PlaneProblem problem, HoughOptions options, List<HoughPlane> planes)
    {
        SamplingPlan plan = SamplingPlan.For(problem.N, problem.K, options.SampleFeatures);
        if (options.SampleFeatures <= problem.K || plan.Subsets > options.MaxSampled)
            return (HoughRoute.LeftOut, 0);
        PlaneDbscan.CheckUnit(problem.Columns, problem.M, problem.N);
        HoughPlane[]? found = SampledPlanes.Find(problem, plan, options);
        if (found is null)
            return (HoughRoute.LeftOut, 0);
        planes.AddRange(Sorted(found));
        return (HoughRoute.Sampled, plan.Subsets);
    }

    /// <summary>The one k-plane when k is the rank: all planes coincide (to 1e−9), so that every vote is within ε of every other.</summary>
    private static HoughPlane? WholeSpan(PlaneProblem problem, double[] basis, HoughOptions options)
    {
        int m = problem.M,
            n = problem.N,
            k = problem.K;
        PlaneDbscan.CheckUnit(problem.Columns, m, n);
        (long votes, bool[] voters) = InformativeSubsets.Run(problem, options.Threads == 0 ? Environment.ProcessorCount : options.Threads);
        if (votes < options.MinPoints)
            return null;
        double squares = 0;
        double[] residual = new double[m];
        for (int j = 0; j < n; j++)
            squares += Elementary.Pow(ChordalDistance.Residual(basis, problem.Columns.AsSpan(j * m, m), m, k, residual), 2);
        return new HoughPlane(
            k,
            [.. Enumerable.Range(0, n)],
            votes,
            [.. Enumerable.Range(0, n).Where(j => voters[j])],
            basis,
            Math.Sqrt(squares / n)
        );
    }

    /// <summary>Whether C(n, k) is above a limit.</summary>
    internal static bool TooMany(int n, int k, long limit)
    {
        // An estimate first, because exact binomials overflow; 1.5 is more than its rounding can be off.
        double estimate = 1;
        for (int i = 0; i < k; i++)
            estimate *= (n - i) / (i + 1.0);
        return estimate > limit * 1.5 || KSubsets.Binomial(n, k) > limit;
    }

    private static HoughPlane[] MeanPlanes(PlaneClustering votes, double[] columns, double[] gram, int m, int n, HoughOptions options)
    {
        int[][] members = Members(votes);
        var planes = new HoughPlane[members.Length];
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        double[] transposed = new double[columns.Length];
        for (int j = 0; j < n; j++)
        {
            for (int d = 0; d < m; d++)
                transposed[(d * n) + j] = columns[(j * m) + d];
        }
        Workers.For(
            members.Length,
            16,
            threads,
            () => new MeanPlane(columns, transposed, gram, m, n, votes.K),
            (cluster, mean) => planes[cluster] = mean.Of(votes.Subsets, members[cluster], options.Epsilon)
        );
        return planes;
    }

    /// <summary>The indices of the subsets of each cluster, ascending.</summary>
    private static int[][] Members(PlaneClustering votes)
    {
        int[] sizes = new int[votes.Clusters];
        foreach (int label in votes.Labels)
        {
            if (label >= 0)
                sizes[label]++;
        }
        int[][] members = [.. sizes.Select(size => new int[size])];
        Array.Clear(sizes);
        for (int i = 0; i < votes.Labels.Length; i++)
        {
            int label = votes.Labels[i];
            if (label >= 0)
                members[label][sizes[label]++] = i;
        }
        return members;
    }

    private static IEnumerable<HoughPlane> Sorted(HoughPlane[] planes) =>
        planes
            .Where(plane => plane.Features.Length > plane.Dim)
            .OrderBy(plane => plane.Features, Comparer<int[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)));
}
