using System.Runtime.InteropServices;

namespace Geometry.Peers;

/// <summary>Arrays handed over as raw files, the form of NumPy's <c>tofile</c>: little-endian, C order, sizes told beside them.</summary>
internal static class Arrays
{
    internal static double[] ReadDoubles(string path, long count)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("raw arrays are exchanged on little-endian machines only");
        long bytes = new FileInfo(path).Length;
        if (bytes != count * sizeof(double))
            throw new InvalidDataException($"{path}: expected {count} float64 numbers, found {bytes} bytes");
        double[] values = new double[count];
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    internal static void Write(string path, ReadOnlySpan<int> values) => File.WriteAllBytes(path, MemoryMarshal.AsBytes(values));
}
