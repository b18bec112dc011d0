using Geometry.Clustering;
using Geometry.Grassmannian.Planes;
using Geometry.LinearAlgebra;
using Geometry.RandomNumbers;

namespace Geometry.Grassmannian;

/// <summary>
/// Finds the k-planes that hold at least c features from the k-subsets of random pools of features, in dimensions with too many subsets to
/// enumerate.
/// </summary>
/// <remarks>
/// <para>Pools are drawn as <see cref="SamplingPlan"/> says. A subset whose plane holds another feature of its pool, and enough of all
/// features within ε (<see cref="SamplingPlan.Proposes"/>), proposes these features. The plane is then fitted to them by least squares (the
/// top-k eigenspace of Σ x_j x_jᵀ), and its features are taken anew, until they stay the same. Noise can leave fewer than c features,
/// because the plane of k noisy features is off by more than the features are. Then the fit is tried once more, starting with features out
/// to <see cref="Widest"/>·ε. Planes that still end with fewer than c features are remembered, so that they are fitted only once. A subset
/// inside a plane that has been found is a vote for it. Pools come in batches, and the results of a batch are processed in the order of its
/// pools, so that the result depends on the seed and not on threads.</para>
/// <para>Degenerate cases: where so many features crowd together that there is no end to proposals (<see cref="MostProposals"/>), the
/// search gives up. Source: random sample consensus, Fischler and Bolles 1981, doi:10.1145/358669.358692. Complexity: that of
/// <see cref="PlaneDbscan"/> on g features per pool, and k²·n/2 per subset that it finds.</para>
/// </remarks>
internal sealed class SampledPlanes
{
    /// <summary>The largest number of proposals to which planes are fitted.</summary>
    internal const int MostProposals = 2000;

    // Pools of a batch, and fits until a plane's features stay the same or the proposal is dropped.
    private const int Batch = 16,
        MostFits = 10;

    /// <summary>Eigenvalues of Σ x_j x_jᵀ up to this are rounding, and add nothing to the rank.</summary>
    private const double LeastSquare = 1e-9;

    /// <summary>How far the second try reaches at first, in units of ε, and by how much less after each fit.</summary>
    private const double Widest = 1.5,
        Narrowing = 0.25;

    private readonly PlaneProblem _problem;
    private readonly int _leastFeatures;
    private readonly double _epsilon;
    private readonly List<FoundPlane> _planes = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _proposals;

    private SampledPlanes(PlaneProblem problem, int leastFeatures, double epsilon) =>
        (_problem, _leastFeatures, _epsilon) = (problem, leastFeatures, epsilon);

    /// <summary>Searches the pools of a plan; null when it gives up.</summary>
    internal static HoughPlane[]? Find(PlaneProblem problem, SamplingPlan plan, HoughOptions options)
    {
        var search = new SampledPlanes(problem, options.SampleFeatures, options.Epsilon);
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        for (long first = 0; first < plan.Pools; first += Batch)
        {
            int pools = (int)Math.Min(Batch, plan.Pools - first);
            if (!search.Run(plan, options.Seed, first, pools, threads))
                return null;
        }
        return
        [
            .. search
                ._planes.Where(p => p.Features.Length >= options.SampleFeatures)
                .Select(p => new HoughPlane(plan.K, p.Features, p.Votes, p.Features, p.Basis, p.Residual)),
        ];
    }

    private bool Run(SamplingPlan plan, int seed, long first, int pools, int threads)
    {
        var proposals = new List<(int[] Subset, FoundPlane Flat)>[pools];
        long[][] votes = new long[pools][];
        FoundPlane[] known = [.. _planes];
        Workers.For(
            pools,
            1,
            threads,
            () => new PoolVotes(_problem, plan.PoolSize, known, SamplingPlan.Proposes(plan.K, _leastFeatures)),
            (i, pool) =>
            {
                Draw(new GaussianSource(seed, first + i), plan.N, pool.Features);
                (proposals[i], votes[i]) = pool.Run();
            }
        );
        for (int i = 0; i < pools; i++)
        {
            for (int p = 0; p < known.Length; p++)
                known[p].Votes += votes[i][p];
            foreach ((int[] subset, FoundPlane flat) in proposals[i])
            {
                if (_planes.Find(p => p.Holds(subset)) is { } plane)
                    plane.Votes += flat.Votes;
                else if (++_proposals > MostProposals)
                    return false;
                else
                    Propose(flat.Features, flat.Votes);
            }
        }
        return true;
    }

