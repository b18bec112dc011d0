using Geometry.Storage.Results;

namespace Geometry.Cli.Parsing;

/// <summary>The inputs of <c>label</c>.</summary>
internal static class InputArguments
{
    /// <summary>Files as given, folders searched; what is given twice counts once.</summary>
    public static IReadOnlyList<LabelInput> Expand(IReadOnlyList<string> arguments) =>
        [.. arguments.Select(a => new LabelInput(a, a.Replace('\\', '/'))).Distinct()];
}
