using Geometry.Storage.Files;
using Geometry.Storage.Sweeps.Runs;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Weights with several leading axes, a grid of runs: the axes are joined into one, and each gives a column.</summary>
internal static class GridAxes
{
    private const long LargestInMemory = 1L << 30;

    /// <summary>The array with its leading axes joined into one axis of runs, the last one running fastest.</summary>
    /// <param name="entry">An array.</param>
    /// <param name="leading">Number of leading axes, ≥ 1.</param>
    public static TensorEntry Flatten(TensorEntry entry, int leading)
    {
        long runs = 1;
        foreach (long axis in entry.Shape.AsSpan(0, leading))
            runs *= axis;
        bool mergeable = true;
        for (int k = 0; k < leading - 1; k++)
            mergeable &= entry.Strides[k] == entry.Strides[k + 1] * entry.Shape[k + 1];
        if (!mergeable && entry.Count > 0)
            entry = InOrder(entry);
        return entry with
        {
            Shape = [runs, .. entry.Shape[leading..]],
            Strides = [entry.Strides[leading - 1], .. entry.Strides[leading..]],
        };
    }

    /// <summary>The arrays of the file as arrays over the joined runs, and a column for each axis of the grid.</summary>
    /// <param name="entries">All arrays.</param>
    /// <param name="weights">The weights, with the axes that they have in the file.</param>
    /// <remarks>
    /// Arrays that begin with all axes of the grid are flattened like the weights. A one-dimensional array as long as exactly one axis has
    /// the values of that axis and becomes a column of its name; an axis without such an array becomes the column <c>axis0</c>,
    /// <c>axis1</c> …
    /// </remarks>
    public static List<TensorEntry> Expand(IReadOnlyList<TensorEntry> entries, TensorEntry weights)
    {
        long[] grid = weights.Shape[..^2];
        bool[] named = new bool[grid.Length];
        var others = new List<TensorEntry>();
        var columns = new List<(int Axis, TensorEntry Entry)>();
        foreach (TensorEntry entry in entries)
        {
            int axis = AxisOf(entry, grid, weights);
            if (axis >= 0)
            {
                columns.Add((axis, Along(grid, axis, Values(entry), RunWords.Singular(ArrayNames.Last(entry.Key)))));
                named[axis] = true;
            }
            else
                others.Add(
                    entry.Shape.Length >= grid.Length && entry.Shape.AsSpan().StartsWith(grid) && !entry.Opaque
                        ? Flatten(entry, grid.Length)
                        : entry
                );
        }
        for (int k = 0; k < grid.Length; k++)
        {
            if (!named[k])
                columns.Add(
                    (
                        k,
                        Along(
                            grid,
                            k,
                            [.. Enumerable.Range(0, (int)grid[k]).Select(i => (double)i)],
                            FormattableString.Invariant($"axis{k}")
                        )
                    )
                );
        }
        HashSet<string> names = [.. others.Select(e => e.Key)];
        others.AddRange(columns.OrderBy(c => c.Axis).Select(c => c.Entry).Where(c => names.Add(c.Key)));
        return others;
    }

    /// <summary>The axis whose values an array has; −1 for none.</summary>
    private static int AxisOf(TensorEntry entry, long[] grid, TensorEntry weights)
    {
        if (entry.Shape is not [var length] || entry.Type == ElementType.Unsupported || ArrayNames.IsBias(entry.Key))
            return -1;
        bool perFeature =
            RunWords.Singular(ArrayNames.Last(entry.Key)) is "importance"
            || !ArrayNames.Parameters.Contains(RunWords.Singular(ArrayNames.Last(entry.Key)));
        if (perFeature && (length == weights.Shape[^1] || length == weights.Shape[^2]))
            return -1;
        int axis = Array.IndexOf(grid, length);
        return axis >= 0 && Array.LastIndexOf(grid, length) == axis ? axis : -1;
    }

    private static double[] Values(TensorEntry entry)
    {
        using var reader = new TensorReader(entry);
        double[] values = new double[entry.Count];
        reader.Read(0, values.Length, values);
        return Array.ConvertAll(values, v => ShortestDecimal.Clean(v, entry.Type));
    }

    private static TensorEntry Along(long[] grid, int axis, double[] values, string name)
    {
        long inner = 1,
            runs = 1;
        for (int k = 0; k < grid.Length; k++)
        {
            runs *= grid[k];
            if (k > axis)
                inner *= grid[k];
        }
        double[] column = new double[runs];
        for (int k = 0; k < column.Length; k++)
            column[k] = values[k / inner % grid[axis]];
        return RunStacking.Column(name, column);
    }

    /// <summary>The array with its elements in C order, unpacked into memory when it is read.</summary>
    private static TensorEntry InOrder(TensorEntry entry)
    {
        if (entry.Bytes > LargestInMemory || entry.Count > LargestInMemory / entry.Type.Size())
            throw new InputException(
                $"array {entry.Describe()} is a grid of runs that are not one behind the other, and has more than {LargestInMemory} "
                    + $"bytes; store it in C order"
            );
        return entry with
        {
            Strides = TensorShape.DenseStrides(entry.Shape, fortran: false),
            Offset = 0,
            Bytes = entry.Count * entry.Type.Size(),
            Open = () => new MemorySource(Gather(entry)),
        };
    }

    private static byte[] Gather(TensorEntry entry)
    {
        byte[] stored;
        using (ByteSource source = entry.Open())
        {
            source.Verify();
            stored = new byte[source.Length];
            source.Read(0, stored);
        }
        int size = entry.Type.Size();
        byte[] gathered = new byte[entry.Count * size];
        long[] index = new long[entry.Shape.Length];
        long from = entry.Offset;
        for (int at = 0; at < gathered.Length; at += size)
        {
            stored.AsSpan((int)(from * size), size).CopyTo(gathered.AsSpan(at));
            for (int k = index.Length - 1; k >= 0; k--)
            {
                from += entry.Strides[k];
                if (++index[k] < entry.Shape[k])
                    break;
                from -= entry.Strides[k] * entry.Shape[k];
                index[k] = 0;
            }
        }
        return gathered;
    }
}
