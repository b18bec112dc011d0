using System.Globalization;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>A NumPy element type from a pickle; its byte order comes with its state.</summary>
/// <param name="code">As in <c>f8</c>: a kind and a size in bytes.</param>
internal sealed class NumpyType(string code)
{
    /// <summary>Element type; unsupported for strings, objects and the like.</summary>
    public ElementType Type { get; } = ElementTypes.OfNumpy(code);

    /// <summary>The type as text.</summary>
    public string Name => Type == ElementType.Unsupported ? "NumPy " + Quoting.Plain(code) : Type.DisplayName();

    /// <summary>Byte order of the elements.</summary>
    public bool BigEndian { get; set; }
}

/// <summary>A NumPy array from a pickle: first made empty, then filled by its state.</summary>
internal sealed class NumpyArray
{
    /// <summary>Axes, a tuple; null until the state is set.</summary>
    public object?[]? Shape { get; set; }

    /// <summary>Type of its elements.</summary>
    public NumpyType Type { get; set; } = new("");

    /// <summary>Whether the first axis is contiguous.</summary>
    public bool Fortran { get; set; }

    /// <summary>The elements; null when they are Python objects.</summary>
    public byte[]? Content { get; set; }
}

/// <summary>How NumPy pickles scalars and arrays (<c>numpy/core/src/multiarray/methods.c</c>, <c>array_reduce</c>).</summary>
internal static class NumpyPickles
{
    /// <summary>A scalar as a plain number; opaque where it is no number.</summary>
    public static object? Scalar(NumpyType type, object? content)
    {
        if (type.Type == ElementType.Unsupported || content is not PickleBytes { Content: { } bytes } || bytes.Length != type.Type.Size())
            return PickleOpaque.Instance;
        Span<double> value = stackalloc double[1];
        ElementDecoder.Decode(type.Type, type.BigEndian, (byte[])bytes.Clone(), value);
        return type.Type switch
        {
            ElementType.Bool => value[0] != 0,
            _ when !type.Type.IsFloat() && Math.Abs(value[0]) < 1L << 53 => (long)value[0],
            _ => ShortestDecimal.Clean(value[0], type.Type),
        };
    }

    /// <summary>Fills an array from its state (version, shape, type, Fortran order, content).</summary>
    public static void SetState(NumpyArray array, object? state)
    {
        if (state is not object?[] parts || parts is not [_, object?[] shape, NumpyType type, bool fortran, var content])
            return;
        (array.Shape, array.Type, array.Fortran, array.Content) = (shape, type, fortran, (content as PickleBytes)?.Content);
    }

    /// <summary>An array that shares a buffer: <c>_frombuffer(content, type, shape, order)</c>.</summary>
    public static NumpyArray FromBuffer(PickleBytes content, NumpyType type, object?[] shape, string order) =>
        new()
        {
            Content = content.Content,
            Type = type,
            Shape = shape,
            Fortran = order == "F",
        };

    /// <summary>The checked entry for an array.</summary>
    /// <exception cref="InputException">Its shape does not agree with its content.</exception>
    public static TensorEntry Entry(string key, NumpyArray array)
    {
        string what = $"array {key.Quote()}";
        if ((array.Shape ?? []).Length > TensorShape.MaxRank)
            throw new InputException($"{what} has more than {TensorShape.MaxRank} axes");
        long[] shape =
        [
            .. (array.Shape ?? []).Select(a =>
                a is long axis ? axis : throw new InputException($"{what} has a shape of no integers (damaged?)")
            ),
        ];
        if (!TensorShape.TryCount(shape, out long count))
            throw new InputException($"{what} has the impossible shape {TensorShape.Text(shape)}");
        byte[] content = array.Content ?? [];
        ElementType type = array.Content is null ? ElementType.Unsupported : array.Type.Type;
        if (type != ElementType.Unsupported && (Int128)count * type.Size() != content.Length)
            throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} has shape {TensorShape.Text(shape)} of {array.Type.Name}, but holds {content.Length} bytes"
                )
            );
        return new TensorEntry
        {
            Key = key,
            Type = type,
            TypeName = array.Type.Name,
            BigEndian = array.Type.BigEndian,
            Shape = shape,
            Strides = TensorShape.DenseStrides(shape, array.Fortran),
            Count = count,
            Bytes = content.Length,
            StoredBytes = content.Length,
            Open = () => new MemorySource(content),
        };
    }
}
