using Geometry.Decisions;
using Geometry.Shapes;
using MathNet.Numerics.Distributions;

namespace Geometry.Atlas;

/// <summary>A class of configurations that are congruent but for noise and drift.</summary>
/// <param name="Form">What they have in common.</param>
/// <param name="Members">Its members, in input order.</param>
internal sealed record CongruenceClass(FittedForm Form, IReadOnlyList<FormMember> Members);

/// <summary>Groups configurations of one size (d, c) by congruence.</summary>
/// <remarks>
/// <para>
/// Near copies are gathered first: each configuration joins the first landmark within a quarter of the tolerance, or becomes one, so that ten thousand copies of a shape cost ten thousand comparisons and not their square
/// (<see cref="CongruenceSearch"/>, whose bounds spare most of the rest). Landmarks are then clustered by DBSCAN with the tolerance for ε, weighted by their copies. A cluster may be a chain; it is cut into classes that are complete:
/// a form is fitted around the heaviest landmark, those within the tolerance of the form belong to it, it is fitted again to all of them, until nothing changes; what is left over starts anew. A form that drifts takes its chain along, because the
/// tolerance then counts from the curve.
/// </para>
/// <para>Input order decides ties alone. O(N·L·c + pairs that no bound rules out·match) for N configurations and L landmarks.</para>
/// </remarks>
internal static class CongruenceClasses
{
    private const int MostRounds = 8;
    private const double Confidence = 0.999;

    /// <summary>
    /// The tolerance that noise explains, degrees: two copies of a shape with noise s a coordinate differ by r² ≈ 4s²·χ²_q/q with q = c(d−1) − d(d−1)/2 degrees of freedom; s is the noise that every trained model is
    /// granted (<see cref="DecisionConstants.NoiseFloor"/>).
    /// </summary>
    public static double Tolerance(int dim, int count)
    {
        int q = Math.Max(1, (count * (dim - 1)) - (dim * (dim - 1) / 2));
        return 2 * double.RadiansToDegrees(DecisionConstants.Default.NoiseFloor) * Math.Sqrt(ChiSquared.InvCDF(q, Confidence) / q);
    }

    /// <summary>Finds the classes of at least so many runs, largest first.</summary>
    /// <param name="dim">d ≥ 2.</param>
    /// <param name="count">c ≥ d.</param>
    /// <param name="items">Unit directions of each configuration, row-major c×d.</param>
    /// <param name="leastMembers">Fewest members of a class, ≥ 2.</param>
    /// <param name="tolerance">Degrees.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static List<CongruenceClass> Of(int dim, int count, IReadOnlyList<double[]> items, int leastMembers, double tolerance, CancellationToken cancellation = default)
    {
        var search = new CongruenceSearch();
        AngleFingerprint[] prints = [.. items.Select(x => new AngleFingerprint(x, dim, count))];
        (List<int> centres, List<List<int>> copies) = Landmarks(dim, count, items, prints, search, tolerance / 4, cancellation);
        var classes = new List<CongruenceClass>();
        foreach (List<int> cluster in Clusters(dim, count, items, prints, search, centres, copies, leastMembers, tolerance, cancellation))
        {
            // The heaviest first; its copies stand next to it.
            var open = new SortedSet<int>(cluster.Order());
            while (open.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                int heaviest = open.MaxBy(l => (copies[l].Count, -l));
                (CongruenceClass found, List<int> landmarks) = Grow(dim, count, items, centres, copies, open, heaviest, tolerance);
                foreach (int l in landmarks) open.Remove(l);
                open.Remove(heaviest);
                if (found.Members.Count >= leastMembers) classes.Add(found);
            }
        }
        return [.. classes.OrderByDescending(c => c.Members.Count).ThenBy(c => c.Members[0].Item)];
    }

    private static (List<int> Centres, List<List<int>> Copies) Landmarks(
        int dim, int count, IReadOnlyList<double[]> items, AngleFingerprint[] prints, CongruenceSearch search, double radius, CancellationToken cancellation)
    {
        List<int> centres = [];
        List<List<int>> copies = [];
        List<Landmark> landmarks = [];
        double radians = double.DegreesToRadians(radius);
        for (int i = 0; i < items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int home = -1;
            // The most likely first: by the bound that costs little.
            foreach ((int l, double _) in landmarks.Select((l, k) => (k, Bound: Math.Abs(l.Print.Mean - prints[i].Mean) > radians ? double.PositiveInfinity : l.Print.SortedBound(prints[i])))
                .Where(b => b.Bound <= radians).OrderBy(b => b.Bound).ThenBy(b => b.k))
            {
                if (!(search.Residual(items[i], prints[i], landmarks[l], radius) <= radius)) continue;
                home = l;
                break;
            }
            if (home < 0)
            {
                home = landmarks.Count;
                landmarks.Add(new Landmark(new Shape("landmark", dim, count, items[i], "a member of the class"), prints[i]));
                centres.Add(i);
                copies.Add([]);
            }
            copies[home].Add(i);
        }
        return (centres, copies);
    }

