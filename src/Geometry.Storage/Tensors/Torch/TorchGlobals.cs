using Geometry.Storage.Sweeps;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>The callables that the unpickler knows.</summary>
internal enum TorchCallable
{
    OrderedDictionary,
    RebuildTensor,
    RebuildParameter,
    Size,
}

/// <summary>The closed table of names that a torch archive may refer to, and what calling them means here.</summary>
/// <remarks>
/// Nothing is looked up outside this table and nothing is executed: a name stands for one of the constructions below,
/// each of constant cost.
/// </remarks>
internal static class TorchGlobals
{
    private static readonly Dictionary<(string, string), object> Known = new()
    {
        [("collections", "OrderedDict")] = TorchCallable.OrderedDictionary,
        [("torch._utils", "_rebuild_tensor_v2")] = TorchCallable.RebuildTensor,
        [("torch._utils", "_rebuild_parameter")] = TorchCallable.RebuildParameter,
        [("torch", "Size")] = TorchCallable.Size,
        [("torch", "HalfStorage")] = new TorchStorageType(ElementType.Float16, "float16"),
        [("torch", "BFloat16Storage")] = new TorchStorageType(ElementType.BFloat16, "bfloat16"),
        [("torch", "FloatStorage")] = new TorchStorageType(ElementType.Float32, "float32"),
        [("torch", "DoubleStorage")] = new TorchStorageType(ElementType.Float64, "float64"),
        [("torch", "CharStorage")] = new TorchStorageType(ElementType.Int8, "int8"),
        [("torch", "ByteStorage")] = new TorchStorageType(ElementType.UInt8, "uint8"),
        [("torch", "ShortStorage")] = new TorchStorageType(ElementType.Int16, "int16"),
        [("torch", "IntStorage")] = new TorchStorageType(ElementType.Int32, "int32"),
        [("torch", "LongStorage")] = new TorchStorageType(ElementType.Int64, "int64"),
        [("torch", "BoolStorage")] = new TorchStorageType(ElementType.Bool, "bool"),
        [("torch", "ComplexFloatStorage")] = new TorchStorageType(ElementType.Unsupported, "complex64"),
        [("torch", "ComplexDoubleStorage")] = new TorchStorageType(ElementType.Unsupported, "complex128"),
    };

    /// <summary>What a name stands for.</summary>
    /// <exception cref="InputException">The name is not in the table.</exception>
    public static object Resolve(string module, string name) =>
        Known.TryGetValue((module, name), out object? value) ? value : throw new InputException(
            $"it refers to the Python object {(module + "." + name).Quote()}, which is never loaded; expected tensors and plain values only, as torch.save(model.state_dict(), ...) writes them");

    /// <summary>The result of calling <paramref name="callable"/>.</summary>
    /// <exception cref="InputException">It cannot be called, or not with these arguments.</exception>
    public static object Call(object? callable, object?[] arguments) => (callable, arguments) switch
    {
        (TorchCallable.OrderedDictionary, []) => new PickleDictionary(),
        (TorchCallable.RebuildTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) => new TorchTensor(storage, offset, shape, strides),
        (TorchCallable.RebuildParameter, [TorchTensor tensor, ..]) => tensor,
        (TorchCallable.Size, [object?[] axes]) => axes,
        (TorchCallable known, _) => throw new InputException($"its pickle calls {known} with unexpected arguments (damaged?)"),
        _ => throw new InputException("its pickle calls something that is no function (damaged?)"),
    };
}
