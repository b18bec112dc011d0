using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>Turns tensors into entries; checks views against their storages, and storages against their zip members.</summary>
internal sealed class TorchStorages(FileBytes file, Dictionary<string, ZipEntry> members, string root, bool bigEndian)
{
    /// <summary>The checked entry for a tensor.</summary>
    /// <exception cref="InputException">The storage is missing or of another size, or the view reaches outside it.</exception>
    public TensorEntry Entry(string key, TorchTensor tensor)
    {
        string what = $"tensor {key.Quote()}";
        TorchStorage storage = tensor.Storage;
        string member = root + "data/" + storage.Key;
        if (!members.TryGetValue(member, out ZipEntry? entry))
            throw new InputException($"{what} needs the member {member.Quote()}, which the archive lacks");
        ElementType type = storage.Type.Type;
        if (type != ElementType.Unsupported && (Int128)storage.Count * type.Size() != entry.Length)
            throw new InputException(
                $"{what} needs a storage of {storage.Count} × {type.Size()} bytes, but {member.Quote()} has {entry.Length}"
            );
        long[] shape = Integers(tensor.Shape, what),
            strides = Integers(tensor.Strides, what);
        if (shape.Length != strides.Length)
            throw new InputException($"{what} has {shape.Length} axes but {strides.Length} strides");
        if (!TensorShape.TryCount(shape, out long count))
            throw new InputException($"{what} has the impossible shape {TensorShape.Text(shape)}");
        if (tensor.Offset < 0 || Array.Exists(strides, s => s < 0))
            throw new InputException($"{what} has a negative offset or stride: {tensor.Offset}, {TensorShape.Text(strides)}");
        if (count > 0 && !(TensorShape.TryLastIndex(shape, strides, tensor.Offset, out long last) && last < storage.Count))
            throw new InputException(
                $"{what} reaches outside its storage of {storage.Count} elements: offset {tensor.Offset}, shape "
                    + $"{TensorShape.Text(shape)}, strides {TensorShape.Text(strides)}"
            );
        return new TensorEntry
        {
            Key = key,
            Type = type,
            TypeName = storage.Type.Name,
            BigEndian = bigEndian,
            Shape = shape,
            Strides = strides,
            Offset = tensor.Offset,
            Count = count,
            Bytes = entry.Length,
            StoredBytes = entry.CompressedLength,
            Open = () => ZipMember.Locate(file, entry).Open(0, check: false),
        };
    }

    private static long[] Integers(object?[] tuple, string what)
    {
        if (tuple.Length > TensorShape.MaxRank)
            throw new InputException($"{what} has {tuple.Length} axes or strides; expected at most {TensorShape.MaxRank}");
        var values = new long[tuple.Length];
        for (int k = 0; k < values.Length; k++)
            values[k] = tuple[k] is long value
                ? value
                : throw new InputException($"{what} has a shape or strides that are no integers (damaged?)");
        return values;
    }
}
