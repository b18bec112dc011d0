using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Geometry.Storage.Tensors.Writing;

/// <summary>Writes npz files: stored members, npy version 1, C order, little-endian.</summary>
/// <remarks>
/// Formats: NEP 1 (npy) and APPNOTE 6.3 (zip, with Zip64 where a member needs it). Members have no time of writing, so equal arrays make
/// equal files. Only the 64 KiB between the arrays and the stream are buffered.
/// </remarks>
internal sealed class NpzWriter : IDisposable
{
    private const int HeaderAlignment = 64;
    private const int BufferBytes = 1 << 16;
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _zip;

    /// <param name="stream">Writable and seekable; stays open.</param>
    public NpzWriter(Stream stream) => _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds a float32 array; the parts follow each other in C order.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="shape">Axes, outermost first; their product is the number of values.</param>
    /// <param name="parts">The values.</param>
    public void Add(string name, long[] shape, IEnumerable<float[]> parts) =>
        Add(name, "<f4", shape, sizeof(float), parts.Select(p => new ReadOnlyMemory<float>(p)));

    /// <summary>Adds a float64 array.</summary>
    public void Add(string name, long[] shape, double[] values) =>
        Add(name, "<f8", shape, sizeof(double), [new ReadOnlyMemory<double>(values)]);

    /// <summary>Adds an int64 array.</summary>
    public void Add(string name, long[] shape, long[] values) => Add(name, "<i8", shape, sizeof(long), [new ReadOnlyMemory<long>(values)]);

    /// <summary>Adds one text as an array without axes of fixed-width Unicode (UTF-32), which NumPy reads without pickle.</summary>
    public void Add(string name, string text)
    {
        byte[] characters = Encoding.UTF32.GetBytes(text.Length == 0 ? "\0" : text);
        Add(
            name,
            string.Create(CultureInfo.InvariantCulture, $"<U{characters.Length / 4}"),
            [],
            1,
            [new ReadOnlyMemory<byte>(characters)],
            characters.Length
        );
    }

    /// <summary>Adds an int64 array in parts, in C order.</summary>
    public void Add(string name, long[] shape, IEnumerable<long[]> parts) =>
        Add(name, "<i8", shape, sizeof(long), parts.Select(p => new ReadOnlyMemory<long>(p)));

    /// <summary>Writes the zip directory.</summary>
    public void Dispose() => _zip.Dispose();

    private void Add<T>(string name, string type, long[] shape, int size, IEnumerable<ReadOnlyMemory<T>> parts, long perValue = 1)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("npz files are written on little-endian machines only.");
        ZipArchiveEntry entry = _zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = s_noTime;
        using var member = new BufferedStream(entry.Open(), BufferBytes);
        member.Write(Header(type, shape));
        long written = 0;
        foreach (ReadOnlyMemory<T> part in parts)
        {
            member.Write(MemoryMarshal.AsBytes(part.Span));
            written += part.Length;
        }
        long expected = shape.Aggregate(perValue, (product, axis) => product * axis);
        if (written != expected)
            throw new ArgumentException(
                FormattableString.Invariant($"The array '{name}' has {written} values of {size} bytes; its shape says {expected}."),
                nameof(parts)
            );
    }

    private static byte[] Header(string type, long[] shape)
    {
        string axes = string.Join(", ", shape.Select(a => a.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({axes}), }}";
        const int Prefix = 10;
        int length = (Prefix + text.Length + 1 + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        var header = new byte[length];
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(magic.Length), (ushort)(length - Prefix));
        header.AsSpan(Prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, header.AsSpan(Prefix));
        header[^1] = (byte)'\n';
        return header;
    }
}
