namespace Geometry.Storage.Tensors.Torch;

/// <summary>A dictionary as unpickled: pairs in order; keys are whatever the pickle says.</summary>
internal sealed class PickleDictionary
{
    /// <summary>The pairs in order of insertion, repeated keys included.</summary>
    public List<(object? Key, object? Value)> Pairs { get; } = [];
}

/// <summary>A list, or a set, as unpickled.</summary>
internal sealed class PickleList
{
    /// <summary>The elements.</summary>
    public List<object?> Items { get; } = [];
}

/// <summary>A value that is carried along but of no use here: bytes, very large integers.</summary>
internal sealed class PickleOpaque
{
    /// <summary>The only one.</summary>
    public static readonly PickleOpaque Instance = new();
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

/// <summary>A view of a storage, as the pickle states it: nothing is checked, and the tuples stay shared.</summary>
/// <param name="Storage">What it views.</param>
/// <param name="Offset">First element.</param>
/// <param name="Shape">Axes, a tuple.</param>
/// <param name="Strides">Steps in elements, a tuple.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, object?[] Shape, object?[] Strides);
