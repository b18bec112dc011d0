namespace Geometry.Storage.Tensors.Torch;

/// <summary>A dictionary from a pickle: pairs in order, with keys of any kind.</summary>
internal sealed class PickleDictionary
{
    /// <summary>Whether the object's attributes become its pairs, as with <c>argparse.Namespace</c>.</summary>
    public bool TakesState { get; init; }

    /// <summary>The pairs in order of insertion, repeated keys included.</summary>
    public List<(object? Key, object? Value)> Pairs { get; set; } = [];
}

/// <summary>A list, or a set, from a pickle.</summary>
internal sealed class PickleList
{
    /// <summary>The elements.</summary>
    public List<object?> Items { get; } = [];
}

/// <summary>A value that is of no use here, such as a very large integer.</summary>
internal sealed class PickleOpaque
{
    /// <summary>The only one.</summary>
    public static readonly PickleOpaque Instance = new();
}

/// <summary>Bytes from a pickle.</summary>
/// <param name="Content">Never changed.</param>
internal sealed record PickleBytes(byte[] Content);

/// <summary>A class or function outside the fixed table: its name, which is never looked up.</summary>
/// <param name="Name">Module and name with a dot between.</param>
internal sealed record PickleForeign(string Name);

/// <summary>The result of calling a <see cref="PickleForeign"/>: an object that is never made; its arguments are dropped.</summary>
/// <param name="name">Name of the class or function.</param>
internal sealed class PickleObject(string name)
{
    /// <summary>Name of the class or function.</summary>
    public string Name { get; } = name;

    /// <summary>The pairs of an object that is a kind of dictionary; null for any other.</summary>
    public PickleDictionary? Pairs { get; set; }

    /// <summary>The elements of an object that is a kind of list; null for any other.</summary>
    public PickleList? Items { get; set; }
}

/// <summary>A storage type such as <c>torch.FloatStorage</c>.</summary>
/// <param name="Type">Element type; unsupported for complex and quantised storages.</param>
/// <param name="Name">Its name in torch.</param>
internal sealed record TorchStorageType(ElementType Type, string Name);

/// <summary>A storage that the archive holds as <c>data/KEY</c>.</summary>
/// <param name="Type">Type of its elements.</param>
/// <param name="Key">Name of its member.</param>
/// <param name="Count">Number of elements, ≥ 0.</param>
internal sealed record TorchStorage(TorchStorageType Type, string Key, long Count);

/// <summary>A view of a storage as the pickle states it, unchecked; the tuples stay shared.</summary>
/// <param name="Storage">What it views.</param>
/// <param name="Offset">First element.</param>
/// <param name="Shape">Axes, a tuple.</param>
/// <param name="Strides">Steps in elements, a tuple.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, object?[] Shape, object?[] Strides);
