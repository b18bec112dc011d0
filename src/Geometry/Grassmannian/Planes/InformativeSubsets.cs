using System.Runtime.CompilerServices;
using Geometry.Clustering;

namespace Geometry.Grassmannian.Planes;

/// <summary>Counts the informative k-subsets, σ_k(X_S) ≥ τ, and finds which features are in one.</summary>
/// <remarks>
/// σ_k ≥ τ means that G_S − τ²·1 is positive semidefinite. Its Cholesky factor grows by one row per feature, and where a prefix has no
/// factor, no superset of it is informative. Complexity: O(k²) per subset that is reached; no allocation per subset.
/// </remarks>
internal sealed class InformativeSubsets
{
    private readonly PlaneProblem _problem;
    private readonly double[] _factor;
    private readonly int[] _subset;
    private readonly bool[] _voters;
    private long _count;

    private InformativeSubsets(PlaneProblem problem)
    {
        _problem = problem;
        _factor = new double[problem.K * problem.K];
        _subset = new int[problem.K];
        _voters = new bool[problem.N];
    }

    internal static (long Count, bool[] Voters) Run(PlaneProblem problem, int threads)
    {
        bool[] voters = new bool[problem.N];
        long count = 0;
        // What a workspace has counted for a leading feature is merged by sums and unions, whose order does not matter.
        Workers.For(
            problem.N - problem.K + 1,
            1,
            problem.Subsets < 50_000 ? 1 : threads,
            () => new InformativeSubsets(problem),
            (first, walker) =>
            {
                walker._count = 0;
                walker.Append(0, first);
                if (walker._count == 0)
                    return;
                Interlocked.Add(ref count, walker._count);
                lock (voters)
                {
                    for (int j = 0; j < voters.Length; j++)
                        voters[j] |= walker._voters[j];
                }
            }
        );
        return (count, voters);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Append(int level, int feature)
    {
        int k = _problem.K;
        _subset[level] = feature;
        double pivot = 1 - _problem.TauSquared;
        for (int j = 0; j < level; j++)
        {
            double sum = _problem.Gram[(feature * _problem.Stride) + _subset[j]];
            for (int l = 0; l < j; l++)
                sum -= _factor[(level * k) + l] * _factor[(j * k) + l];
            sum /= _factor[(j * k) + j];
            _factor[(level * k) + j] = sum;
            pivot -= sum * sum;
        }
        if (!(pivot > 0))
            return false;
        _factor[(level * k) + level] = Math.Sqrt(pivot);
        bool any = false;
        if (level == k - 1)
        {
            _count++;
            any = true;
        }
        else
        {
            for (int next = feature + 1; next <= _problem.N - k + level + 1; next++)
                any |= Append(level + 1, next);
        }
        _voters[feature] |= any;
        return any;
    }
}
