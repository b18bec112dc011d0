using System.Numerics;

namespace Geometry.Clustering;

/// <summary>
/// Answers questions about ε-neighbourhoods without listing neighbours: whether a point is core, and which cluster reaches it first.
/// </summary>
/// <remarks>
/// It works on pairs of leaves in parallel, each pair once for both leaves. Leaves all of whose points are within ε of each other are
/// counted without looking into them; a pair is skipped when every point of both leaves is known to be core.
/// </remarks>
internal sealed class RangeSearch(PointTree tree, LeafPairs pairs, ParallelOptions parallel)
{
    private const int Side = PointTree.LeafSize;

    /// <summary>Marks the points with at least minPts points within ε; counting stops where that is known.</summary>
    internal bool[] CorePoints(int minPoints)
    {
        int[] found = new int[tree.LeafCount * Side];
        bool[] open = new bool[tree.LeafCount],
            openBelow = new bool[tree.Nodes];
        Parallel.For(0, tree.LeafCount, parallel, leaf =>
        {
            int certain = 0;
            CountCertain(0, leaf, minPoints, ref certain);
            for (int slot = leaf * Side; slot < (leaf + 1) * Side; slot++)
                found[slot] = tree.Order[slot] < 0 ? int.MaxValue / 2 : certain;
            open[leaf] = certain < minPoints;
        });
        Aggregate(0, open, openBelow);
        Parallel.For(
            0,
            tree.LeafCount,
            parallel,
            () => new Count(found, open, openBelow, minPoints, pairs.NewWorkspace()),
            (leaf, _, count) =>
            {
                CountPairs(0, leaf, count);
                return count;
            },
            static _ => { }
        );
        bool[] core = new bool[tree.Count];
        for (int slot = 0; slot < found.Length; slot++)
        {
            if (tree.Order[slot] >= 0)
                core[tree.Order[slot]] = found[slot] >= minPoints;
        }
        return core;
    }

    /// <summary>
    /// The state of counting: the neighbours found for each slot, and which leaves have points that are not yet core. The threads share all
    /// of it but the workspace.
    /// </summary>
    private sealed record Count(int[] Found, bool[] Open, bool[] OpenBelow, int MinPoints, LeafPairs.Workspace Work)
    {
        internal readonly int[] Columns = new int[Side];
    }

    private void CountCertain(int node, int leaf, int needed, ref int certain)
    {
        if (certain >= needed || tree.Apart(node, leaf, pairs.Limit))
            return;
        if (tree.Together(node, leaf, pairs.Limit))
            certain += tree.Points(node);
        else if (tree.Child(node) is var child and not 0)
        {
            CountCertain(child, leaf, needed, ref certain);
            CountCertain(child + 1, leaf, needed, ref certain);
        }
    }

    private bool Aggregate(int node, bool[] open, bool[] below)
    {
        int child = tree.Child(node);
        return below[node] = child == 0 ? open[tree.FirstLeaf(node)] : Aggregate(child, open, below) | Aggregate(child + 1, open, below);
    }

    /// <summary>Counts the pairs of a leaf with itself and the later ones that are neither apart nor together.</summary>
    private void CountPairs(int node, int leaf, Count count)
    {
        if (tree.LeafEnd(node) <= leaf || !(Volatile.Read(ref count.Open[leaf]) || count.OpenBelow[node]))
            return;
        if (tree.Apart(node, leaf, pairs.Limit) || tree.Together(node, leaf, pairs.Limit))
            return;
        int child = tree.Child(node);
        if (child != 0)
        {
            CountPairs(child, leaf, count);
            CountPairs(child + 1, leaf, count);
            return;
        }
        int other = tree.FirstLeaf(node);
        if (!Volatile.Read(ref count.Open[leaf]) && !Volatile.Read(ref count.Open[other]))
            return;
        if (pairs.Near(leaf, other, count.Work))
            Add(leaf, other, count);
        else
            pairs.RecordApart(leaf, other);
    }

