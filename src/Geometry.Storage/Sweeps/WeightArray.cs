using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>The weight array of a file, seen as (instances, rows, columns); a 2-D array is one instance.</summary>
/// <param name="Entry">The array with exactly three axes.</param>
/// <param name="Instances">I ≥ 0.</param>
/// <param name="Rows">≥ 1.</param>
/// <param name="Columns">≥ 1.</param>
/// <param name="Text">The array as it is in the file, for messages.</param>
internal sealed record WeightArray(TensorEntry Entry, int Instances, int Rows, int Columns, string Text)
{
    private const long BombBytes = 4L << 20;
    private const long BombRatio = 200;
    private const int MostAxes = 6;

    /// <summary>The array with the leading axes that it has in the file; more than one for a grid of runs.</summary>
    public TensorEntry Stored { get; private init; } = Entry;

    /// <summary>
    /// Chooses the weights: the named array, or else the only 2-D or 3-D float array that is no parameter and no bias of another array, or
    /// else the only one with more axes.
    /// </summary>
    /// <exception cref="InputException">There is none, or more than one.</exception>
    public static WeightArray Choose(IReadOnlyList<TensorEntry> entries, string? key)
    {
        if (key is not null)
            return From(ArrayNames.Find(entries, key));
        List<TensorEntry> candidates = Candidates(entries);
        if (candidates.TrueForAll(c => c.Shape.Length <= 3))
            candidates = WeightCandidates.WithoutBiases(candidates);
        if (SparseDictionary.Of(candidates) is { } dictionary)
            return From(dictionary);
        candidates = TiedWeights.Once(candidates);
        return candidates.Count switch
        {
            1 => From(candidates[0]),
            0 => throw new InputException(
                $"no 2-D or 3-D float array that could be the weights; the file holds {ArrayNames.List(entries)}"
            ),
            _ => throw new InputException(
                $"several arrays could be the weights: {ArrayNames.List(candidates)}; name one, such as --weights "
                    + $"{ArrayNames.Word(candidates[0].Key)}"
            ),
        };
    }

    /// <summary>All arrays that are weights: the candidates without biases and repetitions.</summary>
    public static List<TensorEntry> All(IReadOnlyList<TensorEntry> entries)
    {
        List<TensorEntry> candidates = Candidates(entries);
        return TiedWeights.Once(candidates.TrueForAll(c => c.Shape.Length <= 3) ? WeightCandidates.WithoutBiases(candidates) : candidates);
    }

    /// <summary>The arrays that could be weights, including biases.</summary>
    public static List<TensorEntry> Candidates(IReadOnlyList<TensorEntry> entries)
    {
        List<TensorEntry> flat = [.. entries.Where(e => IsCandidate(e) && e.Shape.Length is 2 or 3)];
        List<TensorEntry> grids = [.. entries.Where(e => IsCandidate(e) && e.Shape.Length is > 3 and <= MostAxes)];
        bool belong =
            grids.Count == 1
            && flat.TrueForAll(f =>
                f.Shape.Length < grids[0].Shape.Length && f.Shape.AsSpan().StartsWith(grids[0].Shape.AsSpan(0, grids[0].Shape.Length - 2))
            );
        return flat.Count > 0 && !belong ? flat : grids;
    }

    /// <summary>Length of a bias of the shape (n,), (I, n), (1, n), (I, 1, n) or (1, 1, n); null for any other shape.</summary>
    public static long? BiasLength(ReadOnlySpan<long> shape, long instances) =>
        shape switch
        {
            [long n] => n,
            [long i, long n] when i == instances || i == 1 => n,
            [long i, 1, long n] when i == instances || i == 1 => n,
            _ => null,
        };

    private static bool IsCandidate(TensorEntry entry) => entry.Type.IsFloat() && !entry.Plain && !ArrayNames.IsParameter(entry.Key);

    private static WeightArray From(TensorEntry entry)
    {
        string what = $"the weight array {entry.Describe()}";
        if (entry.Plain || entry.Type == ElementType.Unsupported)
            throw new InputException($"{what} is not of a type that is read; expected floating-point numbers");
        if (entry.Shape.Length is < 2 or > MostAxes)
            throw new InputException($"{what} has {entry.Shape.Length} axes; expected 2, or up to {MostAxes} with instances first");
        CheckMatrix(entry.Shape[^2], entry.Shape[^1], what);
        RefuseInflated(entry, what);
        TensorEntry cube =
            entry.Shape.Length > 2
                ? GridAxes.Flatten(entry, entry.Shape.Length - 2)
                : entry with
                {
                    Shape = [1, .. entry.Shape],
                    Strides = [0, .. entry.Strides],
                };
        (long instances, long rows, long columns) = (cube.Shape[0], cube.Shape[1], cube.Shape[2]);
        if (instances > int.MaxValue)
            throw new InputException($"{what} has {instances} instances; expected at most {int.MaxValue}");
        return new WeightArray(cube, (int)instances, (int)rows, (int)columns, entry.Describe()) { Stored = entry };
    }

    /// <summary>Throws where an array is much larger in memory than in the file.</summary>
    /// <param name="entry">The array; its type can be read.</param>
    /// <param name="what">The array, for the message.</param>
    /// <exception cref="InputException">The array repeats its storage, or unpacks to far more bytes than the file has.</exception>
    internal static void RefuseInflated(TensorEntry entry, string what)
    {
        if (entry.Count > entry.Bytes / entry.Type.Size())
            throw new InputException($"{what} repeats a storage of {entry.Bytes} bytes; expected one value an element");
        if (entry.Bytes > BombBytes && entry.Bytes / BombRatio > entry.StoredBytes)
            throw new InputException(
                $"{what} is {entry.StoredBytes} bytes that unpack to {entry.Bytes}; no trained weights shrink like that (a zip bomb?)"
            );
    }

    private static void CheckMatrix(long rows, long columns, string what)
    {
        if (rows < 1 || columns < 1)
            throw new InputException($"{what} has an empty axis; expected at least one feature and one hidden dimension");
        if (rows > SweepFile.LargestMatrix || columns > SweepFile.LargestMatrix || rows * columns > SweepFile.LargestMatrix)
            throw new InputException($"{what} has more than {SweepFile.LargestMatrix} weights an instance");
    }
}
