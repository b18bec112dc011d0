using Geometry.Clustering;

namespace Geometry.Measures.Topology;

/// <summary>An interval of a barcode: a homology class that exists at all scales in [Birth, Death).</summary>
/// <param name="Degree">Degree of the homology, ≥ 0.</param>
/// <param name="Birth">The scale at which it appears.</param>
/// <param name="Death">The scale at which it vanishes; +∞ for a class that never does.</param>
public readonly record struct Bar(int Degree, double Birth, double Death);

/// <summary>Persistent homology of Vietoris–Rips filtrations with coefficients in Z/2.</summary>
/// <remarks>
/// <para>
/// Degree 0 is Kruskal's minimum spanning tree. Each further degree reduces coboundary matrices column by column, in the reverse order of
/// the filtration, over simplices that are numbers (<see cref="RipsComplex"/>): columns of simplices that end a class of lower degree are
/// left out (clearing), apparent pairs are skipped, emergent pairs end a column at once, and only the simplices added to a column are
/// stored. The filtration ends at the enclosing radius. Source: U. Bauer, Ripser, J. Appl. Comput. Topol. 5 (2021) 391,
/// doi:10.1007/s41468-021-00071-5.
/// </para>
/// <para>
/// Work: all simplices up to the largest degree are enumerated, C(n, degree+1) of them, about 10 ns each with C(n, degree)·n/16 vector
/// operations; their cofacets are enumerated only for simplices in no apparent pair. Memory: the remaining columns, which are usually few.
/// The worst case is cubic in the number of simplices.
/// </para>
/// </remarks>
public sealed class RipsPersistence
{
    private readonly RipsComplex _complex;
    private readonly List<Bar> _bars = [];
    private readonly KeyHeap _coboundary = new(),
        _reduction = new();
    private readonly int[] _row;
    private readonly List<ulong> _emerged = [];
    private Dictionary<ulong, int> _pivots = [];
    private HashSet<ulong> _cleared = [];

    private RipsPersistence(RipsComplex complex)
    {
        _complex = complex;
        _row = new int[complex.Stride];
    }

    /// <summary>Computes the barcode.</summary>
    /// <param name="distances">Symmetric matrix points×points of finite distances ≥ 0.</param>
    /// <param name="points">Number of points, ≥ 0.</param>
    /// <param name="maxDegree">Largest degree, ≥ 0.</param>
    /// <param name="tolerance">Neighbours in the sorted distances that differ by at most this are equal, and there are no bars between
    /// them; ≥ 0.</param>
    /// <returns>The bars, sorted by degree, birth and death. One bar of degree 0 never dies.</returns>
    /// <exception cref="ArgumentException">The matrix has a wrong size, or the number of simplices times that of scales exceeds
    /// 2⁶³.</exception>
    public static IReadOnlyList<Bar> Of(ReadOnlySpan<double> distances, int points, int maxDegree, double tolerance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        ArgumentOutOfRangeException.ThrowIfNegative(maxDegree);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (distances.Length != (long)points * points)
            throw new ArgumentException($"expected {(long)points * points} distances, found {distances.Length}", nameof(distances));
        if (points == 0)
            return [];
        // Cofacets of simplices of the largest degree have one vertex more.
        var persistence = new RipsPersistence(new RipsComplex(distances, points, Math.Min(maxDegree + 1, points), tolerance));
        persistence.Run(maxDegree);
        return [.. persistence._bars.OrderBy(b => b.Degree).ThenBy(b => b.Birth).ThenBy(b => b.Death)];
    }

    /// <summary>
    /// The number of simplices of the largest degree without a threshold, C(n, degree+1), to which the work is proportional.
    /// </summary>
    public static double Simplices(int points, int maxDegree)
    {
        double count = 1;
        for (int k = 0; k <= maxDegree; k++)
            count *= (double)(points - k) / (k + 1);
        return Math.Max(0, count);
    }

