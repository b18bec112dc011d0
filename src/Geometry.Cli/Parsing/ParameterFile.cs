using Geometry.Storage.Results;

namespace Geometry.Cli.Parsing;

/// <summary>The file of <c>--params</c>.</summary>
internal static class ParameterFile
{
    /// <summary>Reads it; null for no file.</summary>
    public static RunParameters? Open(string? path) => path is null ? null : throw new NotSupportedException();
}
