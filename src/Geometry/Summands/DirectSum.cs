using Geometry.Decisions;
using Geometry.LinearAlgebra;

namespace Geometry.Summands;

/// <summary>Finds the direct sum that best explains a set of unit columns.</summary>
/// <remarks>
/// For each plausible rank: edge strengths → merge tree → the contest of its cuts, splits and joins (<see cref="PartitionSearch"/>). Where
/// planes are proposed that the winner does not have, the contest goes on with them, and last of all with sums at free angles. At most rank
/// blocks can span independent subspaces, so that only rank cuts are looked at. For R ranks O(R(n³ + n²r)) where one block grows in a
/// chain, as in noise, and up to O(R·rank·n³) elsewhere, see <see cref="SearchBounds"/>.
/// </remarks>
internal static class DirectSum
{
    /// <summary>The best partition of n unit columns, and whether planes contributed to it.</summary>
    /// <param name="x">Unit columns in the span of all columns of W, feature-major n×r, n ≥ 1.</param>
    /// <param name="space">r.</param>
    /// <param name="n">Columns.</param>
    /// <param name="gram">XᵀX, n×n.</param>
    /// <param name="shapes">What a block's shape is worth.</param>
    /// <param name="planes">Features of each plane that the Hough transform proposes, ascending; planes share no feature.</param>
    /// <param name="constants">The numbers that decide.</param>
    public static (Partition Partition, bool ByPlanes) Find(
        double[] x,
        int space,
        int n,
        double[] gram,
        IShapeEvidence shapes,
        IReadOnlyList<int[]> planes,
        DecisionConstants constants
    )
    {
        int[] all = new int[n];
        for (int i = 0; i < n; i++)
            all[i] = i;
        PrincipalAxes axes = PrincipalAxes.Of(x, space, all);
        var score = new PartitionScore(space, constants);
        var oblique = new ObliqueSplit(x, space, constants);
        var lines = FeatureLines.Find(x, space, n, gram, constants.LeanCap);
        var admissibility = new Admissibility(x, gram, n, space, constants, lines);

        List<int> ranks = PlausibleRanks(axes, constants);
        int ofLines = Math.Min(lines.Count, ranks[0]);
        if (!ranks.Contains(ofLines))
            ranks.Add(ofLines);
        // The trees of different ranks share most of their blocks.
        Dictionary<int[], PrincipalAxes>? known = ranks.Count > 1 ? new(FeatureSets.Instance) : null;

        PartitionSearch Search(int rank)
        {
            double[] strength = new double[n * n];
            EdgeStrength.Compute(x, space, n, gram, axes, rank, strength, lines, constants);
            MergeTree tree = MergeTree.Build(strength, n);
            var blocks = new BlockTable(x, space, tree, axes, shapes, known);
            var bounds = new SearchBounds(x, gram, tree, blocks, rank, score);
            return new PartitionSearch(
                tree,
                blocks,
                rank,
                score,
                admissibility,
                new Proposals(tree, blocks, strength, planes, oblique),
                bounds
            );
        }

        // At the full rank, all columns as one block are admissible, so that something is always found.
        var found = new List<(PartitionSearch Search, Partition Partition)>();
        foreach (int rank in ranks)
        {
            PartitionSearch search = Search(rank);
            if (search.Best() is { } partition)
                found.Add((search, partition));
        }
        (PartitionSearch Search, Partition Partition) best = MostEvidence(found);
        bool byPlanes = false;
        if (!planes.All(best.Partition.Has))
        {
            (PartitionSearch Search, Partition Partition) other = MostEvidence(
                found.ConvertAll(f => (f.Search, f.Search.WithPlanes(f.Partition)))
            );
            byPlanes = other.Partition.Evidence > best.Partition.Evidence;
            if (byPlanes)
                best = other;
        }
        return (best.Search.WithObliqueSums(best.Partition), byPlanes);
    }

    /// <summary>The full numerical rank, and after it the ranks after which the spectrum drops, steepest drop first.</summary>
    public static List<int> PlausibleRanks(PrincipalAxes axes, DecisionConstants constants)
    {
        int full = NumericalRank(axes);
        var drops = new List<(double Ratio, int Rank)>();
        for (int k = 1; k < full; k++)
        {
            double ratio = axes.Value(k) / axes.Value(k - 1);
            if (ratio < constants.EigenvalueGap)
                drops.Add((ratio, k));
        }
        drops.Sort();
        var ranks = new List<int> { full };
        foreach ((_, int rank) in drops)
        {
            if (ranks.Count == constants.Limits.Ranks + 1)
                break;
            ranks.Add(rank);
        }
        return ranks;
    }

    /// <summary>The one with most evidence, the first among equals.</summary>
    private static (PartitionSearch Search, Partition Partition) MostEvidence(List<(PartitionSearch Search, Partition Partition)> found)
    {
        (PartitionSearch Search, Partition Partition) best = found[0];
        foreach ((PartitionSearch Search, Partition Partition) next in found)
        {
            if (next.Partition.Evidence > best.Partition.Evidence)
                best = next;
        }
        return best;
    }

    /// <summary>The number of eigenvalues above rounding, at least 1; the scale is their sum, n.</summary>
    private static int NumericalRank(PrincipalAxes axes)
    {
        int rank = 0;
        while (rank < axes.Count && axes.Value(rank) > 1e-9)
            rank++;
        return Math.Max(rank, 1);
    }
}