    /// <summary>DBSCAN over the landmarks: one is core where the copies within ε are enough; clusters are connected cores with what is within ε of them.</summary>
    private static List<List<int>> Clusters(
        int dim, int count, IReadOnlyList<double[]> items, AngleFingerprint[] prints, CongruenceSearch search, List<int> centres, List<List<int>> copies,
        int leastMembers, double tolerance, CancellationToken cancellation)
    {
        int n = centres.Count;
        List<int>[] near = [.. Enumerable.Range(0, n).Select(l => new List<int> { l })];
        for (int a = 0; a < n; a++)
        {
            cancellation.ThrowIfCancellationRequested();
            Landmark? landmark = null;
            for (int b = a + 1; b < n; b++)
            {
                landmark ??= Landmark.Of(items[centres[a]], dim, count);
                if (!(search.Residual(items[centres[b]], prints[centres[b]], landmark, tolerance) <= tolerance)) continue;
                near[a].Add(b);
                near[b].Add(a);
            }
        }
        bool[] core = [.. near.Select(l => l.Sum(b => copies[b].Count) >= leastMembers)];
        int[] cluster = new int[n];
        cluster.AsSpan().Fill(-1);
        var clusters = new List<List<int>>();
        for (int start = 0; start < n; start++)
        {
            if (!core[start] || cluster[start] >= 0) continue;
            var members = new List<int>();
            var open = new Stack<int>([start]);
            cluster[start] = clusters.Count;
            while (open.TryPop(out int a))
            {
                members.Add(a);
                if (!core[a]) continue;
                foreach (int b in near[a])
                {
                    if (cluster[b] >= 0) continue;
                    cluster[b] = clusters.Count;
                    open.Push(b);
                }
            }
            clusters.Add(members);
        }
        return clusters;
    }

    /// <summary>The class around a landmark: fit, take what is within the tolerance, fit again.</summary>
    private static (CongruenceClass Found, List<int> Landmarks) Grow(
        int dim, int count, IReadOnlyList<double[]> items, List<int> centres, List<List<int>> copies, SortedSet<int> open, int heaviest, double tolerance)
    {
        List<int> landmarks = [heaviest];
        FittedForm form = FormFit.Of("form", dim, count, [items[centres[heaviest]]], tolerance);
        for (int round = 0; round < MostRounds; round++)
        {
            List<int> within = [.. open.Where(l => Member(items[centres[l]], form, centres[l]).ResidualDegrees <= tolerance)];
            if (!within.Contains(heaviest)) within.Insert(0, heaviest);
            if (round > 0 && within.Count == landmarks.Count && within.TrueForAll(landmarks.Contains)) break;
            landmarks = within;
            List<int> order = [heaviest, .. landmarks.Where(l => l != heaviest)];
            form = FormFit.Of("form", dim, count, [.. order.SelectMany(l => Some(copies[l])).Select(i => items[i])], tolerance);
        }
        List<FormMember> members = [.. landmarks.SelectMany(l => copies[l]).Order().Select(i => Member(items[i], form, i)).Where(m => m.ResidualDegrees <= tolerance)];
        if (members.Count == 0) members.Add(Member(items[centres[heaviest]], form, centres[heaviest]));
        return (new CongruenceClass(form, members), landmarks);
    }

    /// <summary>A landmark's copies are alike within a quarter of the tolerance: some of them tell the mean.</summary>
    private static IEnumerable<int> Some(List<int> copies) => copies.Take(32);

    private static FormMember Member(double[] unit, FittedForm form, int item)
    {
        int[] vertexOf = new int[form.Shape.Count];
        double residual = ShapeMatcher.Correspond(unit, form.Shape, vertexOf, out double parameter);
        return new FormMember(item, double.RadiansToDegrees(residual), parameter);
    }
}
