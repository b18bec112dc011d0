using System.Buffers;

namespace Geometry.Dictionaries;

/// <summary>A set of directions that may share a plane.</summary>
/// <param name="Dim">k, the dimension of the plane.</param>
/// <param name="Members">The directions, more than k, ascending.</param>
internal readonly record struct PlaneCandidate(int Dim, int[] Members);

/// <summary>Searches for planes through one direction, the hub, among its neighbours.</summary>
/// <remarks>
/// <para>
/// A subset S of the hub and k − 1 neighbours votes for the plane through it where some further neighbour lies in that plane within the
/// tolerance. All other subsets would be noise for any clustering, because a subset with flat(S) = S has no neighbour among the votes. The
/// subsets grow by one direction at a time, by the steps of a Cholesky factor of the neighbours' Gram matrix: with coordinates c_l(t) of
/// neighbour t along the axes found so far, out(t) = 1 − Σ c_l(t)² is its squared distance from their span.
/// </para>
/// <para>
/// A direction is added only where it is far enough from the span so far (<see cref="LeastOut"/>), and from the third direction on only
/// where the last axis explains enough of it (<see cref="LeastShare"/>): among three lines in a plane some pair is within 60 degrees. A
/// neighbour counts as lying in the plane only where the last axis explains a good part of what the earlier ones left. A tight cone about
/// the hub, whose members are near every plane through it, is therefore no vote.
/// </para>
/// <para>
/// Complexity: |N|²·m/2 multiply-adds for the Gram matrix of |N| neighbours, |N|² for planes, and |N| for each chain of aligned subsets in
/// more dimensions. A hub with more than <see cref="MostLocal"/> neighbours is searched among those with the largest |cosine|.
/// </para>
/// </remarks>
internal sealed class HubSearch
{
    /// <summary>Largest number of neighbours among which one hub is searched.</summary>
    internal const int MostLocal = 512;

    /// <summary>Smallest squared distance from the span so far at which a direction is added.</summary>
    private const double LeastOut = 0.1;

    /// <summary>
    /// Smallest share of a direction's squared distance from the earlier span that the last axis must explain, for the direction to be
    /// added next, and for it to count as lying in the plane.
    /// </summary>
    private const double LeastShare = 0.2,
        LeastExplained = 0.3;

    private readonly UnitDirections _directions;
    private readonly NeighbourGraph _graph;
    private readonly int _maxDim;
    private readonly double _flatSquared;
    private readonly double[][] _axes,
        _outs;
    private readonly double[] _hub = new double[MostLocal];
    private readonly int[] _local = new int[MostLocal],
        _chosen;
    private readonly float[] _tile = new float[CosineTile.Area];
    private float[] _rows = [],
        _panels = [],
        _gram = [];
    private int _count;
    private List<PlaneCandidate> _found = [];

    /// <summary>Makes the workspace of one thread.</summary>
    /// <param name="directions">The directions, without near-copies.</param>
    /// <param name="graph">Their strong pairs.</param>
    /// <param name="maxDim">K ≥ 1.</param>
    /// <param name="tolerance">Largest distance of a direction from the plane through a subset, in (0, 1).</param>
    internal HubSearch(UnitDirections directions, NeighbourGraph graph, int maxDim, double tolerance)
    {
        (_directions, _graph, _maxDim, _flatSquared) = (directions, graph, maxDim, tolerance * tolerance);
        _axes = [.. Enumerable.Range(0, maxDim).Select(_ => new double[MostLocal])];
        _outs = [.. Enumerable.Range(0, maxDim + 1).Select(_ => new double[MostLocal])];
        _chosen = new int[maxDim];
    }

    /// <summary>
    /// The planes of dimension 1 … K through the hub that hold some neighbour in addition to the directions that span them.
    /// </summary>
    internal List<PlaneCandidate> Find(int hub)
    {
        _found = [];
        Gather(hub);
        if (_count < 2)
            return _found;
        Gram();
        for (int t = 0; t < _count; t++)
        {
            _axes[0][t] = _hub[t];
            _outs[0][t] = 1;
            _outs[1][t] = 1 - (_hub[t] * _hub[t]);
        }
        Line(hub);
        if (_maxDim > 1)
            Grow(hub, 1);
        return _found;
    }

    /// <summary>Collects the hub's neighbours, ascending; where there are too many, those with the largest |cosine|.</summary>
    private void Gather(int hub)
    {
        ReadOnlySpan<int> partners = _graph.Of(hub);
        ReadOnlySpan<float> cosines = _graph.Cosines(hub);
        float least = 0;
        if (partners.Length > MostLocal)
        {
            float[] sorted = ArrayPool<float>.Shared.Rent(partners.Length);
            for (int a = 0; a < partners.Length; a++)
                sorted[a] = Math.Abs(cosines[a]);
            Array.Sort(sorted, 0, partners.Length);
            least = sorted[partners.Length - MostLocal];
            ArrayPool<float>.Shared.Return(sorted);
        }
        _count = 0;
        for (int a = 0; a < partners.Length && _count < MostLocal; a++)
        {
            if (Math.Abs(cosines[a]) < least)
                continue;
            (_local[_count], _hub[_count]) = (partners[a], cosines[a]);
            _count++;
        }
    }

