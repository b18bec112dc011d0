using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Geometry.Reports.Tests.Training;

/// <summary>Checkpoints of runs with n = 3, m = 2: one direction at first, then a triangle.</summary>
internal static class MadeCheckpoints
{
    /// <summary>Writes an npz of W, b, step and density; the runs follow each other.</summary>
    public static void Write(string path, params double[][] stepsOfRuns)
    {
        double[] steps = [.. stepsOfRuns.SelectMany(s => s)];
        double[] triangle = [0, 1, Math.Sqrt(0.75), -0.5, -Math.Sqrt(0.75), -0.5],
            one = [0, 1, 0, 0.01, 0, 0.01];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream stream = File.Create(path);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        Add(archive, "W", [steps.Length, 3, 2], [.. steps.SelectMany(s => s < 100 ? one : triangle)]);
        Add(archive, "b", [steps.Length, 3], new double[3 * steps.Length]);
        Add(archive, "step", [steps.Length], steps);
        Add(archive, "density", [steps.Length], [.. stepsOfRuns.SelectMany((s, run) => s.Select(_ => 0.1 * (run + 1)))]);
    }

    private static void Add(ZipArchive archive, string name, int[] shape, double[] values)
    {
        using Stream entry = archive.CreateEntry(name + ".npy").Open();
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}".PadRight(117) + "\n";
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0]);
        entry.Write(Encoding.ASCII.GetBytes(header));
        byte[] bytes = new byte[8];
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            entry.Write(bytes);
        }
    }
}
