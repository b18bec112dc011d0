using System.Text;

namespace Geometry.Planted;

/// <summary>Writes a planted dictionary, features × dimensions in single precision, and a text file with the planes planted in it.</summary>
internal static class PlantedFile
{
    public static void Run(string path, Arguments given)
    {
        PlantedOptions options = Recall.Dictionary(given) with { Distance = given.Number("distance", 0.1), Sigma = given.Number("sigma", -1) };
        given.Finish();
        PlantedDictionary made = PlantedDictionary.Make(options);
        using (var file = new BinaryWriter(File.Create(path)))
        {
            // NPY format 1.0: magic, version, length of the header, header padded to a multiple of 64 bytes.
            string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({options.Features}, {options.Dim}), }}";
            header = header.PadRight(((10 + header.Length + 1 + 63) / 64 * 64) - 10 - 1) + "\n";
            file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
            file.Write((ushort)header.Length);
            file.Write(Encoding.ASCII.GetBytes(header));
            foreach (double weight in made.Weights.Columns) file.Write((float)weight);
        }
        File.WriteAllLines(path + ".planted.txt", made.Planes.Select(p => $"{p.Dim}: {string.Join(' ', p.Features)}"));
        Console.WriteLine($"{path}, and what was planted in {path}.planted.txt");
    }
}
