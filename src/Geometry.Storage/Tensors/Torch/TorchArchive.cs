using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>
/// A zip archive of torch.save (PyTorch ≥ 1.6): <c>NAME/data.pkl</c> describes the value, <c>NAME/data/KEY</c> are the storages.
/// </summary>
/// <remarks>CRCs are not checked, because PyTorch can be told not to write them.</remarks>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl";
    private const int LargestPickle = 16 << 20;
    private const int PickleRatio = 200;

    /// <summary>The member with the pickle; null when the archive is not PyTorch's.</summary>
    public static ZipEntry? FindPickle(List<ZipEntry> members) =>
        members.Find(m =>
            m.Name == Pickle
            || (
                m.Name.EndsWith("/" + Pickle, StringComparison.Ordinal)
                && m.Name.IndexOf('/', StringComparison.Ordinal) == m.Name.Length - Pickle.Length - 1
            )
        );

    /// <summary>The tensors and plain numbers of the archive.</summary>
    /// <exception cref="InputException">The archive is damaged, or its value is an unknown object.</exception>
    public static List<TensorEntry> Read(FileBytes file, List<ZipEntry> members, ZipEntry pickle)
    {
        string root = pickle.Name[..^Pickle.Length];
        var byName = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        foreach (ZipEntry member in members)
        {
            if (!byName.TryAdd(member.Name, member))
                throw new InputException($"zip member {member.Name.Quote()} occurs twice");
        }
        if (byName.ContainsKey(root + "constants.pkl"))
            throw new InputException("it is a TorchScript archive, which is not read; save model.state_dict() with torch.save");
        byte[] bytes = ReadPickle(file, pickle);
        object? value = Unpickler.Load(bytes);
        var storages = new TorchStorages(file, byName, root, IsBigEndian(file, byName, root));
        return TorchFlattening.Flatten(value, storages, bytes.Length);
    }

    private static byte[] ReadPickle(FileBytes file, ZipEntry entry)
    {
        if (entry.Length > LargestPickle || entry.Length / PickleRatio > Math.Max(entry.CompressedLength, 1024))
            throw new InputException(
                $"its pickle claims {entry.Length} bytes packed to {entry.CompressedLength}; expected at most {LargestPickle} and "
                    + $"{PickleRatio}:1"
            );
        return ZipMember.Locate(file, entry).Prefix(LargestPickle);
    }

    private static bool IsBigEndian(FileBytes file, Dictionary<string, ZipEntry> members, string root)
    {
        if (!members.TryGetValue(root + "byteorder", out ZipEntry? entry))
            return false;
        string order = Encoding.Latin1.GetString(ZipMember.Locate(file, entry).Prefix(16));
        return order switch
        {
            "little" => false,
            "big" => true,
            _ => throw new InputException($"its byteorder is {order.Quote()}; expected 'little' or 'big'"),
        };
    }
}
