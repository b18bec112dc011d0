namespace Geometry.Storage.Tensors;

/// <summary>One array of a weight file: the facts from its header, with checked sizes, and access to its bytes.</summary>
internal sealed record TensorEntry
{
    /// <summary>Its name in the file; dotted for nested torch values.</summary>
    public required string Key { get; init; }

    /// <summary>Element type; <see cref="ElementType.Unsupported"/> arrays are listed but cannot be opened.</summary>
    public required ElementType Type { get; init; }

    /// <summary>The element type as text, such as <c>float32</c>; of an unsupported one, its name in the file.</summary>
    public required string TypeName { get; init; }

    /// <summary>Byte order of the elements.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Axes, outermost first; empty for a scalar.</summary>
    public required long[] Shape { get; init; }

    /// <summary>Steps between neighbours along each axis, in elements, ≥ 0.</summary>
    public required long[] Strides { get; init; }

    /// <summary>Index of the first element.</summary>
    public long Offset { get; init; }

    /// <summary>∏ shape.</summary>
    public required long Count { get; init; }

    /// <summary>Bytes of the array's storage in the file, compressed.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Bytes of the array's storage when unpacked.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether it is a plain number, or list of numbers, of a torch archive and no array.</summary>
    public bool Plain { get; init; }

    /// <summary>Whether it is an object of an unknown class, listed only for messages.</summary>
    public bool Opaque { get; init; }

    /// <summary>The path of names to the array, in formats with levels; empty where the key is all there is.</summary>
    public string[] Path { get; init; } = [];

    /// <summary>Whether it is a column of the results whatever its name, because it comes from the keys of the runs.</summary>
    public bool Swept { get; init; }

    /// <summary>Opens the bytes.</summary>
    public required Func<ByteSource> Open { get; init; }

    /// <summary>For messages: <c>'W' float32 (50, 2, 5)</c>.</summary>
    public string Describe() => Opaque ? $"{Key.Quote()} {TypeName}" : $"{Key.Quote()} {TypeName} {TensorShape.Text(Shape)}";
}
