using System.Buffers.Binary;
using System.Globalization;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>
/// Nested torch values → named arrays: the tensor at value['state']['W'] is <c>state.W</c>, the second of a list <c>list.1</c>.
/// </summary>
/// <remarks>
/// Plain numbers, and lists and tuples of only numbers, become plain float64 entries; strings and None are left out; objects of unknown
/// classes are listed by their names. A bare tensor is called <c>tensor</c>. Depth, number of visited values and length of keys are
/// limited, because a small pickle can have one list in itself many times over: a value that is not shared takes a byte of the pickle, and
/// sharing may multiply that by <see cref="Sharing"/>.
/// </remarks>
internal sealed class TorchFlattening
{
    private const int MaxDepth = 32;
    private const int MaxVisited = 2_000_000;
    private const int Sharing = 16;
    private const int AlwaysVisited = 1024;
    private const int MaxEntries = 65_536;
    private const int MaxKey = 256;
    private readonly TorchStorages _storages;
    private readonly List<TensorEntry> _entries = [];
    private readonly int _mostVisited;
    private readonly List<string> _path = [];
    private int _visited;

    private TorchFlattening(TorchStorages storages, int pickleBytes)
    {
        _storages = storages;
        _mostVisited = (int)Math.Min(MaxVisited, AlwaysVisited + ((long)Sharing * pickleBytes));
    }

    /// <summary>The entries in the order of the pickle.</summary>
    /// <param name="value">The unpickled value.</param>
    /// <param name="storages">The tensors' bytes.</param>
    /// <param name="pickleBytes">Length of the pickle.</param>
    /// <exception cref="InputException">A tensor is damaged, a limit is exceeded, or the value is an unknown object.</exception>
    public static List<TensorEntry> Flatten(object? value, TorchStorages storages, int pickleBytes)
    {
        string? name = value is PickleObject { Pairs: null, Items: null } some ? some.Name : (value as PickleForeign)?.Name;
        if (name is not null)
            throw new InputException(
                $"it is the Python object {name.Quote()}, which is never loaded; save its tensors with torch.save(model.state_dict(), ...)"
            );
        var flattening = new TorchFlattening(storages, pickleBytes);
        flattening.Visit(value, "", 0);
        return flattening._entries;
    }

    private void Visit(object? value, string key, int depth)
    {
        if (depth > MaxDepth)
            throw new InputException($"its values are nested more than {MaxDepth} deep at {key.Quote()}");
        Count(1);
        switch (value)
        {
            case TorchTensor tensor:
                Add(_storages.Entry(key.Length == 0 ? "tensor" : key, tensor));
                break;
            case NumpyArray array:
                Add(NumpyPickles.Entry(key.Length == 0 ? "array" : key, array));
                break;
            case PickleObject { Pairs: { } pairs }:
                VisitPairs(pairs, key, depth);
                break;
            case PickleObject { Items: { } items }:
                VisitItems(items.Items, key, depth);
                break;
            case PickleObject some:
                Add(Opaque(key, some));
                break;
            case PickleDictionary dictionary:
                VisitPairs(dictionary, key, depth);
                break;
            case PickleList list:
                VisitItems(list.Items, key, depth);
                break;
            case object?[] tuple:
                VisitItems(tuple, key, depth);
                break;
            default:
                if (Number(value) is { } number && key.Length > 0)
                    Add(Plain(key, [], [number]));
                break;
        }
    }

    private void VisitPairs(PickleDictionary dictionary, string key, int depth)
    {
        foreach ((object? name, object? item) in dictionary.Pairs)
        {
            if (KeyText(name) is { } text)
                VisitBelow(item, key, text, depth);
            else
                Count(1);
        }
    }

    private void VisitItems(IReadOnlyList<object?> items, string key, int depth)
    {
        if (Numbers(items) is { } numbers)
        {
            if (key.Length > 0)
                Add(Plain(key, [numbers.Length], numbers));
            return;
        }
        for (int k = 0; k < items.Count; k++)
            VisitBelow(items[k], key, k.ToString(CultureInfo.InvariantCulture), depth);
    }

    private void VisitBelow(object? item, string key, string name, int depth)
    {
        _path.Add(name);
        Visit(item, Join(key, name), depth + 1);
        _path.RemoveAt(_path.Count - 1);
    }

    private double[]? Numbers(IReadOnlyList<object?> items)
    {
        if (items.Count == 0 || Number(items[0]) is null)
            return null;
        Count(items.Count);
        var numbers = new double[items.Count];
        for (int k = 0; k < numbers.Length; k++)
        {
            if (Number(items[k]) is not { } number)
                return null;
            numbers[k] = number;
        }
        return numbers;
    }

    private void Count(int values)
    {
        _visited += values;
        if (_visited > _mostVisited)
            throw new InputException(
                $"it holds more than {_mostVisited} values, many times what its pickle writes out; expected tensors and some plain values"
            );
    }

    private void Add(TensorEntry entry)
    {
        if (_entries.Count == MaxEntries)
            throw new InputException($"it holds more than {MaxEntries} tensors and numbers");
        _entries.Add(entry with { Path = [.. _path] });
    }

    private static string? KeyText(object? key) =>
        key switch
        {
            string text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            object?[] { Length: > 0 and <= MaxDepth } tuple
                when Array.TrueForAll(tuple, t => t is string { Length: <= MaxKey } or long or double) => string.Join(
                ',',
                tuple.Select(KeyText)
            ),
            _ => null,
        };

    private static string Join(string key, string name)
    {
        if (key.Length + name.Length > MaxKey)
            throw new InputException($"it has a key of more than {MaxKey} characters: {name.Quote()}");
        return key.Length == 0 ? name : key + "." + name;
    }

    private static double? Number(object? value) =>
        value switch
        {
            long number => number,
            double number => number,
            bool flag => flag ? 1 : 0,
            _ => null,
        };

    private static TensorEntry Opaque(string key, PickleObject some) =>
        new()
        {
            Key = key,
            Type = ElementType.Unsupported,
            TypeName = $"Python object {some.Name} (never loaded)",
            Shape = [],
            Strides = [],
            Count = 1,
            Opaque = true,
            Open = () => throw new InputException($"{key.Quote()} is a Python object, which is never loaded"),
        };

    private static TensorEntry Plain(string key, long[] shape, double[] numbers)
    {
        byte[] bytes = new byte[8 * numbers.Length];
        for (int k = 0; k < numbers.Length; k++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), numbers[k]);
        return new TensorEntry
        {
            Key = key,
            Type = ElementType.Float64,
            TypeName = "number",
            Shape = shape,
            Strides = TensorShape.DenseStrides(shape, fortran: false),
            Count = numbers.Length,
            Bytes = bytes.Length,
            StoredBytes = bytes.Length,
            Plain = true,
            Open = () => new MemorySource(bytes),
        };
    }
}
