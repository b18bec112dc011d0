using Geometry.Clustering;

namespace Geometry.Grassmannian.Planes;

/// <summary>DBSCAN on the surviving planes: core planes, their components, border planes; no neighbour list is ever stored.</summary>
/// <remarks>
/// <para>Thousands of votes for one plane are all neighbours of each other, so that pairs must not be enumerated. (1) When minPts is 2, two
/// neighbours are both core. So where the flat is small, one walk adds all edges of a plane, and the planes at the other ends need no
/// counting. (2) Elsewhere counting a plane's neighbours stops at minPts, and the first neighbour seen is an edge; votes for one plane see
/// the same first votes, so that these edges alone join nearly all of them. (3) An edge between two components has an end outside the
/// largest one: only core planes outside it are walked in full. (4) Such a walk, and that of step 1, looks beyond ε, furthest where few
/// features are near. Let g be the distance of the nearest plane that is in another component after the walk. By the triangle inequality a
/// core plane within g − ε of the walked one has no edge to another component; it is settled and not walked. Each step only leaves out
/// edges inside one component, so the result is exact. (5) A plane without neighbours is no border plane.</para>
/// <para>Memory: four ints and two bytes per survivor, and per thread 16 bytes for each plane that one walk sees.</para>
/// </remarks>
internal sealed class PlaneMerge
{
    private const int Chunk = 64;

    private readonly PlaneProblem _problem;
    private readonly SubsetIndex _index;
    private readonly ushort[] _survivors;
    private readonly int _threads;
    private readonly ConcurrentUnionFind _sets;

    /// <summary>
    /// Planes that have no edge to another component. A thread may see an entry late and walk the plane needlessly; the components stay the
    /// same.
    /// </summary>
    private readonly bool[] _settled;

    /// <summary>
    /// Margin for comparisons of distances: a distance near zero, in the Gram form, is off by up to the square root of the error of its
    /// square, and 1e−6·ε is added for other rounding.
    /// </summary>
    private readonly double _margin;

    internal PlaneMerge(PlaneProblem problem, SubsetIndex index, ushort[] survivors, int threads)
    {
        (_problem, _index, _survivors) = (problem, index, survivors);
        _threads = threads;
        _sets = new ConcurrentUnionFind(index.Count);
        Core = new bool[index.Count];
        _settled = new bool[index.Count];
        _margin = Math.Sqrt(problem.Doubt) + (1e-6 * Math.Sqrt(problem.EpsilonSquared));
    }

    /// <summary>Whether each survivor is core.</summary>
    internal bool[] Core { get; }

    /// <summary>Labels of the survivors; −1 for noise.</summary>
    internal int[] Run(int minPoints, out int clusters)
    {
        int count = _index.Count;
        int[] neighbour = new int[count];
        Each(count, (i, w) =>
        {
            neighbour[i] = i;
            if (Core[i])
                return;
            // Where the plane before had many features near, this one probably has, too, and a walk beyond ε would be too long.
            bool crowd = minPoints > 2 || w.Walk.FlatCount > _problem.K + PlaneNeighbours.SmallFlat;
            w.Walk.Load(i, wide: !crowd);
            if (minPoints > 2 || w.Walk.FlatCount > _problem.K + PlaneNeighbours.SmallFlat)
            {
                if (!crowd)
                    w.Walk.Narrow(horizon: 1);
                neighbour[i] = Count(i, minPoints, w.Walk);
                return;
            }
            if (crowd)
                w.Walk.Load(i, wide: true);
            Connect(i, w.Walk, w.Near, anyIsCore: true);
            if (!Core[i])
                neighbour[i] = -1;
        });
        for (int i = 0; i < count; i++)
        {
            if (Core[i] && neighbour[i] >= 0 && neighbour[i] != i && Core[neighbour[i]])
                _sets.Union(i, neighbour[i]);
        }
        Join(Largest());
        int[] labels = Dbscan.NumberClusters(Core, _sets, out clusters);
        Each(Where(i => !Core[i] && neighbour[i] >= 0), (i, w) =>
        {
            w.Walk.Load(i, wide: false);
            var first = new FirstCluster(labels, Core);
            w.Walk.Walk(ref first, wide: false);
            labels[i] = first.Label == int.MaxValue ? -1 : first.Label;
        });
        return labels;
    }

    /// <summary>Step 2: whether the loaded plane is core. Returns its first neighbour, −1 when it has none.</summary>
    private int Count(int i, int minPoints, PlaneNeighbours walk)
    {
        var counter = new Counter(minPoints);
        walk.Walk(ref counter, wide: false);
        if (counter.Missing <= 0)
            Core[i] = true;
        return counter.First;
    }

