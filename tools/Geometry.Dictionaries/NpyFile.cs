using System.Text;

namespace Geometry.Planted;

/// <summary>Writes a matrix in single precision as NumPy's format 1.0.</summary>
internal static class NpyFile
{
    public static void Write(string path, IEnumerable<float> values, int rows, int columns)
    {
        using var file = new BinaryWriter(File.Create(path));
        // Magic, version, length of the header, header padded to a multiple of 64 bytes.
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        header = header.PadRight(((10 + header.Length + 1 + 63) / 64 * 64) - 10 - 1) + "\n";
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        file.Write((ushort)header.Length);
        file.Write(Encoding.ASCII.GetBytes(header));
        foreach (float value in values)
            file.Write(value);
    }
}
