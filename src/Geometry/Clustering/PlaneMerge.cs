namespace Geometry.Clustering;

/// <summary>
/// DBSCAN on the surviving planes: core planes, their components, border planes; no neighbour list is ever stored.
/// </summary>
/// <remarks>
/// <para>Thousands of votes for one plane are all neighbours of each other, so that pairs must not be enumerated. (1) Counting
/// a plane's neighbours stops at minPts. (2) The first neighbour seen while counting is an edge; votes for one plane see the same
/// first votes, so these edges alone join nearly all of them. (3) An edge between two components has an end outside the largest one: only
/// core planes outside it are walked in full. (4) Such a walk looks a little beyond ε; let g be the distance of the nearest core plane that
/// is in another component after it. By the triangle inequality a core plane within g − ε of the walked one has no edge to another component,
/// so it is settled and not walked. Each step only leaves out edges inside one component, so the result is exact.</para>
/// <para>Memory: two ints and two bytes a survivor.</para>
/// </remarks>
internal sealed class PlaneMerge
{
    private const int Chunk = 64;

    /// <summary>How far the walks of step 4 look, in units of ε.</summary>
    private const double Horizon = 1.25;

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
        Each((i, w) =>
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
        Join(Largest());
        int[] labels = Dbscan.NumberClusters(Core, _sets, out clusters);
        Each((i, w) =>
        {
            if (Core[i]) return;
            w.Load(i);
            var first = new FirstCluster(labels, Core);
            w.Walk(ref first);
            labels[i] = first.Label == int.MaxValue ? -1 : first.Label;
        });
        return labels;
    }

    /// <summary>Steps 3 and 4: adds every missing edge that leads out of a component other than the largest.</summary>
    private void Join(int largest)
    {
        // Rounding of a distance near zero, in the Gram form, is the square root of the doubt in its square.
        double margin = Math.Sqrt(_problem.Doubt) + (1e-6 * Math.Sqrt(_problem.EpsilonSquared)), radius = Math.Sqrt(_problem.EpsilonSquared) + margin;
        // Threads may see a neighbour settled late, and walk it needlessly: the components are the same.
        bool[] settled = new bool[_index.Count];
        Each((i, w) =>
        {
            if (!Core[i] || settled[i] || _sets.Find(i) == _sets.Find(largest)) return;
            w.Walk.Load(i);
            var joiner = new Joiner(this, w.Walk, w.Near, i);
            w.Walk.Walk(ref joiner);
            double room = Math.Sqrt(joiner.NearestOther) - radius - margin;
            foreach ((int neighbour, double squared) in w.Near)
            {
                if (Math.Sqrt(squared) <= room) settled[neighbour] = true;
            }
        }, () => (Walk: new PlaneNeighbours(_problem, _index, _survivors, Horizon), Near: new List<(int, double)>()));
    }

    private void Each(Action<int, PlaneNeighbours> body) => Each(body, () => new PlaneNeighbours(_problem, _index, _survivors));

    private void Each<T>(Action<int, T> body, Func<T> workspace) => Workers.For(_index.Count, Chunk, _threads, workspace, body);

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

        public bool Visit(int neighbour, double squared)
        {
            if (First < 0) First = neighbour;
            return --Missing > 0;
        }
    }

    private struct Joiner : INeighbourVisitor
    {
        private readonly PlaneMerge _merge;
        private readonly PlaneNeighbours _walk;
        private readonly List<(int, double)> _near;
        private readonly int _self;
        private readonly double _nearLimit;

        internal Joiner(PlaneMerge merge, PlaneNeighbours walk, List<(int, double)> near, int self)
        {
            (_merge, _walk, _near, _self) = (merge, walk, near, self);
            double squared = merge._problem.EpsilonSquared;
            NearestOther = squared * Horizon * Horizon;
            _nearLimit = squared * (Horizon - 1) * (Horizon - 1);
            near.Clear();
        }

        /// <summary>g², the least squared distance of a core plane in another component; the horizon when none was seen.</summary>
        internal double NearestOther { get; private set; }

        public bool Visit(int neighbour, double squared)
        {
            if (!_merge.Core[neighbour]) return true;
            if (squared <= _nearLimit) _near.Add((neighbour, squared));
            if (_merge._sets.Find(neighbour) == _merge._sets.Find(_self)) return true;
            if (_walk.IsWithin(squared)) _merge._sets.Union(_self, neighbour);
            else NearestOther = Math.Min(NearestOther, squared);
            return true;
        }
    }

    private struct FirstCluster(int[] labels, bool[] core) : INeighbourVisitor
    {
        internal int Label = int.MaxValue;

        public bool Visit(int neighbour, double squared)
        {
            if (core[neighbour]) Label = Math.Min(Label, labels[neighbour]);
            return Label > 0;
        }
    }
}
