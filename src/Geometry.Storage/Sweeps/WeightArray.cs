using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The weight array of a file, seen as (instances, rows, columns); a 2-D array is one instance.</summary>
/// <param name="Entry">The array with exactly three axes.</param>
/// <param name="Instances">I ≥ 0.</param>
/// <param name="Rows">≥ 1.</param>
/// <param name="Columns">≥ 1.</param>
/// <param name="Text">The array as the file has it, for messages.</param>
internal sealed record WeightArray(TensorEntry Entry, int Instances, int Rows, int Columns, string Text)
{
    private const long BombBytes = 4L << 20;
    private const long BombRatio = 200;

    /// <summary>Chooses the weights: the named array, else the only 2-D or 3-D float array that is not a bias of another or a parameter.</summary>
    /// <exception cref="InputException">There is none, or more than one.</exception>
    public static WeightArray Choose(IReadOnlyList<TensorEntry> entries, string? key)
    {
        if (key is not null) return From(ArrayNames.Find(entries, key));
        List<TensorEntry> candidates = [.. entries.Where(e => e.Type.IsFloat() && e.Shape.Length is 2 or 3 && !e.Plain && !ArrayNames.IsParameter(e.Key))];
        candidates = WeightCandidates.WithoutBiases(candidates);
        return candidates.Count switch
        {
            1 => From(candidates[0]),
            0 => throw new InputException($"no 2-D or 3-D float array that could be the weights; the file holds {ArrayNames.List(entries)}"),
            _ => throw new InputException($"several arrays could be the weights: {ArrayNames.List(candidates)}; name one with --weights"),
        };
    }

    /// <summary>Length of a bias of the shape (n,), (I, n), (1, n), (I, 1, n) or (1, 1, n); null for any other shape.</summary>
    public static long? BiasLength(ReadOnlySpan<long> shape, long instances) => shape switch
    {
        [long n] => n,
        [long i, long n] when i == instances || i == 1 => n,
        [long i, 1, long n] when i == instances || i == 1 => n,
        _ => null,
    };

    private static WeightArray From(TensorEntry entry)
    {
        string what = $"the weight array {entry.Describe()}";
        if (entry.Plain || entry.Type == ElementType.Unsupported) throw new InputException($"{what} is not of a type that is read; expected floating-point numbers");
        if (entry.Shape.Length is not (2 or 3)) throw new InputException($"{what} has {entry.Shape.Length} axes; expected 2, or 3 with instances first");
        TensorEntry cube = entry.Shape.Length == 3 ? entry : entry with { Shape = [1, .. entry.Shape], Strides = [0, .. entry.Strides] };
        (long instances, long rows, long columns) = (cube.Shape[0], cube.Shape[1], cube.Shape[2]);
        if (rows < 1 || columns < 1) throw new InputException($"{what} has an empty axis; expected at least one feature and one hidden dimension");
        if (instances > int.MaxValue) throw new InputException($"{what} has {instances} instances; expected at most {int.MaxValue}");
        if (rows > SweepFile.LargestMatrix || columns > SweepFile.LargestMatrix || rows * columns > SweepFile.LargestMatrix)
            throw new InputException($"{what} has more than {SweepFile.LargestMatrix} weights an instance");
        if (entry.Count > entry.Bytes / entry.Type.Size()) throw new InputException($"{what} repeats a storage of {entry.Bytes} bytes; expected one value an element");
        if (entry.Bytes > BombBytes && entry.Bytes / BombRatio > entry.StoredBytes)
            throw new InputException($"{what} is {entry.StoredBytes} bytes that unpack to {entry.Bytes}; no trained weights shrink like that (a zip bomb?)");
        return new WeightArray(cube, (int)instances, (int)rows, (int)columns, entry.Describe());
    }
}
