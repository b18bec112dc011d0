using Geometry.Storage.Files;

namespace Geometry.Cli.Parsing;

/// <summary>Inputs of a command line, where <c>-</c> stands for paths on standard input.</summary>
internal static class InputList
{
    /// <summary>The word for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The arguments, with each <c>-</c> replaced by the non-empty lines of standard input.</summary>
    /// <exception cref="InputException">Standard input is empty.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> arguments, TextReader input)
    {
        if (!arguments.Contains(StandardInput))
            return arguments;
        var paths = new List<string>();
        var lines = new List<string>();
        while (input.ReadLine() is { } line)
        {
            if (line.Length > 0)
                lines.Add(line);
        }
        if (lines.Count == 0)
            throw new InputException("-: standard input holds no paths; expected one per line");
        foreach (string argument in arguments)
        {
            if (argument == StandardInput)
                paths.AddRange(lines);
            else
                paths.Add(argument);
        }
        return paths;
    }
}
