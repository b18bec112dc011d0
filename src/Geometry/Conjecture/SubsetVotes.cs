using Geometry.Clustering;
using Geometry.Grassmannian;

namespace Geometry.Conjecture;

/// <summary>Writes the k rows that represent the plane of the columns; false when the columns are dependent.</summary>
internal delegate bool PlaneRepresentative(Span<double> columns, int m, int k, Span<double> basis);

/// <summary>A cluster of k-subsets of n vectors, the votes for one plane.</summary>
/// <param name="Subsets">The subsets, k ascending features each.</param>
/// <param name="Features">Their union, ascending.</param>
internal sealed record VoteCluster(IReadOnlyList<int[]> Subsets, int[] Features)
{
    /// <summary>
    /// Whether the votes, as bases, belong to a connected matroid: two features are joined where one can replace the other in a vote, and
    /// all features must be connected. A pyramid fails because its apex is in every vote. A square fails because v and −v can replace each
    /// other, and w and −w can, but never a feature of one pair one of the other. O(N·k).
    /// </summary>
    /// <remarks>
    /// Oxley, Matroid Theory, 2nd ed., §4.1: components are the classes of "in a common circuit", and x, y are in one when B∪{x}, B∪{y} are
    /// both bases.
    /// </remarks>
    public bool IsIrreducible()
    {
        // Features are ascending: their positions are the elements.
        int[] parent = [.. Enumerable.Range(0, Features.Length)];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int[] subset in Subsets)
        {
            for (int i = 0; i < subset.Length; i++)
            {
                string rest = string.Join(' ', subset.Where((_, at) => at != i));
                int place = Array.BinarySearch(Features, subset[i]);
                if (!first.TryAdd(rest, place))
                    UnionFind.Union(parent, place, first[rest]);
            }
        }
        return Enumerable.Range(0, Features.Length).All(place => UnionFind.Root(parent, place) == UnionFind.Root(parent, 0));
    }
}

/// <summary>
/// Every k-subset of n vectors of R^m votes for a plane, and clusters of at least two votes are found, as in the pipeline of the
/// literature.
/// </summary>
/// <remarks>
/// Representatives A are embedded as A·Aᵀ under the Frobenius norm (<see cref="Projector"/>) and clustered by <see cref="Dbscan"/>;
/// dependent subsets have no k-plane and do not vote. O(C(n,k)·(k·m² + neighbours)) time, O(C(n,k)·m²) memory.
/// </remarks>
internal static class SubsetVotes
{
    /// <summary>Largest number of subsets for a dimension; a dimension with more gets no votes.</summary>
    public const int MostSubsets = 50_000;

    /// <summary>The clusters, in the order of their first vote.</summary>
    /// <param name="vectors">n vectors of R^m, row-major.</param>
    /// <param name="m">Dimension of the space.</param>
    /// <param name="n">Number of vectors.</param>
    /// <param name="k">Size of the subsets.</param>
    /// <param name="epsilon">Radius of the clustering, a Frobenius norm of differences of representatives.</param>
    /// <param name="representative">The representative of a plane.</param>
    public static IEnumerable<VoteCluster> Clusters(
        double[] vectors,
        int m,
        int n,
        int k,
        double epsilon,
        PlaneRepresentative representative
    )
    {
        if (k > n || k > m || TooMany(n, k))
            return [];
        int size = Projector.EmbeddingDimension(m);
        double[] columns = new double[k * m],
            basis = new double[k * m],
            matrix = new double[m * m];
        var subsets = new List<int[]>();
        var points = new List<double>();
        double[] point = new double[size];
        int[] subset = new int[k];
        KSubsets.First(subset);
        do
        {
            for (int i = 0; i < k; i++)
                vectors.AsSpan(subset[i] * m, m).CopyTo(columns.AsSpan(i * m));
            if (!representative(columns, m, k, basis))
                continue;
            Projector.Materialise(basis, m, k, matrix);
            Projector.Embed(matrix, m, point);
            subsets.Add([.. subset]);
            points.AddRange(point);
        } while (KSubsets.Next(subset, n));
        DbscanResult votes = Dbscan.Cluster(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(points),
            subsets.Count,
            size,
            epsilon,
            2,
            1
        );
        var members = new List<int[]>[votes.Clusters];
        for (int i = 0; i < subsets.Count; i++)
        {
            if (votes.Labels[i] >= 0)
                (members[votes.Labels[i]] ??= []).Add(subsets[i]);
        }
        return members.Select(c => new VoteCluster(c, [.. c.SelectMany(s => s).Distinct().Order()]));
    }

    private static bool TooMany(int n, int k)
    {
        double count = 1;
        for (int i = 0; i < k; i++)
            count *= (n - i) / (i + 1.0);
        return count > MostSubsets;
    }
}
