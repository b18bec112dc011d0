using Geometry.Storage.Files;
using Geometry.Storage.Tensors.Hdf5;
using Geometry.Storage.Tensors.Npy;
using Geometry.Storage.Tensors.Tables;
using Geometry.Storage.Tensors.Torch;
using Geometry.Storage.Tensors.Zip;

namespace Geometry.Storage.Tensors;

/// <summary>
/// A file of named arrays, recognised by its content: npy, npz, safetensors, a torch.save archive, HDF5, or a matrix as Parquet or text.
/// </summary>
internal sealed class TensorFile : IDisposable
{
    private static readonly byte[] s_hdf5 = [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 0x1a, 10];
    private readonly FileBytes _bytes;
    private readonly IDisposable? _library;

    private TensorFile(FileBytes bytes, IReadOnlyList<TensorEntry> entries, IDisposable? library)
    {
        _bytes = bytes;
        _library = library;
        Entries = entries;
    }

    /// <summary>The arrays in the order of the file; keys are unique.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length => _bytes.Length;

    /// <summary>Opens a file and reads its headers.</summary>
    /// <exception cref="InputException">The file is of no known format, or its headers are damaged.</exception>
    public static TensorFile Open(string path)
    {
        FileBytes bytes = FileBytes.Open(path);
        IDisposable? library = null;
        try
        {
            List<TensorEntry> entries = ReadEntries(bytes, path, out library);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (TensorEntry entry in entries)
            {
                if (!keys.Add(entry.Key))
                    throw new InputException($"the key {entry.Key.Quote()} occurs twice; expected one array a key");
            }
            return new TensorFile(bytes, entries, library);
        }
        catch
        {
            library?.Dispose();
            bytes.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _library?.Dispose();
        _bytes.Dispose();
    }

    private static List<TensorEntry> ReadEntries(FileBytes file, string path, out IDisposable? library)
    {
        library = null;
        Span<byte> head = stackalloc byte[(int)Math.Min(520, file.Length)];
        file.Read(0, head, "the first bytes");
        if (head.StartsWith(NpyHeader.Magic))
            return [NpyReader.ReadFile(file)];
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
            return ReadArchive(file);
        if (head.Length > 8 && head[8] == '{')
            return SafetensorsReader.Read(file);
        bool matlab = head.StartsWith("MATLAB "u8);
        if (head.StartsWith(s_hdf5) || (matlab && head.Length >= 520 && head[512..].StartsWith(s_hdf5)))
        {
            Hdf5Reader reader = Hdf5Reader.Open(path, matlab);
            library = reader;
            return reader.Entries;
        }
        if (matlab)
            throw new InputException(
                "it is a MATLAB file of before version 7.3, which is not read; save it in MATLAB with save('weights.mat', 'W', 'b', "
                    + "'-v7.3'), or in Python with numpy.savez('weights.npz', **{k: v for k, v in "
                    + "scipy.io.loadmat('weights.mat').items() if k[0] != '_'})"
            );
        if (head.StartsWith("PAR1"u8))
            return [ParquetMatrix.Read(path)];
        if (TextMatrix.Applies(head))
            return [TextMatrix.Read(path)];
        throw Refusal(head);
    }

    private static List<TensorEntry> ReadArchive(FileBytes file)
    {
        List<ZipEntry> members = ZipDirectory.Read(file);
        return TorchArchive.FindPickle(members) is { } pickle ? TorchArchive.Read(file, members, pickle) : NpzReader.Read(file, members);
    }

    private static InputException Refusal(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> legacyTorch = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
        if (head.Length > 2 && head[0] == 0x80 && head[2..].StartsWith(legacyTorch))
            return new(
                "it is a torch.save file of the old format (before PyTorch 1.6), which is not read; load it in PyTorch and "
                    + "torch.save it again"
            );
        if (head.Length > 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5)
            return new("it is a Python pickle, which is never loaded; save the arrays with numpy.savez or safetensors");
        return new(
            $"it is neither npy, npz, safetensors, HDF5, Parquet, a torch.save archive nor a table of numbers; it begins with bytes "
                + $"{Convert.ToHexString(head[..Math.Min(8, head.Length)]).ToLowerInvariant()}"
        );
    }
}