    private void Run(int maxDegree)
    {
        List<ulong> columns = Components(wanted: maxDegree > 0);
        for (int degree = 1; degree <= maxDegree && degree + 1 < _complex.Points; degree++)
        {
            if (degree > 1)
                columns = Columns(degree);
            columns.Sort();
            columns.Reverse();
            Reduce(columns, degree);
            _cleared = [.. _pivots.Keys];
            _pivots = [];
        }
    }

    /// <summary>Computes the bars of degree 0, and returns the edges whose columns have to be reduced for degree 1.</summary>
    private List<ulong> Components(bool wanted)
    {
        int n = _complex.Points;
        int[] parent = [.. Enumerable.Range(0, n)];
        ulong[] edges = new ulong[n * (n - 1) / 2];
        for (int i = 0, e = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                edges[e++] = _complex.Key(_complex.Edge(i, j), _complex.Binomial(i, 2) + j);
        }
        Array.Sort(edges);
        var columns = new List<ulong>();
        Span<int> ends = stackalloc int[2];
        foreach (ulong edge in edges)
        {
            _complex.Vertices(edge, ends);
            int rank = _complex.RankOf(edge);
            if (UnionFind.Root(parent, ends[0]) != UnionFind.Root(parent, ends[1]))
            {
                UnionFind.Union(parent, ends[0], ends[1]);
                Add(0, 0, rank);
            }
            else if (wanted && rank <= _complex.Threshold)
            {
                _complex.Farthest(ends, _row);
                if (!_complex.HasApparentCofacet(ends, rank, _row))
                    columns.Add(edge);
            }
        }
        _bars.Add(new Bar(0, 0, double.PositiveInfinity));
        return columns;
    }

    private void Add(int degree, int birth, int death)
    {
        if (birth < death)
            _bars.Add(new Bar(degree, _complex.Scales[birth], _complex.Scales[death]));
    }

    /// <summary>
    /// The simplices of a degree whose columns have to be reduced: those in no apparent pair that are no pivot of the degree below.
    /// </summary>
    private List<ulong> Columns(int degree)
    {
        var columns = new List<ulong>();
        int[][] rows = [.. Enumerable.Range(0, degree + 1).Select(_ => new int[_complex.Stride])];
        Extend(new int[degree + 1], 0, 0, 0, rows, columns);
        return columns;
    }

    /// <summary>Extends the first <paramref name="depth"/> vertices, which are in falling order, by all smaller vertices in turn.</summary>
    private void Extend(int[] vertices, int depth, int rank, long index, int[][] rows, List<ulong> columns)
    {
        int left = vertices.Length - depth;
        for (int v = (depth == 0 ? _complex.Points : vertices[depth - 1]) - 1; v >= left - 1; v--)
        {
            int grown = depth == 0 ? 0 : Math.Max(rank, rows[depth - 1][v]);
            if (grown > _complex.Threshold)
                continue;
            vertices[depth] = v;
            if (depth == 0)
                _complex.Row(v).CopyTo(rows[0]);
            else
                _complex.Raise(rows[depth - 1], v, rows[depth]);
            long at = index + _complex.Binomial(v, left);
            if (left > 1)
                Extend(vertices, depth + 1, grown, at, rows, columns);
            else if (!_complex.HasApparentCofacet(vertices, grown, rows[depth]) && _complex.ApparentFacet(vertices, grown) < 0)
            {
                ulong key = _complex.Key(grown, at);
                if (!_cleared.Contains(key))
                    columns.Add(key);
            }
        }
    }

