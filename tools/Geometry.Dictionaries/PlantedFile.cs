namespace Geometry.Planted;

/// <summary>
/// Writes a planted dictionary, features × dimensions in single precision, and a text file with the planes planted in it.
/// </summary>
internal static class PlantedFile
{
    public static void Run(string path, Arguments given)
    {
        PlantedOptions options = Recall.Dictionary(given) with
        {
            Distance = given.Number("distance", 0.1),
            Sigma = given.Number("sigma", -1),
        };
        given.Finish();
        PlantedDictionary made = PlantedDictionary.Make(options);
        NpyFile.Write(path, made.Weights.Columns.ToArray().Select(x => (float)x), options.Features, options.Dim);
        File.WriteAllLines(path + ".planted.txt", made.Planes.Select(p => $"{p.Dim}: {string.Join(' ', p.Features)}"));
        Console.WriteLine($"{path}, and what was planted in {path}.planted.txt");
    }
}
