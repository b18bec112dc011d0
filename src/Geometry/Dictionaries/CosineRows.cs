using Geometry.Clustering;

namespace Geometry.Dictionaries;

/// <summary>Computes the products of row vectors with all directions of a dictionary, tile by tile. Nothing of size n² is kept.</summary>
/// <remarks>
/// <para>
/// The directions are packed once, 4·m·n bytes. A worker takes <see cref="Block"/> rows, whose 4·96·m bytes stay in its cache while the
/// panels stream past them. Complexity: rows·n·m multiply-adds.
/// </para>
/// </remarks>
internal sealed class CosineRows
{
    /// <summary>Number of rows that one worker takes at a time, a multiple of the rows of a tile.</summary>
    internal const int Block = 96;

    private readonly float[] _panels;

    /// <summary>Packs the directions.</summary>
    internal CosineRows(UnitDirections directions)
    {
        Directions = directions;
        _panels = new float[(long)CosineTile.Panels(directions.Count) * CosineTile.Columns * directions.Dim];
        CosineTile.Pack(directions.Entries, directions.Dim, directions.Count, _panels);
    }

    /// <summary>The directions.</summary>
    internal UnitDirections Directions { get; }

    /// <summary>
    /// Receives a tile: the products of <see cref="CosineTile.Rows"/> rows, from <paramref name="first"/> on, with directions panel·16 …
    /// panel·16+15, row-major.
    /// </summary>
    internal delegate void Receiver<in T>(int first, int panel, ReadOnlySpan<float> tile, T local);

    /// <summary>Products of given rows with all directions.</summary>
    /// <param name="rows">count×m row-major.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <param name="local">Makes the result of a block of rows, which <paramref name="receive"/> fills; called once per block.</param>
    /// <param name="receive">Called for each tile of a block, in order, by one thread; rows and directions beyond the last are
    /// zero.</param>
    /// <param name="firstPanel">Gives the first panel that a block needs, from its first row; null where all blocks need all
    /// panels.</param>
    /// <param name="cancellation">Checked before each block.</param>
    /// <returns>The result of each block of <see cref="Block"/> rows, in the order of the rows.</returns>
    internal T[] Run<T>(
        ReadOnlyMemory<float> rows,
        int count,
        int threads,
        Func<T> local,
        Receiver<T> receive,
        Func<int, int>? firstPanel,
        CancellationToken cancellation
    )
    {
        int m = Directions.Dim,
            panels = CosineTile.Panels(Directions.Count),
            blocks = (count + Block - 1) / Block;
        T[] collected = new T[blocks];
        Workers.For(
            blocks,
            1,
            threads,
            () => new float[CosineTile.Area + (CosineTile.Rows * m)],
            (block, work) =>
            {
                cancellation.ThrowIfCancellationRequested();
                T mine = local();
                Span<float> tile = work.AsSpan(0, CosineTile.Area),
                    last = work.AsSpan(CosineTile.Area);
                int start = block * Block,
                    end = Math.Min(count, start + Block);
                for (int panel = firstPanel?.Invoke(start) ?? 0; panel < panels; panel++)
                {
                    ReadOnlySpan<float> columns = _panels.AsSpan(panel * CosineTile.Columns * m, CosineTile.Columns * m);
                    for (int r = start; r < end; r += CosineTile.Rows)
                    {
                        ReadOnlySpan<float> some = rows.Span[(r * m)..];
                        if (some.Length < CosineTile.Rows * m)
                        {
                            last.Clear();
                            some.CopyTo(last);
                            some = last;
                        }
                        CosineTile.Fill(some, columns, m, tile);
                        receive(r, panel, tile, mine);
                    }
                }
                collected[block] = mine;
            }
        );
        return collected;
    }
}