    private void Reduce(List<ulong> columns, int degree)
    {
        // Column c is the sum of itself and added[starts[c]] … added[starts[c + 1] − 1].
        var added = new List<ulong>();
        var starts = new List<int>(columns.Count + 1);
        Span<int> vertices = stackalloc int[degree + 2];
        for (int c = 0; c < columns.Count; c++)
        {
            starts.Add(added.Count);
            _coboundary.Clear();
            _reduction.Clear();
            int birth = _complex.RankOf(columns[c]);
            ulong pivot = Begin(columns[c], degree);
            while (pivot != KeyHeap.None)
            {
                if (_pivots.TryGetValue(pivot, out int other))
                {
                    AddCoboundary(columns[other], degree);
                    for (int k = starts[other]; k < starts[other + 1]; k++)
                        AddCoboundary(added[k], degree);
                }
                else
                {
                    int rank = _complex.RankOf(pivot);
                    _complex.Vertices(pivot, vertices);
                    int removed = _complex.ApparentFacet(vertices, rank);
                    if (removed < 0)
                    {
                        Add(degree, birth, rank);
                        _pivots.Add(pivot, c);
                        for (ulong key = _reduction.Pop(); key != KeyHeap.None; key = _reduction.Pop())
                            added.Add(key);
                        break;
                    }
                    AddCoboundary(_complex.Key(rank, IndexWithout(vertices, removed)), degree);
                }
                pivot = _coboundary.Peek();
            }
            if (pivot == KeyHeap.None)
                _bars.Add(new Bar(degree, _complex.Scales[birth], double.PositiveInfinity));
        }
    }

    /// <summary>
    /// Puts the coboundary of a column's own simplex on the heap, and returns its pivot. For an emergent pivot the heap stays empty.
    /// </summary>
    private ulong Begin(ulong column, int degree)
    {
        Cofacets(column, degree, _emerged);
        int rank = _complex.RankOf(column);
        Span<int> vertices = stackalloc int[degree + 2];
        foreach (ulong cofacet in _emerged)
        {
            if (_complex.RankOf(cofacet) != rank)
                continue;
            // The first cofacet of the column's own rank is the pivot, and remains it unless another column has the same pivot.
            _complex.Vertices(cofacet, vertices);
            if (!_pivots.ContainsKey(cofacet) && _complex.ApparentFacet(vertices, rank) < 0)
                return cofacet;
            break;
        }
        foreach (ulong cofacet in _emerged)
            _coboundary.Push(cofacet);
        return _coboundary.Peek();
    }

    private void AddCoboundary(ulong simplex, int degree)
    {
        _reduction.Push(simplex);
        Cofacets(simplex, degree, _emerged);
        foreach (ulong cofacet in _emerged)
            _coboundary.Push(cofacet);
    }

    /// <summary>The cofacets of a simplex up to the threshold, by falling index.</summary>
    private void Cofacets(ulong simplex, int degree, List<ulong> cofacets)
    {
        cofacets.Clear();
        Span<int> vertices = stackalloc int[degree + 1];
        _complex.Vertices(simplex, vertices);
        _complex.Farthest(vertices, _row);
        int rank = _complex.RankOf(simplex),
            above = vertices.Length + 1;
        long upper = 0,
            lower = 0;
        for (int k = 0; k < vertices.Length; k++)
            lower += _complex.Binomial(vertices[k], vertices.Length - k);
        for (int j = _complex.Points - 1, next = 0; j >= 0; j--)
        {
            if (next < vertices.Length && j == vertices[next])
            {
                // From here on the new vertex comes after this one, which moves up by one place.
                lower -= _complex.Binomial(j, above - 1);
                upper += _complex.Binomial(j, above);
                above--;
                next++;
            }
            else if (_row[j] <= _complex.Threshold)
            {
                cofacets.Add(_complex.Key(Math.Max(rank, _row[j]), upper + _complex.Binomial(j, above) + lower));
            }
        }
    }

    private long IndexWithout(ReadOnlySpan<int> vertices, int removed)
    {
        long index = 0;
        for (int i = 0, k = vertices.Length - 1; i < vertices.Length; i++)
        {
            if (i != removed)
                index += _complex.Binomial(vertices[i], k--);
        }
        return index;
    }
}
