using Geometry.Decisions;
using Geometry.LinearAlgebra;
using Geometry.Summands;

namespace Geometry.Labels;

/// <summary>
/// Makes a partition of the planes and of what they leave: features that are orthogonal to all others within the tolerance are blocks of
/// their own, and the remaining features are one block, the rest.
/// </summary>
/// <remarks>
/// The result is always a direct sum: Σ dim = rank ≤ min(r, learned), r = <see cref="LearnedColumns.Hidden"/>. Each plane may be nearly
/// orthogonal to every other feature while all of them together are too many, as the lines of a frame are. Their bases are then linearly
/// dependent, and the planes that take most part in the dependence are given back to the rest. Which features stand alone, and which rank
/// the rest has (among the ranks after which its spectrum drops), is decided by the evidence (<see cref="PartitionScore"/>) among what is
/// admissible (<see cref="Admissibility"/>). Where nothing is admissible, all features are one block. O(n²m + (min(n,m))³).
/// </remarks>
internal static class PlanePartition
{
    /// <summary>The partition into planes, single features and the rest that has most evidence.</summary>
    /// <param name="columns">The learned columns.</param>
    /// <param name="planes">The planes that were found.</param>
    /// <param name="constants">The numbers that decide.</param>
    /// <param name="shapes">What a block's shape adds to the evidence.</param>
    public static Partition Of(LearnedColumns columns, PlaneSum planes, DecisionConstants constants, IShapeEvidence shapes)
    {
        int n = columns.Count,
            before = -1;
        double noise = Math.Max(planes.Noise, constants.NoiseFloor);
        double tolerated = PlaneCandidates.Edge(planes.Tolerance, constants);
        if (!double.IsNaN(noise))
            tolerated = Math.Min(tolerated, constants.SingleDeviations * Math.Sqrt(2) * noise);
        var score = new PartitionScore(columns.Hidden, constants);
        var admissibility = new Admissibility(
            columns.Unit,
            columns.Gram,
            n,
            columns.Hidden,
            constants,
            FeatureLines.Find(columns.Unit, columns.Hidden, n, columns.Gram, constants.LeanCap)
        );
        Partition? best = null;
        // The features of a simplex of many dimensions, |cos| = 1/k, are no further from orthogonal than noise makes single features: so
        // smaller shares of the tolerance are tried as well.
        for (int step = 0; step <= constants.SingleSteps; step++)
        {
            double share = 1 - ((double)step / constants.SingleSteps);
            List<Block> parts = [];
            bool[] taken = new bool[n];
            foreach (PlaneProposal plane in planes.Planes)
                Add(parts, taken, BlockOf(columns, plane.Features, plane.Dim));
            for (int i = 0; i < n; i++)
            {
                if (!taken[i] && IsAlone(columns, i, share * tolerated))
                    Add(parts, taken, BlockOf(columns, [i], 1));
            }
            if (parts.Count == before)
                continue;
            before = parts.Count;
            while (IsTooMuch(columns, parts, taken))
                GiveBack(columns, parts, taken);
            Partition candidate = WithRest(columns, parts, [.. Enumerable.Range(0, n).Where(i => !taken[i])], score, shapes);
            if (admissibility.Allows(candidate, shapes) && (best is null || candidate.Evidence > best.Evidence))
                best = candidate;
        }
        return best ?? WithRest(columns, [], [.. Enumerable.Range(0, n)], score, shapes);
    }

    private static void Add(List<Block> parts, bool[] taken, Block part)
    {
        parts.Add(part);
        foreach (int f in part.Features)
            taken[f] = true;
    }

    private static Block BlockOf(LearnedColumns columns, int[] features, int dim) =>
        new(features, PrincipalAxes.Of(columns.Unit, columns.Hidden, features), -1, dim);

    private static bool IsAlone(LearnedColumns columns, int i, double edge)
    {
        ReadOnlySpan<double> row = columns.Gram.AsSpan(i * columns.Count, columns.Count);
        for (int j = 0; j < row.Length; j++)
        {
            if (j != i && Math.Abs(row[j]) > edge)
                return false;
        }
        return true;
    }

    /// <summary>Whether the parts, and one dimension for the rest, need more dimensions than there are.</summary>
    private static bool IsTooMuch(LearnedColumns columns, List<Block> parts, bool[] taken) =>
        parts.Sum(p => p.Dim) + (Array.IndexOf(taken, false) < 0 ? 0 : 1) > columns.Hidden;

    /// <summary>
    /// Gives the part back to the rest that takes most part in the linear dependence, for its dimensions: the null vectors of the Gram
    /// matrix of all bases have the largest weight per dimension on it. Where the bases alone are independent and only parts and rest
    /// together are too many, the part is given back into which the rest reaches most. Parts with equal shares are given back together.
    /// </summary>
    private static void GiveBack(LearnedColumns columns, List<Block> parts, bool[] taken)
    {
        int m = columns.Hidden,
            size = parts.Sum(p => p.Dim);
        double[] share = new double[parts.Count];
        if (size > m)
        {
            double[] basis = new double[size * m],
                values = new double[size],
                vectors = new double[size * size];
            for (int p = 0, at = 0; p < parts.Count; at += parts[p++].Dim)
                parts[p].Axes.Basis(parts[p].Dim).CopyTo(basis.AsSpan(at * m));
            SymmetricEigen.Decompose(Vectors.Gram(basis, m, size), size, values, vectors);
            for (int p = 0, at = 0; p < parts.Count; at += parts[p++].Dim)
            {
                for (int v = m; v < size; v++)
                {
                    for (int a = at; a < at + parts[p].Dim; a++)
                        share[p] += vectors[(v * size) + a] * vectors[(v * size) + a] / parts[p].Dim;
                }
            }
        }
        else
        {
            for (int p = 0; p < parts.Count; p++)
            {
                for (int j = 0; j < columns.Count; j++)
                {
                    if (taken[j])
                        continue;
                    for (int a = 0; a < parts[p].Dim; a++)
                        share[p] += Elementary.Pow(Vectors.Dot(parts[p].Axes.Axis(a), columns.Column(j)), 2) / parts[p].Dim;
                }
            }
        }
        // Shares that differ by rounding alone are equal.
        double least = share.Max() * (1 - 1e-9);
        for (int p = parts.Count - 1; p >= 0; p--)
        {
            if (share[p] < least)
                continue;
            foreach (int f in parts[p].Features)
                taken[f] = false;
            parts.RemoveAt(p);
        }
    }

    private static Partition WithRest(LearnedColumns columns, List<Block> parts, int[] rest, PartitionScore score, IShapeEvidence shapes)
    {
        int used = parts.Sum(p => p.Dim);
        if (rest.Length == 0)
            return Scored([.. parts], score, shapes);
        PrincipalAxes axes = PrincipalAxes.Of(columns.Unit, columns.Hidden, rest);
        Partition? best = null;
        foreach (int rank in DirectSum.PlausibleRanks(axes, score.Constants))
        {
            int dim = Math.Min(rank, columns.Hidden - used);
            Partition candidate = Scored([.. parts, new Block(rest, axes, -1, dim)], score, shapes);
            if (best is null || candidate.Evidence > best.Evidence)
                best = candidate;
        }
        return best!;
    }

    private static Partition Scored(Block[] blocks, PartitionScore score, IShapeEvidence shapes)
    {
        ScoreTerms terms = score.Terms(blocks);
        return new Partition(blocks, terms, score.Evidence(blocks, terms, shapes));
    }
}
