namespace Geometry.Clustering;

/// <summary>A density-based clustering.</summary>
/// <param name="Labels">Cluster of each point, 0 … Clusters−1, or −1 for noise.</param>
/// <param name="Core">Whether each point is a core point.</param>
/// <param name="Clusters">Number of clusters.</param>
public sealed record DbscanResult(int[] Labels, bool[] Core, int Clusters);

/// <summary>DBSCAN, exact, for points of R^D under the Euclidean distance.</summary>
/// <remarks>
/// <para>A point is <i>core</i> when at least minPts points, itself included, lie within ε (inclusive). Clusters are the connected
/// components of the core points under "within ε"; any other point within ε of a core point is a <i>border</i> point. Clusters are numbered
/// by their first core point in index order, and a border point belongs to the lowest-numbered cluster that reaches it: the labels of
/// scikit-learn's <c>DBSCAN(metric="euclidean")</c> on the same input.</para>
/// <para>A pair is compared as Σ_d (x_d−y_d)² ≤ ε·ε, summed over d in index order without fused operations, so that ties at ε are decided
/// alike on every machine. Boxes, and single-precision distances from tiles of a Gram matrix, only settle what is clear beyond their
/// rounding (<see cref="PointTree"/>, <see cref="LeafPairs"/>).</para>
/// <para>Memory layout: row-major N×D. Degenerate cases: N = 0 gives no labels; minPts = 1 makes every point core; duplicates count
/// separately. Source: Ester, Kriegel, Sander and Xu, KDD 1996. Complexity: a k-d tree whose subtrees are skipped once they are known to
/// lie in one cluster: near N log N in low D, at worst about N²D/32 vector operations; memory 24 bytes per coordinate, and no list of
/// neighbours.</para>
/// </remarks>
public static class Dbscan
{
    /// <summary>Clusters N points of R^D.</summary>
    /// <param name="points">N×D row-major, finite; not modified.</param>
    /// <param name="count">N ≥ 0.</param>
    /// <param name="dim">D ≥ 1.</param>
    /// <param name="epsilon">Radius of a neighbourhood, in the unit of the points, inclusive, &gt; 0.</param>
    /// <param name="minPoints">Points within ε, the point itself included, that make a core point; ≥ 1.</param>
    /// <param name="threads">Threads to use; 0 for all processors. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">A size or parameter is out of range, or a coordinate is not finite.</exception>
    public static DbscanResult Cluster(ReadOnlySpan<double> points, int count, int dim, double epsilon, int minPoints, int threads = 0)
    {
        if (count < 0 || dim < 1)
            throw new ArgumentException($"expected N ≥ 0 and D ≥ 1, found N = {count}, D = {dim}");
        if (points.Length != (long)count * dim)
            throw new ArgumentException(
                $"expected {(long)count * dim} coordinates for N = {count}, D = {dim}, found {points.Length}",
                nameof(points)
            );
        if (!(epsilon > 0) || double.IsInfinity(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "expected a finite ε > 0");
        if (minPoints < 1)
            throw new ArgumentOutOfRangeException(nameof(minPoints), minPoints, "expected minPts ≥ 1");
        if (threads < 0)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "expected threads ≥ 0");
        int bad = points.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (bad >= 0)
            throw new ArgumentException($"coordinate {bad % dim} of point {bad / dim} is not finite", nameof(points));
        if (count == 0)
            return new DbscanResult([], [], 0);

        var tree = PointTree.Build(points, count, dim);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads == 0 ? Environment.ProcessorCount : threads };
        var pairs = new LeafPairs(tree, epsilon, parallel);
        var range = new RangeSearch(tree, pairs, parallel);
        bool[] core = range.CorePoints(minPoints);
        var sets = new ConcurrentUnionFind(count);
        new CoreMerge(tree, pairs, core, sets).Run(parallel);
        int[] labels = NumberClusters(core, sets, out int clusters);
        range.LabelBorders(core, labels);
        return new DbscanResult(labels, core, clusters);
    }

    /// <summary>Numbers the sets of core points by their smallest member, which is their root; other points get −1.</summary>
    internal static int[] NumberClusters(bool[] core, ConcurrentUnionFind sets, out int clusters)
    {
        int[] labels = new int[core.Length];
        clusters = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (!core[i])
            {
                labels[i] = -1;
                continue;
            }
            int root = sets.Find(i);
            labels[i] = root == i ? clusters++ : labels[root];
        }
        return labels;
    }
}
