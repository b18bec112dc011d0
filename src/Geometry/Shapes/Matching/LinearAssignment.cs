namespace Geometry.Shapes.Matching;

/// <summary>Minimum-cost perfect matching of rows to columns by shortest augmenting paths.</summary>
/// <remarks>
/// Source: H. W. Kuhn, Naval Res. Logist. Quart. 2 (1955); R. Jonker and A. Volgenant, Computing 38 (1987). O(n³). Buffers are kept
/// between calls and grow to the largest n seen; one instance serves one thread.
/// </remarks>
internal sealed class LinearAssignment
{
    private double[] _rowPrice = [];
    private double[] _columnPrice = [];
    private double[] _slack = [];
    private int[] _rowOf = [];
    private int[] _previous = [];
    private bool[] _closed = [];

    /// <summary>Finds the assignment.</summary>
    /// <param name="cost">Row-major n×n, finite.</param>
    /// <param name="n">Size, ≥ 1.</param>
    /// <param name="columnOf">Destination, n entries: the column of each row.</param>
    public void Solve(ReadOnlySpan<double> cost, int n, Span<int> columnOf)
    {
        Reserve(n + 1);
        Array.Clear(_rowPrice, 0, n + 1);
        Array.Clear(_columnPrice, 0, n + 1);
        Array.Fill(_rowOf, -1, 0, n + 1);
        for (int row = 0; row < n; row++) Augment(cost, n, row);
        for (int column = 0; column < n; column++) columnOf[_rowOf[column]] = column;
    }

    // Column n is the virtual start of the path.
    private void Augment(ReadOnlySpan<double> cost, int n, int row)
    {
        Array.Fill(_slack, double.PositiveInfinity, 0, n + 1);
        Array.Clear(_closed, 0, n + 1);
        _rowOf[n] = row;
        int column = n;
        do
        {
            _closed[column] = true;
            int from = _rowOf[column], next = -1;
            double step = double.PositiveInfinity;
            for (int j = 0; j < n; j++)
            {
                if (_closed[j]) continue;
                double reduced = cost[from * n + j] - _rowPrice[from] - _columnPrice[j];
                if (reduced < _slack[j]) (_slack[j], _previous[j]) = (reduced, column);
                if (_slack[j] < step) (step, next) = (_slack[j], j);
            }
            for (int j = 0; j <= n; j++)
            {
                if (_closed[j])
                {
                    _rowPrice[_rowOf[j]] += step;
                    _columnPrice[j] -= step;
                }
                else
                {
                    _slack[j] -= step;
                }
            }
            column = next;
        }
        while (_rowOf[column] >= 0);
        while (column != n)
        {
            int before = _previous[column];
            _rowOf[column] = _rowOf[before];
            column = before;
        }
    }

    private void Reserve(int size)
    {
        if (_slack.Length >= size) return;
        (_rowPrice, _columnPrice, _slack) = (new double[size], new double[size], new double[size]);
        (_rowOf, _previous, _closed) = (new int[size], new int[size], new bool[size]);
    }
}
