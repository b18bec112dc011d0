using System.Text;
using Geometry.Storage.Sweeps;
using Geometry.Training.Specs;

namespace Geometry.Cli.Training;

/// <summary>The spec that a command line names.</summary>
internal static class SpecFile
{
    /// <summary>The spec that comes with the program: fixtures/specs/poster.yaml.</summary>
    public const string BuiltIn = "poster";

    private const long MostBytes = 4 << 20;

    /// <summary>Reads a spec file; <c>poster</c> is the built-in one unless a file is called so.</summary>
    /// <exception cref="InputException">It cannot be used; the message names file and line.</exception>
    public static SweepSpec Read(string path)
    {
        try
        {
            return SweepSpec.Parse(ReadText(path));
        }
        catch (SpecException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InputException($"{path}: {(e is DecoderFallbackException ? "not a text in UTF-8" : e.Message)}", e);
        }
    }

    private static string ReadText(string path)
    {
        if (path == BuiltIn && !File.Exists(path))
        {
            using var reader = new StreamReader(typeof(SpecFile).Assembly.GetManifestResourceStream("poster.yaml")!);
            return reader.ReadToEnd();
        }
        if (Directory.Exists(path)) throw new InputException($"{path}: a folder; expected a sweep spec (YAML)");
        if (!File.Exists(path)) throw new InputException($"{path}: no such file");
        if (new FileInfo(path).Length > MostBytes) throw new InputException($"{path}: larger than {MostBytes >> 20} MiB; expected a sweep spec (YAML)");
        return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
    }
}
