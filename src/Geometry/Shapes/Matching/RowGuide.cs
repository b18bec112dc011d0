namespace Geometry.Shapes.Matching;

/// <summary>
/// Ranks vertices as images of the base points, by the squared difference between the sorted angles at a vertex and those at the base
/// point.
/// </summary>
/// <remarks>
/// A correspondence carries the angles at a vector to those at its vertex, so vertices with other angles are tried later. This is worth its
/// cost where a shape has few symmetries: hundreds of images of the base points then agree with them within the tolerance, and the search's
/// budget may end before the right one. O(dim·count²) per pose. Buffers grow to the largest size seen; one instance serves one thread.
/// </remarks>
internal sealed class RowGuide
{
    private int[] _ranked = [];
    private double[] _cost = [];
    private double[] _row = [];
    private int[] _pairs = [];
    private double[] _keys = [];
    private int _count;

    /// <summary>Ranks the vertices of a pose for each base point, and the starts of a search.</summary>
    /// <param name="angles">The data's angles, row-major count×count.</param>
    /// <param name="basePoints">Indices of data vectors.</param>
    /// <param name="pose">The member of the shape's family.</param>
    /// <param name="starts">Images of the first two vectors to try.</param>
    public void Rank(ReadOnlySpan<double> angles, ReadOnlySpan<int> basePoints, ShapePose pose, (int First, int Second)[] starts)
    {
        int c = pose.Count,
            length = c - 1;
        _count = c;
        if (_cost.Length < basePoints.Length * c)
            (_cost, _ranked) = (new double[basePoints.Length * c], new int[basePoints.Length * c]);
        if (_row.Length < c)
            _row = new double[c];
        if (_keys.Length < Math.Max(c, starts.Length))
            _keys = new double[Math.Max(c, starts.Length)];
        if (_pairs.Length < starts.Length)
            _pairs = new int[starts.Length];
        for (int k = 0; k < basePoints.Length; k++)
        {
            Span<double> row = _row.AsSpan(0, length),
                cost = _cost.AsSpan(k * c, c);
            ShapePose.SortedRow(angles, c, basePoints[k], row);
            for (int v = 0; v < c; v++)
            {
                ReadOnlySpan<double> other = pose.SortedRows.AsSpan(v * length, length);
                double sum = 0;
                for (int j = 0; j < length; j++)
                    sum += (row[j] - other[j]) * (row[j] - other[j]);
                cost[v] = sum;
                _ranked[(k * c) + v] = v;
            }
            Span<double> keys = _keys.AsSpan(0, c);
            cost.CopyTo(keys);
            keys.Sort(_ranked.AsSpan(k * c, c));
        }
        for (int p = 0; p < starts.Length; p++)
            (_keys[p], _pairs[p]) = (_cost[starts[p].First] + _cost[c + starts[p].Second], p);
        _keys.AsSpan(0, starts.Length).Sort(_pairs.AsSpan(0, starts.Length));
    }

    /// <summary>The vertices in the order in which to try them for the base point at that level.</summary>
    public ReadOnlySpan<int> Vertices(int level) => _ranked.AsSpan(level * _count, _count);

    /// <summary>Indices of the starts in the order in which to try them.</summary>
    /// <param name="count">Their number.</param>
    public ReadOnlySpan<int> Starts(int count) => _pairs.AsSpan(0, count);
}
