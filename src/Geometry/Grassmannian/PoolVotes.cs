using Geometry.Grassmannian.Planes;

namespace Geometry.Grassmannian;

/// <summary>
/// Finds the k-subsets of one pool of features whose plane holds a further feature of the pool, and all features in these planes. A
/// workspace for one thread.
/// </summary>
/// <remarks>
/// Memory: k·n doubles, and that of the filters for g features. Complexity: that of the filters, plus k²·n/2 per subset found; where the
/// plane of a subset is already known, k comparisons per known plane.
/// </remarks>
internal sealed class PoolVotes(PlaneProblem problem, int size, IReadOnlyList<FoundPlane> known, int leastFeatures)
{
    private readonly double[] _rows = new double[problem.K * problem.Stride],
        _rest = new double[problem.Stride];
    private readonly double[] _columns = new double[size * problem.M],
        _gram = new double[size * size];

    /// <summary>The pool, ascending.</summary>
    internal int[] Features { get; } = new int[size];

    /// <summary>
    /// Proposals, each a first subset with the features in its plane, in lexicographic order; and the number of votes for each of the known
    /// planes, in their order.
    /// </summary>
    internal (List<(int[] Subset, FoundPlane Flat)> Proposals, long[] Votes) Run()
    {
        int m = problem.M,
            k = problem.K;
        for (int i = 0; i < size; i++)
        {
            problem.Columns.AsSpan(Features[i] * m, m).CopyTo(_columns.AsSpan(i * m));
            for (int j = 0; j < size; j++)
                _gram[(i * size) + j] = problem.Gram[(Features[i] * problem.Stride) + Features[j]];
        }
        PlaneProblem inPool = problem.For(_columns, _gram, size);
        ushort[] survivors = PlaneDbscan.Survivors(inPool, StrongPairs.Choose(inPool), 1).List(size, k);

        long[] votes = new long[known.Count];
        var proposals = new List<(int[], FoundPlane Flat)>();
        int[] subset = new int[k];
        for (int at = 0; at < survivors.Length; at += k)
        {
            for (int i = 0; i < k; i++)
                subset[i] = Features[survivors[at + i]];
            int plane = 0;
            while (plane < votes.Length && !known[plane].Holds(subset))
                plane++;
            if (plane < votes.Length)
            {
                votes[plane]++;
                continue;
            }
            // A subset inside a plane that this pool has proposed already is a vote for it.
            int proposal = proposals.FindIndex(p => p.Flat.Holds(subset));
            if (proposal >= 0)
            {
                proposals[proposal].Flat.Votes++;
                continue;
            }
            int[] flat = Flat(subset);
            if (flat.Length >= leastFeatures)
                proposals.Add(([.. subset], new FoundPlane(flat, [], 0, problem.N) { Votes = 1 }));
        }
        return (proposals, votes);
    }

    /// <summary>The features with squared residual ≤ ε², by Gram–Schmidt on rows of the Gram matrix.</summary>
    private int[] Flat(ReadOnlySpan<int> subset)
    {
        int stride = problem.Stride;
        _rest.AsSpan().Fill(1);
        for (int i = 0; i < subset.Length; i++)
        {
            Span<double> h = _rows.AsSpan(i * stride, stride);
            problem.Gram.AsSpan(subset[i] * stride, stride).CopyTo(h);
            for (int l = 0; l < i; l++)
            {
                ReadOnlySpan<double> before = _rows.AsSpan(l * stride, stride);
                SchurStep.Reduce(h, before[subset[i]], before, h);
            }
            SchurStep.Pivot(h, 1 / Math.Sqrt(_rest[subset[i]]), _rest, h, _rest);
        }
        var flat = new List<int>();
        for (int j = 0; j < problem.N; j++)
        {
            if (_rest[j] <= problem.FlatSquared)
                flat.Add(j);
        }
        return [.. flat];
    }
}
