using Geometry.Conjecture;
using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;

namespace Geometry.Cli.Conjecture;

/// <summary>The spec of <c>conjecture</c>.</summary>
internal static class ConjectureFile
{
    /// <summary>Reads a spec file; without one, the default experiment.</summary>
    /// <exception cref="InputException">The file cannot be used; the message names file and line.</exception>
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
