using System.IO.Compression;
using System.Text;

namespace Geometry.Storage.Tests.Results;

/// <summary>Writes small npz files: float64 arrays in C order, stored.</summary>
internal static class NpzFile
{
    public static void Write(string path, params (string Key, int[] Shape, double[] Values)[] arrays)
    {
        using var stream = new FileStream(path, FileMode.Create);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach ((string key, int[] shape, double[] values) in arrays)
        {
            using Stream entry = zip.CreateEntry(key + ".npy", CompressionLevel.NoCompression).Open();
            string header =
                $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}";
            header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length & 255), (byte)(header.Length >> 8)]);
            entry.Write(Encoding.ASCII.GetBytes(header));
            var bytes = new byte[values.Length * 8];
            Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
            entry.Write(bytes);
        }
    }

    /// <summary>A sweep of random weights: W (instances, m, n), b, seed and sparsity.</summary>
    public static void WriteSweep(string path, int seed, int instances, int n = 5, int m = 2, params int[] broken)
    {
        var random = new Random(seed);
        double[] weights = [.. Enumerable.Range(0, instances * n * m).Select(_ => (random.NextDouble() * 2) - 1)];
        foreach (int instance in broken)
            weights[instance * n * m] = double.NaN;
        Write(
            path,
            ("W", [instances, m, n], weights),
            ("b", [instances, n], [.. Enumerable.Range(0, instances * n).Select(i => i / 8.0)]),
            ("seed", [instances], [.. Enumerable.Range(0, instances).Select(i => (double)i)]),
            ("sparsity", [instances], [.. Enumerable.Range(0, instances).Select(i => i / (double)instances)])
        );
    }
}
