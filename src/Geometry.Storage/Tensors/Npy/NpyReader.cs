namespace Geometry.Storage.Tensors.Npy;

/// <summary>A plain .npy file: one array without a name, called <c>array</c>.</summary>
internal static class NpyReader
{
    /// <summary>The key of the array in a file that names none.</summary>
    public const string Key = "array";

    /// <summary>Reads the header.</summary>
    public static TensorEntry ReadFile(FileBytes file)
    {
        byte[] prefix = new byte[Math.Min(file.Length, NpyHeader.MaxLength)];
        file.Read(0, prefix, "the npy header");
        NpyHeader header = NpyHeader.Parse(prefix, file.Length, "the array");
        long payload = file.Length - header.Length;
        return Entry(Key, header, payload, payload, () => new FileSource(file, header.Length, payload, "the array"));
    }

    /// <summary>An entry for a parsed header.</summary>
    public static TensorEntry Entry(string key, NpyHeader header, long bytes, long storedBytes, Func<ByteSource> open) =>
        new()
        {
            Key = key,
            Type = header.Type,
            TypeName = header.TypeName,
            BigEndian = header.BigEndian,
            Shape = header.Shape,
            Strides = TensorShape.DenseStrides(header.Shape, header.Fortran),
            Count = header.Count,
            Bytes = bytes,
            StoredBytes = storedBytes,
            Open = open,
        };
}
