using System.Numerics;

namespace Geometry.Clustering;

/// <summary>
/// Questions about ε-neighbourhoods that need no list of neighbours: is a point core, and which is the first cluster that reaches it.
/// </summary>
/// <remarks>
/// Works leaf by leaf in parallel. The leaves whose boxes come within ε are found once for all points of a leaf, and subtrees that lie
/// within ε of all of them are counted without being looked into.
/// </remarks>
internal sealed class RangeSearch(PointTree tree, double epsilon, ParallelOptions parallel)
{
    /// <summary>ε², what squared distances are compared with.</summary>
    internal double Limit { get; } = epsilon * epsilon;

    internal ParallelOptions Parallel { get; } = parallel;

    /// <summary>The leaves to look into for one query leaf, and how many points are neighbours beyond doubt.</summary>
    private sealed class Vicinity(int dim)
    {
        internal readonly List<int> Leaves = [];
        internal readonly double[] X = new double[dim];
        internal int Certain;
    }

    /// <summary>Marks the points with at least minPts points within ε, counting until that is known.</summary>
    internal bool[] CorePoints(int minPoints)
    {
        bool[] core = new bool[tree.Count];
        EachLeaf((leaf, vicinity) =>
        {
            vicinity.Leaves.Clear();
            vicinity.Certain = 0;
            Descend(0, leaf, vicinity, minPoints);
            EachPoint(leaf, vicinity.X, (point, x) => core[point] = Reaches(vicinity, x, minPoints));
        });
        return core;
    }

    private bool Reaches(Vicinity vicinity, ReadOnlySpan<double> x, int minPoints)
    {
        int found = vicinity.Certain;
        if (found >= minPoints) return true;
        foreach (int leaf in vicinity.Leaves)
        {
            for (int block = tree.FirstBlock(leaf); block < tree.BlockEnd(leaf); block++)
            {
                found += BitOperations.PopCount(tree.Within(block, x, Limit));
                if (found >= minPoints) return true;
            }
        }
        return false;
    }

    /// <summary>Gives every non-core point the smallest label among the core points within ε.</summary>
    internal void LabelBorders(bool[] core, int[] labels)
    {
        int[] first = new int[tree.Nodes];
        FirstLabels(0, core, labels, first);
        EachLeaf((leaf, vicinity) =>
        {
            bool collected = false;
            EachPoint(leaf, vicinity.X, (point, x) =>
            {
                if (core[point]) return;
                if (!collected)
                {
                    vicinity.Leaves.Clear();
                    Descend(0, leaf, vicinity, 0, first);
                    collected = true;
                }
                labels[point] = FirstCluster(vicinity.Leaves, x, core, labels, first);
            });
        });
    }

    private int FirstCluster(List<int> near, ReadOnlySpan<double> x, bool[] core, int[] labels, int[] firstLabel)
    {
        int first = int.MaxValue;
        foreach (int leaf in near)
        {
            if (firstLabel[leaf] >= first) continue;
            for (int block = tree.FirstBlock(leaf); block < tree.BlockEnd(leaf); block++)
            {
                for (uint hits = tree.Within(block, x, Limit); hits != 0; hits &= hits - 1)
                {
                    int other = tree.Order[(block * PointTree.Lanes) + BitOperations.TrailingZeroCount(hits)];
                    if (core[other]) first = Math.Min(first, labels[other]);
                }
            }
        }
        return first == int.MaxValue ? -1 : first;
    }

    /// <summary>The smallest label of the core points below each node, int.MaxValue where there is none.</summary>
    private int FirstLabels(int node, bool[] core, int[] labels, int[] first)
    {
        int child = tree.Child(node), smallest = int.MaxValue;
        if (child != 0) return first[node] = Math.Min(FirstLabels(child, core, labels, first), FirstLabels(child + 1, core, labels, first));
        foreach (int point in tree.Order[(tree.FirstBlock(node) * PointTree.Lanes)..(tree.BlockEnd(node) * PointTree.Lanes)])
        {
            if (point >= 0 && core[point]) smallest = Math.Min(smallest, labels[point]);
        }
        return first[node] = smallest;
    }

    private void EachLeaf(Action<int, Vicinity> body) =>
        System.Threading.Tasks.Parallel.For(0, tree.Leaves.Count, Parallel, () => new Vicinity(tree.Dim), (i, _, vicinity) =>
        {
            body(tree.Leaves[i], vicinity);
            return vicinity;
        }, static _ => { });

    private void EachPoint(int leaf, double[] x, Action<int, double[]> body)
    {
        for (int slot = tree.FirstBlock(leaf) * PointTree.Lanes; slot < tree.BlockEnd(leaf) * PointTree.Lanes; slot++)
        {
            int point = tree.Order[slot];
            if (point < 0) continue;
            tree.Gather(slot, x);
            body(point, x);
        }
    }

    /// <summary>Collects the leaves near a query leaf; with a positive <paramref name="needed"/> it counts certain neighbours and ends when they suffice.</summary>
    private void Descend(int node, int leaf, Vicinity vicinity, int needed, int[]? firstLabel = null)
    {
        if (firstLabel is not null && firstLabel[node] == int.MaxValue) return;
        if ((needed > 0 && vicinity.Certain >= needed) || tree.SquaredGap(node, leaf) > Limit) return;
        int child = tree.Child(node);
        if (needed > 0 && tree.SquaredReach(node, leaf) <= Limit) vicinity.Certain += tree.Points(node);
        else if (child == 0) vicinity.Leaves.Add(node);
        else
        {
            Descend(child, leaf, vicinity, needed, firstLabel);
            Descend(child + 1, leaf, vicinity, needed, firstLabel);
        }
    }
}
