using System.Globalization;
using Geometry.Grassmannian;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>
/// The second route to the summands: Hough planes, less every reducible one, that split the span orthogonally.
/// </summary>
/// <remarks>
/// A plane of dimension ≤ K that holds more features than its dimension, is irreducible, and has all other learned features in its
/// orthogonal complement is a summand. Not every subset has to vote for that, see <see cref="PlaneCandidates"/>. Where these planes name other summands than the Gram blocks did, the planes with the
/// Gram blocks of the remaining features are scored as a partition of their own, and the one with more evidence is kept; either way the disagreement is reported.
/// </remarks>
internal static class PlaneRoute
{
    /// <summary>The route when no subset had to vote.</summary>
    internal const string BlocksAlone = "blocks";

    // ε stays below ½ so that four-dimensional shapes, a quarter of whose squares lie along each axis, cannot pass for three-dimensional ones.
    private const double SmallestTolerance = 0.02, LargestTolerance = 0.42, NumericalZero = 1e-9;

    /// <summary>Compares the Gram blocks with the planes and settles on a partition.</summary>
    public static (Partition Partition, RouteAgreement Agreement) Compare(LearnedColumns columns, Partition blocks, BlockShapes shapes, LabelOptions options)
    {
        int n = columns.Count, m = columns.Hidden, k = Math.Min(options.MaxPlaneDim, blocks.Rank);
        if (n < 2) return (blocks, new RouteAgreement(true, "", BlocksAlone));

        double noise = double.IsNaN(blocks.Noise) ? 0 : blocks.Noise;
        // Larger dimensions have the smaller tolerance and so the more edges: one component at dimension 1 is one at all.
        var components = new List<int[]>[k];
        for (int dim = 1; dim <= k; dim++)
        {
            components[dim - 1] = PlaneCandidates.Find(columns, Tolerance(noise, m, dim), dim, out int all);
            if (dim == 1 && all == 1 && blocks.Blocks.Length == 1) return (blocks, new RouteAgreement(true, "", BlocksAlone));
        }

        // Whatever contains a plane that already splits off is the direct sum of it and the rest, reducible. So the order of discovery does
        // not matter: single components first, where few subsets vote, then all that is left.
        var search = new SplittingPlanes(columns, noise, options.SampleFeatures);
        for (int dim = 1; dim <= k; dim++)
        {
            foreach (int[] component in components[dim - 1]) search.VoteAlone(component, dim, Tolerance(noise, m, dim));
        }
        for (int dim = 1; dim <= k; dim++)
        {
            double epsilon = Tolerance(noise, m, dim);
            List<int[]> left = components[dim - 1].FindAll(c => Array.Exists(c, f => !search.IsTaken(f)));
            if (left.TrueForAll(c => c.Length == 1) && PlaneCandidates.SinglesShareNoPlane(epsilon, dim)) continue;
            if (left.Count > 1) search.Vote(Joined(left), dim, epsilon);
        }

        string route = search.Route(k), note = Difference(columns, blocks, search, k);
        if (note.Length == 0) return (blocks, new RouteAgreement(true, "", route));
        Partition planes = WithRemainder(columns, search, shapes);
        bool better = planes.Evidence > blocks.Evidence && !(planes.Noise > DirectSum.LargestNoise);
        return (better ? planes : blocks, new RouteAgreement(false, note + (better ? "; kept the planes" : "; kept the blocks"), route));
    }

    /// <summary>
    /// ε for k-planes. Votes of one plane are linked through subsets that share all columns but one; two such planes differ by
    /// d² ≈ 2(m−k)σ²/λ, λ ≈ 1 the squared length of that column across the others, plus room for the scatter of d and for smaller λ.
    /// </summary>
    private static double Tolerance(double noise, int m, int k) =>
        Math.Clamp(1.8 * noise * (Math.Sqrt(2.0 * Math.Max(m - k, 1)) + 1.5), SmallestTolerance, LargestTolerance);

    /// <summary>One line on the first summand that only one route knows; empty when both agree as far as planes of dimension ≤ k reach.</summary>
    private static string Difference(LearnedColumns columns, Partition blocks, SplittingPlanes search, int k)
    {
        // Planes do not overlap: the first feature tells which one to compare with.
        var unmatched = new List<int[]>(search.Found);
        foreach (Block block in blocks.Blocks)
        {
            if (block.Dim > k || block.Features.Length <= block.Dim) continue;
            // Where not all subsets voted, a plane that was not found is no evidence.
            int plane = unmatched.FindIndex(p => p[0] == block.Features[0]);
            if (plane >= 0 && unmatched[plane].AsSpan().SequenceEqual(block.Features)) unmatched.RemoveAt(plane);
            else if (search.RouteOf(block.Dim) == HoughRoute.Enumerated)
                return $"the Gram blocks see a {block.Dim}-dimensional summand of features {Names(columns, block.Features)}, the planes do not";
        }
        return unmatched.Count == 0 ? "" : $"the planes see a summand of features {Names(columns, unmatched[0])}, the Gram blocks do not";
    }

    private static int[] Joined(List<int[]> components)
    {
        int[] all = new int[components.Sum(static c => c.Length)];
        int at = 0;
        foreach (int[] component in components)
        {
            component.CopyTo(all, at);
            at += component.Length;
        }
        Array.Sort(all);
        return all;
    }

    private static Partition WithRemainder(LearnedColumns columns, SplittingPlanes search, BlockShapes shapes)
    {
        List<int[]> planes = search.Found;
        int m = columns.Hidden;
        var blocks = planes.ConvertAll(p => new Block(p, PrincipalAxes.Of(columns.Unit, m, p), -1, 1));
        int[] rest = [.. Enumerable.Range(0, columns.Count).Where(i => !search.IsTaken(i))];
        int rank = 0;
        if (rest.Length > 0)
        {
            double[] x = new double[rest.Length * m], gram = new double[rest.Length * rest.Length];
            for (int i = 0; i < rest.Length; i++)
            {
                columns.Column(rest[i]).CopyTo(x.AsSpan(i * m, m));
                for (int j = 0; j < rest.Length; j++) gram[i * rest.Length + j] = columns.Gram[rest[i] * columns.Count + rest[j]];
            }
            Partition others = DirectSum.Find(x, m, rest.Length, gram, b => shapes.Evidence(b with { Features = Array.ConvertAll(b.Features, f => rest[f]) }));
            foreach (Block b in others.Blocks) blocks.Add(b with { Features = Array.ConvertAll(b.Features, f => rest[f]), Node = -1 });
            rank = others.Rank;
        }
        for (int p = 0; p < planes.Count; p++)
        {
            blocks[p] = blocks[p] with { Dim = PlaneDim(blocks[p].Axes) };
            rank += blocks[p].Dim;
        }
        Block[] all = [.. blocks];
        (double evidence, double noise) = PartitionScore.Evaluate(all, m);
        return new Partition(all, rank, evidence + all.Sum(shapes.Evidence), noise);
    }

    // Axes up to the steepest drop of the spectrum, which rounding below NumericalZero is no part of.
    private static int PlaneDim(PrincipalAxes axes)
    {
        int best = 1;
        double steepest = double.PositiveInfinity;
        for (int d = 1; d < axes.Count && axes.Value(d - 1) > NumericalZero; d++)
        {
            double ratio = axes.Value(d) / axes.Value(d - 1);
            if (ratio >= steepest) continue;
            steepest = ratio;
            best = d;
        }
        return best;
    }

    private static string Names(LearnedColumns columns, int[] features) =>
        string.Join(' ', features.Select(f => columns.Features[f].ToString(CultureInfo.InvariantCulture)));
}
