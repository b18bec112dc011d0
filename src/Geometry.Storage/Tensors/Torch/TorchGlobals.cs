using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>The functions and classes that the unpickler knows.</summary>
internal enum TorchCallable
{
    Dictionary,
    Namespace,
    List,
    RebuildTensor,
    RebuildOldTensor,
    RebuildParameter,
    RebuildSubclass,
    Size,
    Reconstruct,
    Encode,
    NumpyType,
    NumpyScalar,
    NumpyArray,
    NumpyBuffer,
}

/// <summary>The fixed table of names that a torch archive may refer to, and what calling them does here.</summary>
/// <remarks>
/// Nothing outside this table is looked up, and nothing is executed: a name stands for one of the constructions below, each of constant
/// cost. Any other name is a <see cref="PickleForeign"/>, and calling it gives an opaque <see cref="PickleObject"/>.
/// </remarks>
internal static class TorchGlobals
{
    private static readonly Dictionary<(string, string), object> Known = new()
    {
        [("collections", "OrderedDict")] = TorchCallable.Dictionary,
        [("collections", "defaultdict")] = TorchCallable.Dictionary,
        [("collections", "Counter")] = TorchCallable.Dictionary,
        [("argparse", "Namespace")] = TorchCallable.Namespace,
        [("types", "SimpleNamespace")] = TorchCallable.Namespace,
        [("torch._utils", "_rebuild_tensor")] = TorchCallable.RebuildOldTensor,
        [("torch._utils", "_rebuild_tensor_v2")] = TorchCallable.RebuildTensor,
        [("torch._utils", "_rebuild_parameter")] = TorchCallable.RebuildParameter,
        [("torch._utils", "_rebuild_parameter_with_state")] = TorchCallable.RebuildParameter,
        [("torch._tensor", "_rebuild_from_type_v2")] = TorchCallable.RebuildSubclass,
        [("torch", "Size")] = TorchCallable.Size,
        [("copyreg", "_reconstructor")] = TorchCallable.Reconstruct,
        [("copy_reg", "_reconstructor")] = TorchCallable.Reconstruct,
        [("_codecs", "encode")] = TorchCallable.Encode,
        [("numpy", "dtype")] = TorchCallable.NumpyType,
        [("numpy.core.multiarray", "scalar")] = TorchCallable.NumpyScalar,
        [("numpy._core.multiarray", "scalar")] = TorchCallable.NumpyScalar,
        [("numpy.core.multiarray", "_reconstruct")] = TorchCallable.NumpyArray,
        [("numpy._core.multiarray", "_reconstruct")] = TorchCallable.NumpyArray,
        [("numpy.core.numeric", "_frombuffer")] = TorchCallable.NumpyBuffer,
        [("numpy._core.numeric", "_frombuffer")] = TorchCallable.NumpyBuffer,
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

    private static readonly string[] s_builtins = ["builtins", "__builtin__"];
    private static readonly string[] s_lists = ["set", "frozenset", "list", "tuple"];

    /// <summary>What a name stands for.</summary>
    public static object Resolve(string module, string name)
    {
        if (Known.TryGetValue((module, name), out object? value))
            return value;
        if (s_builtins.Contains(module) && s_lists.Contains(name))
            return TorchCallable.List;
        return new PickleForeign(Quoting.Plain(module + "." + name));
    }

    /// <summary>The result of calling <paramref name="callable"/>.</summary>
    /// <exception cref="InputException">It cannot be called with these arguments.</exception>
    public static object? Call(object? callable, object?[] arguments) =>
        (callable, arguments) switch
        {
            (PickleForeign foreign, _) => new PickleObject(foreign.Name),
            (TorchCallable.Dictionary or TorchCallable.Namespace, [PickleDictionary pairs]) => pairs,
            (TorchCallable.Dictionary or TorchCallable.Namespace, _) => Make(callable, arguments),
            (TorchCallable.List, []) => new PickleList(),
            (TorchCallable.List, [PickleList items]) => items,
            (TorchCallable.RebuildTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) => new TorchTensor(
                storage,
                offset,
                shape,
                strides
            ),
            (TorchCallable.RebuildOldTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides]) => new TorchTensor(
                storage,
                offset,
                shape,
                strides
            ),
            (TorchCallable.RebuildParameter, [TorchTensor tensor, ..]) => tensor,
            (TorchCallable.RebuildSubclass, [TorchCallable.RebuildTensor or TorchCallable.RebuildParameter, _, object?[] inner, ..]) =>
                Call(arguments[0], inner),
            (TorchCallable.RebuildSubclass, _) => new PickleObject("a tensor subclass"),
            (TorchCallable.Size, [object?[] axes]) => axes,
            (TorchCallable.Reconstruct, [var type, ..]) => Make(type, []),
            (TorchCallable.NumpyType, [string code, ..]) => new NumpyType(code),
            (TorchCallable.NumpyScalar, [NumpyType type, var content]) => NumpyPickles.Scalar(type, content),
            (TorchCallable.NumpyArray, _) => new NumpyArray(),
            (TorchCallable.NumpyBuffer, [PickleBytes content, NumpyType type, object?[] shape, string order]) => NumpyPickles.FromBuffer(
                content,
                type,
                shape,
                order
            ),
            (TorchCallable known, _) => throw new InputException($"its pickle calls {known} with unexpected arguments (damaged?)"),
            _ => throw new InputException("its pickle calls something that is no function (damaged?)"),
        };

    /// <summary>A new object of a class, before its state is set.</summary>
    /// <exception cref="InputException">It is no class.</exception>
    public static object? Make(object? type, object?[] arguments) =>
        type switch
        {
            TorchCallable.Dictionary => new PickleDictionary(),
            TorchCallable.Namespace => new PickleDictionary { TakesState = true },
            TorchCallable.List => new PickleList(),
            _ => Call(type, arguments),
        };

    /// <summary>
    /// Sets the part of an object's state that is of use here: the attributes of a namespace, NumPy's byte order and elements. Any other
    /// state is dropped.
    /// </summary>
    public static void SetState(object? target, object? state)
    {
        switch (target)
        {
            // Shared, not copied: a short pickle can give one large state to very many objects.
            case PickleDictionary { TakesState: true, Pairs.Count: 0 } dictionary when state is PickleDictionary attributes:
                dictionary.Pairs = attributes.Pairs;
                break;
            case NumpyType type when state is object?[] and [_, string order, ..]:
                type.BigEndian = order == ">";
                break;
            case NumpyArray array:
                NumpyPickles.SetState(array, state);
                break;
        }
    }
}
