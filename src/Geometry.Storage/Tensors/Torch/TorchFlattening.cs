using System.Buffers.Binary;
using System.Globalization;
using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>Nested torch values → named arrays: the tensor at value['state']['W'] is <c>state.W</c>, the second of a list <c>list.1</c>.</summary>
/// <remarks>
/// Plain numbers, and lists and tuples of nothing but numbers, become plain float64 entries; strings and None are left out.
/// A bare tensor is called <c>tensor</c>. Depth, number of values visited and length of keys are limited, because a small pickle can hold one list in itself
/// many times over: a value takes a byte of the pickle where it is not shared, and sharing may multiply that by <see cref="Sharing"/>.
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
    private int _visited;

    private TorchFlattening(TorchStorages storages, int pickleBytes)
    {
        _storages = storages;
        _mostVisited = (int)Math.Min(MaxVisited, AlwaysVisited + ((long)Sharing * pickleBytes));
    }

    /// <summary>The entries in the order of the pickle.</summary>
    /// <param name="value">What was unpickled.</param>
    /// <param name="storages">The tensors' bytes.</param>
    /// <param name="pickleBytes">Length of the pickle.</param>
    /// <exception cref="InputException">A tensor is damaged, or a limit is exceeded.</exception>
    public static List<TensorEntry> Flatten(object? value, TorchStorages storages, int pickleBytes)
    {
        var flattening = new TorchFlattening(storages, pickleBytes);
        flattening.Visit(value, "", 0);
        return flattening._entries;
    }

    private void Visit(object? value, string key, int depth)
    {
        if (depth > MaxDepth) throw new InputException($"its values are nested more than {MaxDepth} deep at {key.Quote()}");
        Count(1);
        switch (value)
        {
            case TorchTensor tensor: Add(_storages.Entry(key.Length == 0 ? "tensor" : key, tensor)); break;
            case PickleDictionary dictionary:
                foreach ((object? name, object? item) in dictionary.Pairs)
                {
                    if (KeyText(name) is { } text) Visit(item, Join(key, text), depth + 1);
                    else Count(1);
                }
                break;
            case PickleList list: VisitItems(list.Items, key, depth); break;
            case object?[] tuple: VisitItems(tuple, key, depth); break;
            default:
                if (Number(value) is { } number && key.Length > 0) Add(Plain(key, [], [number]));
                break;
        }
    }

    private void VisitItems(IReadOnlyList<object?> items, string key, int depth)
    {
        if (Numbers(items) is { } numbers)
        {
            if (key.Length > 0) Add(Plain(key, [numbers.Length], numbers));
            return;
        }
        for (int k = 0; k < items.Count; k++) Visit(items[k], Join(key, k.ToString(CultureInfo.InvariantCulture)), depth + 1);
    }

    private double[]? Numbers(IReadOnlyList<object?> items)
    {
        if (items.Count == 0 || Number(items[0]) is null) return null;
        Count(items.Count);
        var numbers = new double[items.Count];
        for (int k = 0; k < numbers.Length; k++)
        {
            if (Number(items[k]) is not { } number) return null;
            numbers[k] = number;
        }
        return numbers;
    }

    private void Count(int values)
    {
        _visited += values;
        if (_visited > _mostVisited) throw new InputException($"it holds more than {_mostVisited} values, many times what its pickle writes out; expected tensors and some plain values");
    }

    private void Add(TensorEntry entry)
    {
        if (_entries.Count == MaxEntries) throw new InputException($"it holds more than {MaxEntries} tensors and numbers");
        _entries.Add(entry);
    }

    private static string? KeyText(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Join(string key, string name)
    {
        if (key.Length + name.Length > MaxKey) throw new InputException($"it has a key of more than {MaxKey} characters: {name.Quote()}");
        return key.Length == 0 ? name : key + "." + name;
    }

    private static double? Number(object? value) => value switch
    {
        long number => number,
        double number => number,
        bool flag => flag ? 1 : 0,
        _ => null,
    };

    private static TensorEntry Plain(string key, long[] shape, double[] numbers)
    {
        byte[] bytes = new byte[8 * numbers.Length];
        for (int k = 0; k < numbers.Length; k++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), numbers[k]);
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
