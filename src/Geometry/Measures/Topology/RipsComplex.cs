using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Geometry.Measures.Topology;

/// <summary>
/// The simplices of a Vietoris–Rips filtration. No simplex is stored: each has a number from which its vertices and its scale follow.
/// </summary>
/// <remarks>
/// <para>
/// Scales are represented by ranks: 0 for the vertices, then the distinct distances in rising order, which makes comparisons exact. A
/// simplex with the vertices v_k &gt; … &gt; v_0 has the index Σ C(v_i, i+1) in the combinatorial number system. Its key has the rank in
/// the upper bits and the complement of the index in the lower ones. Keys thus rise in the order of the filtration, with larger indices
/// first among simplices of one rank, the order of Ripser.
/// </para>
/// <para>
/// An apparent pair is a simplex and its first cofacet of the same rank, where the first facet of that rank of the cofacet is the simplex
/// again (cofacets by falling index, facets by rising index). Such pairs are bars of length zero, and are found without a reduction.
/// Source: U. Bauer, Ripser, J. Appl. Comput. Topol. 5 (2021) 391, doi:10.1007/s41468-021-00071-5.
/// </para>
/// <para>
/// Rows of ranks are scanned sixteen at a time. The diagonal and the padding of a row are larger than any rank, so no scan finds a vertex
/// of the simplex itself. Not thread-safe.
/// </para>
/// </remarks>
internal sealed class RipsComplex
{
    private const int Lanes = 16;
    private readonly int _stride;
    private readonly int[] _ranks;
    private readonly long[][] _binomials;
    private readonly int _indexBits;
    private readonly ulong _indexMask;

    /// <param name="distances">Symmetric, points×points, ≥ 0; the diagonal is ignored.</param>
    /// <param name="points">Number of points, ≥ 1.</param>
    /// <param name="dimension">Largest dimension of a simplex that will be used.</param>
    /// <param name="tolerance">Neighbours in the sorted distances that differ by at most this are equal.</param>
    /// <exception cref="ArgumentException">There are more simplices than keys.</exception>
    public RipsComplex(ReadOnlySpan<double> distances, int points, int dimension, double tolerance)
    {
        Points = points;
        _stride = (points + Lanes - 1) / Lanes * Lanes;
        _ranks = new int[points * _stride];
        _binomials = Binomials(points, dimension + 1);
        long most = 0;
        for (int k = 1; k <= dimension + 1; k++)
            most = Math.Max(most, _binomials[k][points]);
        _indexBits = 64 - BitOperations.LeadingZeroCount((ulong)most);
        _indexMask = (1UL << _indexBits) - 1;
        Scales = Rank(distances, tolerance);
        int rankBits = 32 - BitOperations.LeadingZeroCount((uint)Scales.Length);
        if (rankBits + _indexBits > 63)
            throw new ArgumentException($"{points} points have too many simplices of dimension {dimension}", nameof(dimension));
        Threshold = int.MaxValue;
        for (int i = 0; i < points; i++)
        {
            int farthest = 0;
            for (int j = 0; j < points; j++)
                farthest = j == i ? farthest : Math.Max(farthest, _ranks[(i * _stride) + j]);
            Threshold = Math.Min(Threshold, farthest);
        }
    }

    /// <summary>Number of points.</summary>
    public int Points { get; }

    /// <summary>The scale of each rank; that of rank 0 is 0.</summary>
    public double[] Scales { get; }

    /// <summary>
    /// The rank of the enclosing radius. From there on some point is joined to all others, and the complex is a cone without further
    /// homology.
    /// </summary>
    public int Threshold { get; }

    /// <summary>Length of a row of ranks, the number of points rounded up to a multiple of 16.</summary>
    public int Stride => _stride;

    /// <summary>The rank of a key.</summary>
    public int RankOf(ulong key) => (int)(key >> _indexBits);

    /// <summary>The key of a simplex.</summary>
    public ulong Key(int rank, long index) => ((ulong)rank << _indexBits) | (_indexMask - (ulong)index);

    /// <summary>C(n, k) for n ≤ points.</summary>
    public long Binomial(int n, int k) => _binomials[k][n];

    /// <summary>The rank of an edge; meaningless for i = j.</summary>
    public int Edge(int i, int j) => _ranks[(i * _stride) + j];

    /// <summary>Ranks of the edges at a vertex, length <see cref="Stride"/>.</summary>
    public ReadOnlySpan<int> Row(int vertex) => _ranks.AsSpan(vertex * _stride, _stride);

    /// <summary>Writes the vertices of a simplex in falling order.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="vertices">Length dimension + 1, overwritten.</param>
    public void Vertices(ulong key, Span<int> vertices)
    {
        long index = (long)(_indexMask - (key & _indexMask));
        int high = Points - 1;
        for (int k = vertices.Length; k >= 1; k--)
        {
            // The largest v with C(v, k) ≤ index.
            long[] row = _binomials[k];
            int low = k - 1;
            while (low < high)
            {
                int middle = (low + high + 1) >> 1;
                if (row[middle] <= index)
                    low = middle;
                else
                    high = middle - 1;
            }
            vertices[^k] = low;
            index -= row[low];
            high = low - 1;
        }
    }

    /// <summary>Writes the largest rank of the edges between each point and the given vertices.</summary>
    /// <param name="vertices">At least one.</param>
    /// <param name="row">Length <see cref="Stride"/>, overwritten; above any rank at the vertices themselves.</param>
    public void Farthest(ReadOnlySpan<int> vertices, Span<int> row)
    {
        Row(vertices[0]).CopyTo(row);
        foreach (int vertex in vertices[1..])
            Raise(row, vertex, row);
    }