    /// <summary>Steps 3 and 4: adds every missing edge that leads out of a component other than the largest.</summary>
    private void Join(int largest) => Each(Where(i => Core[i] && !_settled[i] && _sets.Find(i) != _sets.Find(largest)), (i, w) =>
        {
            if (_settled[i] || _sets.Find(i) == _sets.Find(largest))
                return;
            w.Walk.Load(i, wide: true);
            Connect(i, w.Walk, w.Near, anyIsCore: false);
        });

    /// <summary>Adds every edge of the loaded plane, and settles it and the planes that step 4 names.</summary>
    private void Connect(int i, PlaneNeighbours walk, List<(int Plane, double Squared)> near, bool anyIsCore)
    {
        near.Clear();
        var joiner = new Joiner(this, walk, near, i, anyIsCore);
        walk.Walk(ref joiner, wide: true);
        _settled[i] = true;
        double room = Math.Sqrt(joiner.NearestOther) - Math.Sqrt(_problem.EpsilonSquared) - (2 * _margin);
        foreach ((int plane, double squared) in near)
        {
            if (Math.Sqrt(squared) <= room)
                _settled[plane] = true;
        }
    }

    private int[] Where(Func<int, bool> condition) => [.. Enumerable.Range(0, _index.Count).Where(condition)];

    private void Each(int[] planes, Action<int, (PlaneNeighbours Walk, List<(int Plane, double Squared)> Near)> body) =>
        Each(planes.Length, (i, w) => body(planes[i], w));

    private void Each(int count, Action<int, (PlaneNeighbours Walk, List<(int Plane, double Squared)> Near)> body) =>
        Workers.For(
            count,
            Chunk,
            count < 4 * Chunk ? 1 : _threads,
            () => (new PlaneNeighbours(_problem, _index, _survivors), new List<(int, double)>()),
            body
        );

    /// <summary>A member of the component with most core planes.</summary>
    private int Largest()
    {
        int[] sizes = new int[_index.Count];
        int best = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            int root = _sets.Find(i);
            if (Core[i] && ++sizes[root] > sizes[best])
                best = root;
        }
        return best;
    }

    private struct Counter(int minPoints) : INeighbourVisitor
    {
        /// <summary>Number of neighbours still missing; the plane itself counts as one.</summary>
        internal int Missing = minPoints - 1;
        internal int First = -1;

        public bool Visit(int neighbour, double squared)
        {
            if (First < 0)
                First = neighbour;
            return --Missing > 0;
        }
    }

    private struct Joiner : INeighbourVisitor
    {
        private readonly PlaneMerge _merge;
        private readonly PlaneNeighbours _walk;
        private readonly List<(int, double)> _near;
        private readonly int _self;
        private readonly bool _anyIsCore;
        private readonly double _nearLimit;

        internal Joiner(PlaneMerge merge, PlaneNeighbours walk, List<(int, double)> near, int self, bool anyIsCore)
        {
            (_merge, _walk, _near, _self, _anyIsCore) = (merge, walk, near, self, anyIsCore);
            double squared = merge._problem.EpsilonSquared,
                beyond = walk.Horizon - 1;
            NearestOther = squared * walk.Horizon * walk.Horizon;
            _nearLimit = squared * beyond * beyond;
        }

        /// <summary>
        /// g², the least squared distance of a plane in another component (of a core plane, unless any plane may be core); that of the
        /// horizon when none was seen.
        /// </summary>
        internal double NearestOther { get; private set; }

        public bool Visit(int neighbour, double squared)
        {
            if (!_anyIsCore && !_merge.Core[neighbour])
                return true;
            if (squared <= _nearLimit)
                _near.Add((neighbour, squared));
            if (_merge._sets.Find(neighbour) == _merge._sets.Find(_self))
                return true;
            if (_walk.IsWithin(squared))
            {
                if (_anyIsCore)
                    _merge.Core[neighbour] = _merge.Core[_self] = true;
                _merge._sets.Union(_self, neighbour);
            }
            else
            {
                NearestOther = Math.Min(NearestOther, squared);
            }
            return true;
        }
    }

    private struct FirstCluster(int[] labels, bool[] core) : INeighbourVisitor
    {
        internal int Label = int.MaxValue;

        public bool Visit(int neighbour, double squared)
        {
            if (core[neighbour])
                Label = Math.Min(Label, labels[neighbour]);
            return Label > 0;
        }
    }
}
