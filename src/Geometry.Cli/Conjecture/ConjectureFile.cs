using System.Text;
using Geometry.Conjecture;
using Geometry.Storage.Sweeps;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;

namespace Geometry.Cli.Conjecture;

/// <summary>The spec that a command line of <c>conjecture</c> names.</summary>
internal static class ConjectureFile
{
    private const long MostBytes = 4 << 20;

    /// <summary>Reads a spec file; the default experiment for none.</summary>
    /// <exception cref="InputException">It cannot be used; the message names file and line.</exception>
    public static ConjectureSpec Read(string? path)
    {
        if (path is null) return new ConjectureSpec();
        try
        {
            if (Directory.Exists(path)) throw new InputException($"{path}: a folder; expected a spec (YAML)");
            if (!File.Exists(path)) throw new InputException($"{path}: no such file");
            if (new FileInfo(path).Length > MostBytes) throw new InputException($"{path}: larger than {MostBytes >> 20} MiB; expected a spec (YAML)");
            return ConjectureSpecReader.Read(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)));
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
}
