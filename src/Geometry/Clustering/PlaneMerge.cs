namespace Geometry.Clustering;

/// <summary>
/// DBSCAN on the surviving planes: core planes, their components, border planes; no neighbour list is ever stored.
/// </summary>
/// <remarks>
/// <para>Thousands of votes for one plane are all neighbours of each other, so that pairs must not be enumerated. (1) Counting
/// a plane's neighbours stops at minPts. (2) The first neighbour seen while counting is an edge; votes for one plane see the same
/// first votes, so these edges alone join nearly all of them. (3) An edge between two components has an end outside the largest one: only
/// planes outside it are walked in full. (4) Of those, a flat whose walk left nothing out holds planes of one component only, and other
/// planes with the very same flat are skipped. Each step only leaves out edges inside one component, so the result is exact.</para>
/// <para>Memory: two ints and a byte a survivor, and a fixed cache of flats a thread.</para>
/// </remarks>
internal sealed class PlaneMerge
{
    private const int Chunk = 64;

    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _index;
    private readonly ushort[] _survivors;
    private readonly int _threads;
    private readonly ConcurrentUnionFind _sets;

    internal PlaneMerge(PlaneProblem problem, SubsetIndex index, ushort[] survivors, int threads)
    {
        (_problem, _index, _survivors) = (problem, index, survivors);
        _threads = index.Count < 4 * Chunk ? 1 : threads;
        _sets = new ConcurrentUnionFind(index.Count);
        Core = new bool[index.Count];
    }

    internal bool[] Core { get; }

    /// <summary>Labels of the survivors; −1 for noise.</summary>
    internal int[] Run(int minPoints, out int clusters)
    {
        int count = _index.Count;
        int[] hub = new int[count];
        Each(w => w, (i, w) =>
        {
            w.Load(i);
            var counter = new Counter(minPoints);
            if (counter.Missing > 0) w.Walk(ref counter);
            Core[i] = counter.Missing <= 0;
            hub[i] = counter.First;
        });
        for (int i = 0; i < count; i++)
        {
            if (Core[i] && hub[i] >= 0 && Core[hub[i]]) _sets.Union(i, hub[i]);
        }
        int largest = Largest();
        Each(w => (Walk: w, Closed: new FlatCache(_problem.N)), (i, w) =>
        {
            if (!Core[i] || _sets.Find(i) == _sets.Find(largest)) return;
            w.Walk.Load(i);
            ReadOnlySpan<int> flat = w.Walk.Flat.AsSpan(0, w.Walk.FlatCount);
            if (w.Closed.Holds(flat)) return;
            var joiner = new Joiner(_sets, Core, i);
            w.Walk.Walk(ref joiner);
            if (!w.Walk.Pruned) w.Closed.Put(flat);
        });
        int[] labels = Dbscan.NumberClusters(Core, _sets, out clusters);
        int[] core = labels;
        Each(w => w, (i, w) =>
        {
            if (Core[i]) return;
            w.Load(i);
            var first = new FirstCluster(core, Core);
            w.Walk(ref first);
            labels[i] = first.Label == int.MaxValue ? -1 : first.Label;
        });
        return labels;
    }

    private void Each<T>(Func<PlaneNeighbours, T> workspace, Action<int, T> body) =>
        Workers.For(_index.Count, Chunk, _threads, () => workspace(new PlaneNeighbours(_problem, _index, _survivors)), body);

    /// <summary>A member of the component with most core planes.</summary>
    private int Largest()
    {
        int[] sizes = new int[_index.Count];
        int best = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            int root = _sets.Find(i);
            if (Core[i] && ++sizes[root] > sizes[best]) best = root;
        }
        return best;
    }

    private struct Counter(int minPoints) : INeighbourVisitor
    {
        /// <summary>Neighbours still missing; the plane itself is one.</summary>
        internal int Missing = minPoints - 1;
        internal int First = -1;

        public bool Visit(int neighbour)
        {
            if (First < 0) First = neighbour;
            return --Missing > 0;
        }
    }

    private readonly struct Joiner(ConcurrentUnionFind sets, bool[] core, int self) : INeighbourVisitor
    {
        public bool Visit(int neighbour)
        {
            if (core[neighbour]) sets.Union(self, neighbour);
            return true;
        }
    }

    private struct FirstCluster(int[] labels, bool[] core) : INeighbourVisitor
    {
        internal int Label = int.MaxValue;

        public bool Visit(int neighbour)
        {
            if (core[neighbour]) Label = Math.Min(Label, labels[neighbour]);
            return Label > 0;
        }
    }
}