    /// <summary>Draws a uniform g-subset of 0 … n−1, ascending (Floyd's algorithm).</summary>
    private static void Draw(GaussianSource random, int n, int[] pool)
    {
        int g = pool.Length;
        for (int i = 0; i < g; i++)
        {
            int top = n - g + i,
                drawn = random.Below(top + 1);
            pool[i] = Array.IndexOf(pool, drawn, 0, i) < 0 ? drawn : top;
        }
        Array.Sort(pool);
    }

    private void Propose(int[] features, long votes)
    {
        FoundPlane? plane = Settle(features, 1);
        if (
            (plane is null || plane.Features.Length < _leastFeatures)
            && Settle(features, Widest) is { } wider
            && wider.Features.Length >= _leastFeatures
        )
            plane = wider;
        if (plane is null || !_known.Add(string.Join(' ', plane.Features)))
            return;
        plane.Votes = votes;
        _planes.Add(plane);
    }

    /// <summary>
    /// Fits a plane to features and takes the features within reach·ε of it, until these stay the same; the reach falls to 1.
    /// </summary>
    private FoundPlane? Settle(int[] features, double reach)
    {
        for (int fit = 0; fit < MostFits && features.Length > _problem.K; fit++)
        {
            double[]? basis = Fit(features);
            if (basis is null)
                return null;
            (int[] near, double residual) = Near(basis, reach * _epsilon);
            if (reach == 1 && near.AsSpan().SequenceEqual(features))
                return new FoundPlane(features, basis, residual, _problem.N);
            features = near;
            reach = Math.Max(1, reach - Narrowing);
        }
        return null;
    }

    /// <summary>The top-k eigenspace of Σ x_j x_jᵀ over some features; null below rank k.</summary>
    private double[]? Fit(int[] features)
    {
        int k = _problem.K,
            m = _problem.M,
            count = features.Length,
            size = Math.Min(m, count);
        bool byFeature = count < m;
        double[] matrix = new double[size * size],
            values = new double[size],
            vectors = new double[size * size],
            basis = new double[k * m];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> x = _problem.Columns.AsSpan(features[i] * m, m);
            if (byFeature)
                for (int j = 0; j < count; j++)
                    matrix[(i * count) + j] = _problem.Gram[(features[i] * _problem.Stride) + features[j]];
            else
                for (int d = 0; d < m; d++)
                    Vectors.Axpy(x[d], x, matrix.AsSpan(d * m, m));
        }
        SymmetricEigen.Decompose(matrix, size, values, vectors);
        if (!(values[k - 1] > LeastSquare))
            return null;
        if (!byFeature)
            return vectors[..(k * m)];
        for (int a = 0; a < k; a++)
        {
            Span<double> axis = basis.AsSpan(a * m, m);
            for (int i = 0; i < count; i++)
                Vectors.Axpy(vectors[(a * count) + i] / Math.Sqrt(values[a]), _problem.Columns.AsSpan(features[i] * m, m), axis);
        }
        return basis;
    }

    private (int[] Features, double Residual) Near(double[] basis, double radius)
    {
        int m = _problem.M;
        double squares = 0;
        double[] work = new double[m];
        var near = new List<int>();
        for (int j = 0; j < _problem.N; j++)
        {
            double distance = ChordalDistance.Residual(basis, _problem.Columns.AsSpan(j * m, m), m, _problem.K, work);
            if (distance > radius)
                continue;
            near.Add(j);
            squares += distance * distance;
        }
        return ([.. near], Math.Sqrt(squares / Math.Max(1, near.Count)));
    }
}

/// <summary>A plane found by sampling, for which votes are still counted.</summary>
internal sealed class FoundPlane
{
    private readonly bool[] _holds;

    internal FoundPlane(int[] features, double[] basis, double residual, int n)
    {
        (Features, Basis, Residual, _holds) = (features, basis, residual, new bool[n]);
        foreach (int j in features)
            _holds[j] = true;
    }

    /// <summary>The features within ε, ascending.</summary>
    internal int[] Features { get; }

    /// <summary>Orthonormal basis, k×m, one vector per row.</summary>
    internal double[] Basis { get; }

    /// <summary>Root mean square distance of the features from the plane.</summary>
    internal double Residual { get; }

    /// <summary>Number of subsets of pools inside the plane so far.</summary>
    internal long Votes { get; set; }

    /// <summary>Whether every feature of the subset is in the plane.</summary>
    internal bool Holds(ReadOnlySpan<int> subset)
    {
        foreach (int j in subset)
        {
            if (!_holds[j])
                return false;
        }
        return true;
    }
}
