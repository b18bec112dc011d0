namespace Geometry.Summands;

/// <summary>The contest: of all partitions that are proposed at one rank, it finds the admissible one with most evidence.</summary>
/// <remarks>
/// <para>
/// First the cuts of a merge tree are proposed. Then, from the best partition so far, steps of several kinds are proposed, each kind only
/// where those before it lead no further: splits of a block at its tree node and joins of two blocks; planes of the Hough transform, taken
/// out of the blocks that they cross; and sums of summands at free angles in place of blocks without a name. Within a kind the search takes
/// the step of steepest ascent. What wins does not depend on what proposed it: there is one evidence (<see cref="PartitionScore"/>) and one
/// rule of admissibility (<see cref="Admissibility"/>).
/// </para>
/// <para>
/// What cannot win need not be evaluated, see <see cref="SearchBounds"/>; without these bounds the result is the same to the bit.
/// Complexity without them: the spectra of up to rank² blocks, O(rank²·min(n, r)³).
/// </para>
/// </remarks>
/// <param name="tree">Merge tree over the columns.</param>
/// <param name="blocks">The blocks that the search meets.</param>
/// <param name="rank">Sum of the dimensions to grant.</param>
/// <param name="score">The evidence.</param>
/// <param name="admissibility">What may win.</param>
/// <param name="proposals">Joins, planes and oblique sums to try.</param>
/// <param name="bounds">What need not be evaluated; null: everything is evaluated.</param>
internal sealed class PartitionSearch(
    MergeTree tree,
    BlockTable blocks,
    int rank,
    PartitionScore score,
    Admissibility admissibility,
    Proposals proposals,
    SearchBounds? bounds = null
)
{
    // Evidence that differs by less than this is equal up to rounding.
    private const double Tie = 1e-9;

    /// <summary>The best partition without planes and oblique sums; null when none is admissible.</summary>
    public Partition? Best()
    {
        int[][] cuts = [.. Cuts()];
        Partition? best = null;
        double certain = bounds is { BoundsPay: true } ? Certain(cuts) : double.NegativeInfinity;
        foreach (int[] cut in cuts)
        {
            double least = double.MaxNumber(best?.Evidence ?? double.NaN, certain);
            if (bounds is not null && bounds.ExcludesCut(cut, least, best))
                continue;
            if (Evaluate(new Candidate(cut, rank), least, isCut: true) is { } found && !(found.Evidence < best?.Evidence))
                best = found;
        }
        return best is null ? null : Climb(best, proposals.SplitsAndJoins);
    }

    /// <summary>
    /// Evidence that some cut certainly has: that of the cut below the widest gap between the strengths of the merges, where structure
    /// shows, or that of all columns in one block, whatever its shape; −∞ where neither is admissible.
    /// </summary>
    private double Certain(int[][] cuts)
    {
        double certain = double.NegativeInfinity,
            widest = 0;
        int[] gap = cuts[0];
        foreach (int[] cut in cuts)
        {
            int weakest = tree.Root - cut.Length + 1;
            if (cut.Length < 2 || weakest < tree.Leaves)
                continue;
            double ratio = tree.Height(weakest) / Math.Max(tree.Height(weakest + 1), double.Epsilon);
            if (ratio > widest)
                (widest, gap) = (ratio, cut);
        }
        if (Evaluate(new Candidate(gap, rank), isCut: true) is { } probed)
            certain = probed.Evidence;
        if (Allocate(new Candidate([tree.Root], rank)) is not { } members || members[0].Dim < 2)
            return certain;
        var one = new Partition(members, score.Terms(members, blocks), double.NaN);
        return admissibility.Allows(one, blocks)
            ? Math.Max(certain, score.Evidence(one.Terms.Constraints, one.Terms.Rss, one.Terms.Price) - score.Constants.IrregularCost - Tie)
            : certain;
    }

    /// <summary>Every cut with its number of blocks; its partition is null where it is not admissible.</summary>
    internal IEnumerable<(int Count, Partition? Partition)> EvaluatedCuts() =>
        Cuts().Select(cut => (cut.Length, Evaluate(new Candidate(cut, rank))));

    /// <summary>Continues from a partition with the planes among the proposals.</summary>
    public Partition WithPlanes(Partition from) => Climb(from, proposals.SplitsAndJoins, proposals.Planes);

    /// <summary>Continues from a partition with sums at free angles in place of blocks without a name.</summary>
    public Partition WithObliqueSums(Partition from) => proposals.MayBeOblique(from) ? Climb(from, proposals.ObliqueSums) : from;

    /// <summary>
    /// The cuts of the tree, the finest first, so that the coarsest of equals is kept. Cutting the s − 1 weakest merges leaves s blocks;
    /// nodes are numbered in order of falling strength.
    /// </summary>
    private IEnumerable<int[]> Cuts()
    {
        var cut = new List<int> { tree.Root };
        var places = new Stack<int>();
        while (cut.Count < Math.Min(rank, tree.Leaves))
            places.Push(Proposals.Split(cut, tree, tree.Root - places.Count));
        yield return [.. cut];
        while (places.TryPop(out int place))
        {
            cut.RemoveRange(cut.Count - 2, 2);
            cut.Insert(place, tree.Root - places.Count);
            yield return [.. cut];
        }
    }

    private Partition Climb(Partition best, params ReadOnlySpan<Func<Partition, IEnumerable<Candidate>>> kinds)
    {
        for (int kind = 0; kind < kinds.Length; )
        {
            Partition? next = null;
            foreach (Candidate step in kinds[kind](best))
            {
                if (
                    Evaluate(step, Math.Max(best.Evidence, next?.Evidence ?? double.NegativeInfinity)) is { } found
                    && !(found.Evidence <= next?.Evidence)
                )
                    next = found;
            }
            bool better = next?.Evidence > best.Evidence + Tie;
            if (better)
                best = next!;
            kind = better ? 0 : kind + 1;
        }
        return best;
    }

    /// <summary>
    /// The candidate as a partition; null when it cannot fill the rank, is not admissible, or is known to have less evidence than
    /// <paramref name="least"/>.
    /// </summary>
    private Partition? Evaluate(Candidate candidate, double least = double.NegativeInfinity, bool isCut = false)
    {
        if (
            (!isCut && IsKnownCut(candidate, least))
            || Allocate(candidate) is not { } members
            || (bounds is not null && bounds.ExcludesStep(members, least))
        )
            return null;
        ScoreTerms terms = score.Terms(members, blocks);
        var partition = new Partition(members, terms, double.NaN);
        return admissibility.Allows(partition, blocks) ? partition with { Evidence = score.Evidence(members, terms, blocks) } : null;
    }

    /// <summary>
    /// Whether a step leads to a cut of the tree. All cuts have been evaluated or excluded already, and have no more evidence than the best
    /// partition so far. The nodes of the cut into s blocks are those below the s − 1 weakest merges.
    /// </summary>
    private bool IsKnownCut(Candidate step, double least)
    {
        if (double.IsNegativeInfinity(least) || step.Groups is not null)
            return false;
        foreach (int node in step.Nodes)
        {
            if (node > tree.Root - (step.Nodes.Length - 1))
                return false;
        }
        return true;
    }

    /// <summary>The blocks of a candidate with the dimensions that they are granted; null when they cannot fill the rank.</summary>
    private Block[]? Allocate(Candidate candidate)
    {
        var members = new Block[candidate.Nodes.Length];
        for (int b = 0; b < members.Length; b++)
            members[b] = blocks[candidate.Nodes[b]];
        Span<int> dims = members.Length <= 128 ? stackalloc int[members.Length] : new int[members.Length];
        if (!PartitionScore.AllocateDimensions(members, candidate.Rank, dims))
            return null;
        for (int b = 0; b < members.Length; b++)
            members[b] = candidate.GroupOf(b) is > 0 and int group
                ? members[b] with
                {
                    Dim = dims[b],
                    Group = group,
                }
                : members[b].Granted(dims[b]);
        return members;
    }
}

/// <summary>A proposed partition.</summary>
/// <param name="Nodes">Its blocks, by index in the <see cref="BlockTable"/>.</param>
/// <param name="Rank">Sum of the dimensions to grant.</param>
/// <param name="Groups">The group of each block, see <see cref="Block.Group"/>; null: all blocks are orthogonal.</param>
internal readonly record struct Candidate(int[] Nodes, int Rank, int[]? Groups = null)
{
    /// <summary>The group of a block, by its position in <see cref="Nodes"/>.</summary>
    public int GroupOf(int place) => Groups is null ? 0 : Groups[place];
}