    /// <summary>Computes the Gram matrix of the neighbours, row-major, with rows padded to whole panels.</summary>
    private void Gram()
    {
        int m = _directions.Dim,
            panels = CosineTile.Panels(_count),
            stride = panels * CosineTile.Columns,
            groups = (_count + CosineTile.Rows - 1) / CosineTile.Rows;
        if (_rows.Length < (groups + 1) * CosineTile.Rows * m)
            _rows = new float[(groups + 1) * CosineTile.Rows * m];
        if (_panels.Length < stride * m)
            _panels = new float[stride * m];
        if (_gram.Length < groups * CosineTile.Rows * stride)
            _gram = new float[groups * CosineTile.Rows * stride];
        for (int t = 0; t < _count; t++)
            _directions[_local[t]].CopyTo(_rows.AsSpan(t * m));
        CosineTile.Pack(_rows, m, _count, _panels);
        for (int panel = 0; panel < panels; panel++)
        {
            for (int group = 0; group < groups; group++)
            {
                CosineTile.Fill(_rows.AsSpan(group * CosineTile.Rows * m), _panels.AsSpan(panel * CosineTile.Columns * m), m, _tile);
                for (int r = 0; r < CosineTile.Rows; r++)
                    _tile
                        .AsSpan(r * CosineTile.Columns, CosineTile.Columns)
                        .CopyTo(_gram.AsSpan((((group * CosineTile.Rows) + r) * stride) + (panel * CosineTile.Columns)));
            }
        }
    }

    /// <summary>Reports the line through the hub, where two or more neighbours lie near it, on either side.</summary>
    private void Line(int hub)
    {
        int[] near = [.. Enumerable.Range(0, _count).Where(t => _outs[1][t] <= _flatSquared).Select(t => _local[t])];
        if (near.Length > 1)
            _found.Add(new PlaneCandidate(1, [.. near.Append(hub).Order()]));
    }

    /// <summary>
    /// Adds each admissible neighbour as axis number <paramref name="depth"/>, tests the plane, and continues with further axes.
    /// </summary>
    private void Grow(int hub, int depth)
    {
        double[] before = _outs[depth],
            last = _axes[depth - 1],
            beforeLast = _outs[depth - 1],
            after = _outs[depth + 1];
        double[] axis = _axes[depth];
        int stride = CosineTile.Panels(_count) * CosineTile.Columns;
        for (int v = depth == 1 ? 0 : _chosen[depth - 1] + 1; v < _count; v++)
        {
            if (before[v] < LeastOut)
                continue;
            if (depth > 1 && last[v] * last[v] < LeastShare * beforeLast[v])
                continue;
            ReadOnlySpan<float> row = _gram.AsSpan(v * stride, _count);
            double scale = 1 / Math.Sqrt(before[v]);
            for (int t = 0; t < row.Length; t++)
                axis[t] = row[t];
            for (int l = 0; l < depth; l++)
            {
                double[] along = _axes[l];
                double c = along[v];
                for (int t = 0; t < row.Length; t++)
                    axis[t] -= c * along[t];
            }
            int extra = 0;
            for (int t = 0; t < row.Length; t++)
            {
                axis[t] *= scale;
                double square = axis[t] * axis[t];
                after[t] = before[t] - square;
                if (after[t] <= _flatSquared && square >= LeastExplained * before[t])
                    extra++;
            }
            _chosen[depth] = v;
            // The direction that was added is itself one of those counted.
            if (extra > 1 && !IsKnown(hub, depth + 1))
                Report(hub, depth + 1, before, after, axis);
            if (depth + 1 < _maxDim)
                Grow(hub, depth + 1);
        }
    }

    /// <summary>Whether a plane that was reported before holds the hub and all chosen directions.</summary>
    private bool IsKnown(int hub, int dim)
    {
        foreach (PlaneCandidate plane in _found)
        {
            if (plane.Dim != dim)
                continue;
            bool holds = true;
            for (int l = 1; l < dim && holds; l++)
                holds = Array.BinarySearch(plane.Members, _local[_chosen[l]]) >= 0;
            if (holds)
                return true;
        }
        return false;
    }

    private void Report(int hub, int dim, double[] before, double[] after, double[] axis)
    {
        var members = new List<int> { hub };
        for (int l = 1; l < dim; l++)
            members.Add(_local[_chosen[l]]);
        for (int t = 0; t < _count; t++)
        {
            if (after[t] <= _flatSquared && axis[t] * axis[t] >= LeastExplained * before[t] && !members.Contains(_local[t]))
                members.Add(_local[t]);
        }
        members.Sort();
        _found.Add(new PlaneCandidate(dim, [.. members]));
    }
}
