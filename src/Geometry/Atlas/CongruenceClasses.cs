using Geometry.Clustering;
using Geometry.Decisions;
using MathNet.Numerics.Distributions;

namespace Geometry.Atlas;

/// <summary>A class of configurations that are congruent but for noise and drift.</summary>
/// <param name="Form">What they have in common.</param>
/// <param name="Members">Its members, in input order.</param>
/// <param name="Angles">The distinct angles of the members, ascending; empty for more than <see cref="OrbitAngles.Most"/>.</param>
internal sealed record CongruenceClass(FittedForm Form, IReadOnlyList<FormMember> Members, IReadOnlyList<OrbitAngle> Angles);

/// <summary>Groups configurations of one size (d, c) by congruence.</summary>
/// <remarks>
/// <para>
/// Near copies are gathered around landmarks first (<see cref="LandmarkCover"/>, a quarter of the tolerance). Landmarks are then clustered
/// by DBSCAN with the tolerance for ε, weighted by their copies. A cluster may be a chain; it is cut into classes that are complete
/// (<see cref="ClassGrowth"/>): a form is fitted around the heaviest landmark, those within the tolerance of the form belong to it, it is
/// fitted again to all of them, until nothing changes; what is left over starts anew. A form that drifts takes its chain along, because the
/// tolerance then counts from the curve.
/// </para>
/// <para>Input order decides ties alone. Landmarks of a cluster are compared in pairs, but for those that are core by their copies and
/// connected already.</para>
/// </remarks>
internal static class CongruenceClasses
{
    private const double Confidence = 0.999;

    /// <summary>
    /// The tolerance that noise explains, degrees: two copies of a shape with noise s a coordinate differ by r² ≈ 4s²·χ²_q/q with q =
    /// c(d−1) − d(d−1)/2 degrees of freedom; s is the noise that every trained model is granted
    /// (<see cref="DecisionConstants.NoiseFloor"/>).
    /// </summary>
    public static double Tolerance(int dim, int count)
    {
        int q = Math.Max(1, (count * (dim - 1)) - (dim * (dim - 1) / 2));
        return 2 * double.RadiansToDegrees(DecisionConstants.Default.NoiseFloor) * Math.Sqrt(ChiSquared.InvCDF(q, Confidence) / q);
    }

    /// <summary>Finds the classes of at least so many members, largest first.</summary>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="count">c ≥ d.</param>
    /// <param name="items">Unit directions of each configuration, row-major c×d.</param>
    /// <param name="leastMembers">Fewest members of a class, ≥ 2.</param>
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
    /// DBSCAN over the landmarks: one is core where the copies within ε are enough; clusters are connected cores with what is within ε of
    /// them.
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