    /// <summary>target ← max(row, ranks at a vertex).</summary>
    public void Raise(ReadOnlySpan<int> row, int vertex, Span<int> target)
    {
        ref int from = ref MemoryMarshal.GetReference(row);
        ref int with = ref _ranks[vertex * _stride];
        ref int to = ref MemoryMarshal.GetReference(target);
        for (nuint j = 0; j < (nuint)_stride; j += Lanes)
            Vector512.Max(Vector512.LoadUnsafe(ref from, j), Vector512.LoadUnsafe(ref with, j)).StoreUnsafe(ref to, j);
    }

    /// <summary>Whether a simplex and one of its cofacets are an apparent pair.</summary>
    /// <param name="vertices">The vertices of the simplex in falling order.</param>
    /// <param name="rank">Its rank.</param>
    /// <param name="row"><see cref="Farthest"/> of the vertices.</param>
    public bool HasApparentCofacet(ReadOnlySpan<int> vertices, int rank, ReadOnlySpan<int> row)
    {
        int added = Last(row, rank, 0);
        if (added < 0)
            return false;
        for (int p = 0; p < vertices.Length && vertices[p] > added; p++)
        {
            // The facet without this vertex, if it has the rank, comes before the simplex.
            int without = RankWithout(vertices, p);
            for (int i = 0; i < vertices.Length && without < rank; i++)
                without = i == p ? without : Math.Max(without, Edge(vertices[i], added));
            if (without == rank)
                return false;
        }
        return true;
    }

    /// <summary>
    /// The position of the vertex without which a simplex is the facet with which it forms an apparent pair; −1 where there is no such
    /// pair.
    /// </summary>
    /// <param name="vertices">The vertices of the simplex in falling order, at least two.</param>
    /// <param name="rank">Its rank.</param>
    public int ApparentFacet(ReadOnlySpan<int> vertices, int rank)
    {
        for (int p = 0; p < vertices.Length; p++)
        {
            if (RankWithout(vertices, p) == rank)
                return HasCofacetAbove(vertices, p, rank) ? -1 : p;
        }
        return -1;
    }

    private int RankWithout(ReadOnlySpan<int> vertices, int position)
    {
        int rank = 0;
        for (int i = 0; i < vertices.Length; i++)
        {
            if (i == position)
                continue;
            ReadOnlySpan<int> row = Row(vertices[i]);
            for (int j = 0; j < i; j++)
                rank = j == position ? rank : Math.Max(rank, row[vertices[j]]);
        }
        return rank;
    }

    /// <summary>Whether the facet without a vertex has a cofacet of the rank with a larger vertex than that one.</summary>
    private bool HasCofacetAbove(ReadOnlySpan<int> vertices, int position, int rank)
    {
        int least = vertices[position] + 1,
            block = (Points - 1) / Lanes * Lanes;
        Vector512<int> limit = Vector512.Create(rank);
        for (; block + Lanes > least; block -= Lanes)
        {
            Vector512<int> row = default;
            for (int i = 0; i < vertices.Length; i++)
            {
                if (i != position)
                    row = Vector512.Max(row, Vector512.LoadUnsafe(ref _ranks[(vertices[i] * _stride) + block]));
            }
            ulong found = Vector512.LessThanOrEqual(row, limit).ExtractMostSignificantBits();
            if (block < least)
                found &= ~0UL << (least - block);
            if (found != 0)
                return true;
        }
        return false;
    }

    /// <summary>The largest j ≥ least with row[j] ≤ rank; −1 for none.</summary>
    private int Last(ReadOnlySpan<int> row, int rank, int least)
    {
        ref int start = ref MemoryMarshal.GetReference(row);
        Vector512<int> limit = Vector512.Create(rank);
        for (int block = _stride - Lanes; block + Lanes > least; block -= Lanes)
        {
            ulong found = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref start, (nuint)block), limit).ExtractMostSignificantBits();
            if (found != 0)
                return block + BitOperations.Log2(found);
        }
        return -1;
    }

    private double[] Rank(ReadOnlySpan<double> distances, double tolerance)
    {
        int edges = Points * (Points - 1) / 2,
            e = 0;
        double[] sorted = new double[edges];
        int[] places = new int[edges];
        for (int i = 0; i < Points; i++)
        {
            for (int j = 0; j < i; j++, e++)
                (sorted[e], places[e]) = (distances[(i * Points) + j], (i * _stride) + j);
        }
        Array.Sort(sorted, places);
        Array.Fill(_ranks, int.MaxValue);
        var scales = new List<double> { 0 };
        double previous = 0;
        for (e = 0; e < edges; e++)
        {
            if (sorted[e] - previous > tolerance)
                scales.Add(sorted[e]);
            previous = sorted[e];
            (int i, int j) = Math.DivRem(places[e], _stride);
            _ranks[places[e]] = _ranks[(j * _stride) + i] = scales.Count - 1;
        }
        return [.. scales];
    }

    private static long[][] Binomials(int points, int most)
    {
        long[][] table = new long[most + 1][];
        for (int k = 0; k <= most; k++)
        {
            table[k] = new long[points + 1];
            for (int n = 0; n <= points; n++)
            {
                table[k][n] =
                    k == 0 ? 1
                    : n == 0 ? 0
                    : Math.Min(table[k][n - 1] + table[k - 1][n - 1], long.MaxValue / 4);
            }
        }
        return table;
    }
}
