using Geometry.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;

namespace Geometry.Cli.Conjecture;

/// <summary>The spec that a command line of <c>conjecture</c> names.</summary>
internal static class ConjectureFile
{
    /// <summary>Reads a spec file; the default experiment for none.</summary>
    /// <exception cref="InputException">It cannot be used; the message names file and line.</exception>
    public static ConjectureSpec Read(string? path)
    {
        if (path is null)
            return new ConjectureSpec();
        string text = TextFile.Read(path, "a spec (YAML)");
        try
        {
            return ConjectureSpecReader.Read(text);
        }
        catch (SpecException e)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