    private static void Add(int leaf, int other, Count count)
    {
        Array.Clear(count.Columns);
        for (int j = 0; j < Side; j++)
        {
            uint row = count.Work.Rows[j];
            if (row == 0)
                continue;
            Interlocked.Add(ref count.Found[(other * Side) + j], BitOperations.PopCount(row));
            for (; row != 0 && leaf != other; row &= row - 1)
                count.Columns[BitOperations.TrailingZeroCount(row)]++;
        }
        Settle(other, count);
        if (leaf == other)
            return;
        for (int i = 0; i < Side; i++)
        {
            if (count.Columns[i] > 0)
                Interlocked.Add(ref count.Found[(leaf * Side) + i], count.Columns[i]);
        }
        Settle(leaf, count);
    }

    // Counts only grow, so a thread that sees all of them large enough is right; it does no harm when another thread sees it as well.
    private static void Settle(int leaf, Count count)
    {
        if (
            Volatile.Read(ref count.Open[leaf])
            && !count.Found.AsSpan(leaf * Side, Side).ContainsAnyInRange(int.MinValue, count.MinPoints - 1)
        )
            Volatile.Write(ref count.Open[leaf], false);
    }

    /// <summary>Gives every non-core point the smallest label among the core points within ε.</summary>
    internal void LabelBorders(bool[] core, int[] labels)
    {
        int[] first = new int[tree.Nodes];
        FirstLabels(0, core, labels, first);
        Parallel.For(
            0,
            tree.LeafCount,
            parallel,
            () => new Border(core, labels, first, pairs.NewWorkspace()),
            (leaf, _, border) =>
            {
                LabelLeaf(leaf, border);
                return border;
            },
            static _ => { }
        );
    }

    /// <summary>The state of labelling: the best labels so far of one leaf's points, and the largest of these.</summary>
    private sealed record Border(bool[] Core, int[] Labels, int[] First, LeafPairs.Workspace Work)
    {
        internal readonly int[] Best = new int[Side];
        internal int Worst;
    }

    private void LabelLeaf(int leaf, Border border)
    {
        uint wanted = 0;
        for (int i = 0; i < Side; i++)
        {
            int point = tree.Order[(leaf * Side) + i];
            bool open = point >= 0 && !border.Core[point];
            if (open)
                wanted |= 1u << i;
            border.Best[i] = open ? int.MaxValue : -1;
        }
        if (wanted == 0)
            return;
        border.Worst = int.MaxValue;
        Improve(0, leaf, wanted, border);
        for (; wanted != 0; wanted &= wanted - 1)
        {
            int i = BitOperations.TrailingZeroCount(wanted);
            border.Labels[tree.Order[(leaf * Side) + i]] = border.Best[i] == int.MaxValue ? -1 : border.Best[i];
        }
    }

    private void Improve(int node, int leaf, uint wanted, Border border)
    {
        if (border.First[node] >= border.Worst || tree.Apart(node, leaf, pairs.Limit))
            return;
        int child = tree.Child(node);
        if (child != 0)
        {
            Improve(child, leaf, wanted, border);
            Improve(child + 1, leaf, wanted, border);
            return;
        }
        int other = tree.FirstLeaf(node);
        if (pairs.KnownApart(leaf, other) || !pairs.Near(leaf, other, border.Work))
            return;
        for (int j = 0; j < Side; j++)
        {
            uint row = border.Work.Rows[j] & wanted;
            if (row == 0)
                continue;
            int point = tree.Order[(other * Side) + j];
            if (!border.Core[point])
                continue;
            for (; row != 0; row &= row - 1)
            {
                ref int best = ref border.Best[BitOperations.TrailingZeroCount(row)];
                best = Math.Min(best, border.Labels[point]);
            }
        }
        border.Worst =
            border.Best.AsSpan().IndexOf(int.MaxValue) >= 0 ? int.MaxValue : System.Numerics.Tensors.TensorPrimitives.Max<int>(border.Best);
    }

    /// <summary>The smallest label of the core points below each node, int.MaxValue where there is none.</summary>
    private int FirstLabels(int node, bool[] core, int[] labels, int[] first)
    {
        int child = tree.Child(node),
            smallest = int.MaxValue;
        if (child != 0)
            return first[node] = Math.Min(FirstLabels(child, core, labels, first), FirstLabels(child + 1, core, labels, first));
        foreach (int point in tree.Order.Slice(tree.FirstLeaf(node) * Side, Side))
        {
            if (point >= 0 && core[point])
                smallest = Math.Min(smallest, labels[point]);
        }
        return first[node] = smallest;
    }
}
