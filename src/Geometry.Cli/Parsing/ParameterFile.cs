using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Storage.Sweeps;

namespace Geometry.Cli.Parsing;

/// <summary>The file of <c>--params</c>.</summary>
internal static class ParameterFile
{
    /// <summary>Reads the file; null without one.</summary>
    /// <exception cref="InputException">The file cannot be used; the message names it.</exception>
    public static RunParameters? Open(string? path)
    {
        if (path is null)
            return null;
        try
        {
            if (!File.Exists(path))
                throw new InputException("no such file");
            ParameterTable table = ParameterTable.Read(path);
            return new RunParameters(table.Columns, table.Find, ContentFingerprint.Of(path))
            {
                Sources = [.. table.Keys.Select(k => k.Source).Distinct(StringComparer.Ordinal)],
            };
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--params {path}: {e.Message}", e);
        }
    }
}
