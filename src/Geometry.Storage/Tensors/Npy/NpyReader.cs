using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors.Npy;

/// <summary>A plain .npy file: one array without a name, called <c>array</c>.</summary>
internal static class NpyReader
{
    /// <summary>The key of an array that has no name.</summary>
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

/// <summary>An .npz archive: a zip of npy arrays, named by their paths without <c>.npy</c>.</summary>
internal static class NpzReader
{
    private const string Extension = ".npy";
    private const int ShortPrefix = 512;

    /// <summary>Reads the npy headers of all members; other members are listed as unsupported.</summary>
    public static List<TensorEntry> Read(FileBytes file, List<ZipEntry> members)
    {
        var entries = new List<TensorEntry>(members.Count);
        foreach (ZipEntry member in members)
        {
            if (!member.Name.EndsWith('/'))
                entries.Add(ReadMember(file, member));
        }
        if (entries.Count == 0)
            throw new InputException("the zip archive is empty; expected npy arrays or what torch.save writes");
        return entries;
    }

    private static TensorEntry ReadMember(FileBytes file, ZipEntry entry)
    {
        bool named = entry.Name.EndsWith(Extension, StringComparison.Ordinal);
        string key = named ? entry.Name[..^Extension.Length] : entry.Name;
        ZipMember member = ZipMember.Locate(file, entry);
        byte[] prefix = member.Prefix(ShortPrefix);
        if (!named && !prefix.AsSpan().StartsWith(NpyHeader.Magic))
            return Foreign(key);
        if (prefix.Length == ShortPrefix && HeaderLength(prefix) > ShortPrefix)
            prefix = member.Prefix(NpyHeader.MaxLength);
        NpyHeader header = NpyHeader.Parse(prefix, member.Length, $"array {key.Quote()}");
        return NpyReader.Entry(key, header, member.Length - header.Length, member.CompressedLength, () =>
            member.Open(header.Length, check: true)
        );
    }

    /// <summary>Bytes before the first element, as the header claims; at least 512 bytes are given.</summary>
    private static long HeaderLength(ReadOnlySpan<byte> prefix) =>
        prefix[6] == 1 ? 10 + BitConverter.ToUInt16(prefix[8..]) : 12L + BitConverter.ToUInt32(prefix[8..]);

    private static TensorEntry Foreign(string key) =>
        new()
        {
            Key = key,
            Type = ElementType.Unsupported,
            TypeName = "not an npy array",
            Shape = [],
            Strides = [],
            Count = 1,
            Open = () => throw new InputException($"member {key.Quote()} is not an npy array"),
        };
}
