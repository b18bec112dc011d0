using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Geometry.Storage.Tests.Tensors;

/// <summary>Weight files written by hand, right or wrong.</summary>
internal static class Written
{
    /// <summary>An npy array with any header and payload.</summary>
    public static byte[] Npy(string header, ReadOnlySpan<byte> payload)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        return
        [
            0x93,
            (byte)'N',
            (byte)'U',
            (byte)'M',
            (byte)'P',
            (byte)'Y',
            1,
            0,
            (byte)(text.Length & 255),
            (byte)(text.Length >> 8),
            .. text,
            .. payload,
        ];
    }

    public static byte[] Npy(string type, string shape, ReadOnlySpan<byte> payload, bool fortran = false) =>
        Npy($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", payload);

    public static byte[] Npy(string shape, params float[] values) => Npy("<f4", shape, MemoryMarshal.AsBytes<float>(values));

    /// <summary>Consecutive values 0, 1/8, 2/8 … of a shape.</summary>
    public static byte[] Ramp(string shape, int count) => Npy(shape, [.. Enumerable.Range(0, count).Select(k => k / 8f)]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in members)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Npz(params (string Key, byte[] Npy)[] arrays) =>
        Zip(CompressionLevel.NoCompression, [.. arrays.Select(a => (a.Key + ".npy", a.Npy))]);

    public static byte[] Safetensors(string json, ReadOnlySpan<byte> data)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data];
    }

    /// <summary>A torch archive with any pickle and storages 0, 1, … .</summary>
    public static byte[] Torch(byte[] pickle, params byte[][] storages) =>
        Zip(
            CompressionLevel.NoCompression,
            [("archive/data.pkl", pickle), .. storages.Select((s, k) => ($"archive/data/{k}", s)), ("archive/version", "3\n"u8.ToArray())]
        );
}
