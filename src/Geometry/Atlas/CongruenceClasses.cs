using Geometry.Clustering;
using Geometry.Decisions;
using Geometry.Shapes.Significance;

namespace Geometry.Atlas;

/// <summary>A class of configurations that are congruent up to noise and drift.</summary>
/// <param name="Form">The form fitted to them.</param>
/// <param name="Members">Its members, in input order.</param>
/// <param name="Angles">The distinct angles of the members, ascending; empty for more than <see cref="OrbitAngles.Most"/>.</param>
internal sealed record CongruenceClass(FittedForm Form, IReadOnlyList<FormMember> Members, IReadOnlyList<OrbitAngle> Angles);

/// <summary>Groups the configurations of one size (d, c) by congruence.</summary>
/// <remarks>
/// <para>
/// Near copies are first gathered around landmarks (<see cref="LandmarkCover"/>, within a quarter of the tolerance). Landmarks, weighted by
/// their copies, are then clustered by DBSCAN with the tolerance as ε. A cluster may be a chain, and is cut into classes
/// (<see cref="ClassGrowth"/>): a form is fitted around the landmark with the most copies, the landmarks within the tolerance of the form
/// belong to it, and the form is fitted again to all of them, until nothing changes; the landmarks that remain start the next class. A form
/// that drifts takes in its whole chain, because the tolerance is then measured from the curve.
/// </para>
/// <para>
/// Input order decides ties only. Landmarks are compared in pairs, except pairs that are connected already and are both core by their own
/// copies.
/// </para>
/// </remarks>
internal static class CongruenceClasses
{
    private const double Confidence = 0.999;

    /// <summary>
    /// The tolerance that noise explains, degrees: two copies of a shape with noise s per coordinate differ by r² ≈ 4s²·χ²_q/q with q =
    /// c(d−1) − d(d−1)/2 degrees of freedom, where s is the noise that every trained model is assumed to have
    /// (<see cref="DecisionConstants.NoiseFloor"/>).
    /// </summary>
    public static double Tolerance(int dim, int count)
    {
        int q = Math.Max(1, (count * (dim - 1)) - (dim * (dim - 1) / 2));
        return 2 * double.RadiansToDegrees(DecisionConstants.Default.NoiseFloor) * Math.Sqrt(Quantiles.ChiSquare(q, Confidence) / q);
    }

    /// <summary>Finds the classes with at least <paramref name="leastMembers"/> members, largest first.</summary>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="count">c ≥ d.</param>
    /// <param name="items">Unit directions of each configuration, row-major c×d.</param>
    /// <param name="leastMembers">Smallest number of members of a class, ≥ 2.</param>
    /// <param name="tolerance">Degrees.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static List<CongruenceClass> Of(
        int dim,
        int count,
        IReadOnlyList<double[]> items,
        int leastMembers,
        double tolerance,
        CancellationToken cancellation = default
    )
    {
        var cover = new LandmarkCover(dim, count, items, tolerance / 4, tolerance, cancellation);
        var classes = new List<CongruenceClass>();
        foreach (List<int> cluster in Clusters(cover, leastMembers, tolerance, cancellation))
        {
            var open = new SortedSet<int>(cluster);
            while (open.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var growth = new ClassGrowth(cover, open, tolerance);
                open.ExceptWith(growth.Landmarks);
                if (growth.Class.Members.Count >= leastMembers)
                    classes.Add(growth.Class);
            }
        }
        return [.. classes.OrderByDescending(c => c.Members.Count).ThenBy(c => c.Members[0].Item)];
    }

    /// <summary>
    /// DBSCAN over the landmarks: a landmark is core where the number of copies within ε is at least <paramref name="leastMembers"/>; a
    /// cluster consists of connected cores and the landmarks within ε of them.
    /// </summary>
    private static List<List<int>> Clusters(LandmarkCover cover, int leastMembers, double tolerance, CancellationToken cancellation)
    {
        int n = cover.Centres.Count;
        List<int>[] near = [.. Enumerable.Range(0, n).Select(_ => new List<int>())];
        int[] weight = [.. cover.Copies.Select(c => c.Count)],
            vertexOf = new int[cover.Count],
            parent = [.. Enumerable.Range(0, n)];
        bool[] isHeavy = [.. weight.Select(w => w >= leastMembers)];
        for (int a = 0; a < n; a++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int b = 0; b < a; b++)
            {
                if (isHeavy[a] && isHeavy[b] && UnionFind.Root(parent, a) == UnionFind.Root(parent, b))
                    continue;
                if (!(cover.Residual(b, a, tolerance, vertexOf) <= tolerance))
                    continue;
                near[a].Add(b);
                near[b].Add(a);
                weight[a] += cover.Copies[b].Count;
                weight[b] += cover.Copies[a].Count;
                if (isHeavy[a] && isHeavy[b])
                    UnionFind.Union(parent, a, b);
            }
        }
        bool[] isCore = [.. weight.Select(w => w >= leastMembers)];
        int[] cluster = new int[n];
        cluster.AsSpan().Fill(-1);
        var clusters = new List<List<int>>();
        for (int start = 0; start < n; start++)
        {
            if (!isCore[start] || cluster[start] >= 0)
                continue;
            var members = new List<int>();
            var open = new Stack<int>([start]);
            cluster[start] = clusters.Count;
            while (open.TryPop(out int a))
            {
                members.Add(a);
                if (!isCore[a])
                    continue;
                foreach (int b in near[a])
                {
                    if (cluster[b] >= 0)
                        continue;
                    cluster[b] = clusters.Count;
                    open.Push(b);
                }
            }
            clusters.Add(members);
        }
        return clusters;
    }
}
