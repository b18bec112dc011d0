using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Training.Specs;

namespace Geometry.Cli.Training;

/// <summary>The spec of a command line.</summary>
internal static class SpecFile
{
    /// <summary>The spec that comes with the program: fixtures/specs/poster.yaml.</summary>
    public const string BuiltIn = "poster";

    /// <summary>Reads a spec file; <c>poster</c> is the built-in spec unless there is a file of that name.</summary>
    /// <exception cref="InputException">The file cannot be used; the message names file and line.</exception>
    public static SweepSpec Read(string path)
    {
        string text = path == BuiltIn && !File.Exists(path) ? ReadBuiltIn() : TextFile.Read(path, "a sweep spec (YAML)");
        try
        {
            return SweepSpec.Parse(text);
        }
        catch (SpecException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static string ReadBuiltIn()
    {
        using var reader = new StreamReader(typeof(SpecFile).Assembly.GetManifestResourceStream("poster.yaml")!);
        return reader.ReadToEnd();
    }
}
