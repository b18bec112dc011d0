// Writes docs/shapes.md and docs/shapes/*.svg from the catalogue: dotnet run -c Release --project tools/Geometry.Shapes [FOLDER, by default
// docs].
using Geometry.ShapePages;

string folder = args.Length > 0 ? args[0] : "docs";
foreach ((string name, string text) in ShapePage.Files())
{
    string path = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.WriteAllText(path, text);
}
Console.WriteLine($"{Path.Combine(folder, ShapePage.Name)} and {ShapePage.Files().Count - 1} pictures are written");
