using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

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
    private long[] _previous = [];
    private int[] _closed = [];
    private double[] _barrier = [];

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
        for (int row = 0; row < n; row++)
            Augment(cost, n, row);
        for (int column = 0; column < n; column++)
            columnOf[_rowOf[column]] = column;
    }

    // Column n is the virtual start of each path.
    private void Augment(ReadOnlySpan<double> cost, int n, int row)
    {
        Array.Fill(_slack, double.PositiveInfinity, 0, n + 1);
        Array.Clear(_barrier, 0, n + 1);
        _rowOf[n] = row;
        int column = n,
            closed = 0;
        do
        {
            _closed[closed++] = column;
            _barrier[column] = double.PositiveInfinity;
            int from = _rowOf[column];
            double step = Relax(cost.Slice(from * n, n), _rowPrice[from], column);
            // The first open column with the least slack.
            int next = 0;
            while (_slack[next] + _barrier[next] > step)
                next++;
            foreach (int j in _closed.AsSpan(0, closed))
            {
                _rowPrice[_rowOf[j]] += step;
                _columnPrice[j] -= step;
            }
            // Closed columns are lowered too, which does no harm, because their slack is not used again.
            TensorPrimitives.Subtract(_slack.AsSpan(0, n), step, _slack.AsSpan(0, n));
            column = next;
        } while (_rowOf[column] >= 0);
        while (column != n)
        {
            int before = (int)_previous[column];
            _rowOf[column] = _rowOf[before];
            column = before;
        }
    }

    /// <summary>
    /// Lowers the slack of open columns, whose barrier is 0, to their reduced cost in this row, and returns the least slack of an open
    /// column.
    /// </summary>
    private double Relax(ReadOnlySpan<double> cost, double rowPrice, int column)
    {
        int n = cost.Length;
        Span<double> slack = _slack.AsSpan(0, n),
            price = _columnPrice.AsSpan(0, n),
            barrier = _barrier.AsSpan(0, n);
        Span<long> previous = _previous.AsSpan(0, n);
        ReadOnlySpan<Vector<double>> costs = MemoryMarshal.Cast<double, Vector<double>>(cost);
        ReadOnlySpan<Vector<double>> prices = MemoryMarshal.Cast<double, Vector<double>>(price);
        ReadOnlySpan<Vector<double>> barriers = MemoryMarshal.Cast<double, Vector<double>>(barrier);
        Span<Vector<double>> slacks = MemoryMarshal.Cast<double, Vector<double>>(slack);
        Span<Vector<long>> before = MemoryMarshal.Cast<long, Vector<long>>(previous);
        var leasts = new Vector<double>(double.PositiveInfinity);
        for (int i = 0; i < costs.Length; i++)
        {
            Vector<double> reduced = costs[i] - new Vector<double>(rowPrice) - prices[i] + barriers[i];
            Vector<long> lower = Vector.LessThan(reduced, slacks[i]);
            slacks[i] = Vector.ConditionalSelect(lower, reduced, slacks[i]);
            before[i] = Vector.ConditionalSelect(lower, new Vector<long>(column), before[i]);
            leasts = Vector.Min(leasts, slacks[i] + barriers[i]);
        }
        double least = double.PositiveInfinity;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
            least = Math.Min(least, leasts[lane]);
        for (int j = costs.Length * Vector<double>.Count; j < n; j++)
        {
            double reduced = cost[j] - rowPrice - price[j] + barrier[j];
            if (reduced < slack[j])
                (slack[j], previous[j]) = (reduced, column);
            least = Math.Min(least, slack[j] + barrier[j]);
        }
        return least;
    }

    private void Reserve(int size)
    {
        if (_slack.Length >= size)
            return;
        (_rowPrice, _columnPrice, _slack) = (new double[size], new double[size], new double[size]);
        (_rowOf, _previous, _closed, _barrier) = (new int[size], new long[size], new int[size], new double[size]);
    }
}
