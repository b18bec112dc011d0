using System.Collections.Concurrent;

namespace Geometry.Storage.Training;

/// <summary>
/// Memory for windows of rows: a set of <see cref="StoredRows"/>, one a table, that is taken, filled, gone through and given back.
/// </summary>
/// <param name="tables">The tables.</param>
internal sealed class RowsPool(IReadOnlyList<LabelTable> tables) : IDisposable
{
    private readonly ConcurrentBag<StoredRows[]> _spare = [];
    private readonly ConcurrentBag<StoredRows[]> _all = [];

    /// <summary>A set without rows.</summary>
    /// <param name="runs">Number of runs that may get rows.</param>
    public StoredRows[] Take(int runs)
    {
        if (!_spare.TryTake(out StoredRows[]? rows))
        {
            rows = [.. tables.Select(t => new StoredRows(t.Columns.Count))];
            _all.Add(rows);
        }
        foreach (StoredRows table in rows)
            table.Clear(runs);
        return rows;
    }

    /// <summary>Gives a set back; nobody uses it any more.</summary>
    public void Give(StoredRows[] rows) => _spare.Add(rows);

    /// <summary>Frees all sets, given back or not.</summary>
    public void Dispose()
    {
        foreach (StoredRows table in _all.SelectMany(r => r))
            table.Dispose();
    }
}
