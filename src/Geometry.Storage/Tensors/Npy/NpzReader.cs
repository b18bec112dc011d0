using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors.Npy;

/// <summary>An .npz archive: a zip of npy arrays, named by their paths without <c>.npy</c>.</summary>
internal static class NpzReader
{
    private const string Extension = ".npy";
    private const int ShortPrefix = 512;

    /// <summary>Reads the npy headers of all members; members that are no npy arrays are listed as unsupported.</summary>
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

    /// <summary>Bytes to the first element as the header claims; at least 512 bytes are given.</summary>
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
