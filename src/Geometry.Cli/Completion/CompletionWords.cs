using System.CommandLine;

namespace Geometry.Cli.Completion;

/// <summary>What can be completed after the words of one command.</summary>
/// <param name="Path">The words, such as <c>theory phases</c>; empty for the program itself.</param>
/// <param name="Commands">Commands below, with their descriptions.</param>
/// <param name="Options">Long options, with their descriptions.</param>
/// <param name="Values">The words that an option takes, for options that take words of a list.</param>
/// <param name="Words">The words that an argument takes, for arguments that take words of a list.</param>
internal sealed record CompletionWords(
    string Path,
    IReadOnlyList<(string Name, string Description)> Commands,
    IReadOnlyList<(string Name, string Description)> Options,
    IReadOnlyDictionary<string, string[]> Values,
    IReadOnlyList<string> Words
)
{
    /// <summary>Those of the program and of each of its commands.</summary>
    public static List<CompletionWords> Of(RootCommand root)
    {
        var all = new List<CompletionWords>();
        Add(root, "", all);
        return all;
    }

    private static void Add(Command command, string path, List<CompletionWords> all)
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (Option option in command.Options)
        {
            // 'planes|blocks|both' lists the words; 'path|none' does not list paths.
            if (option.HelpName is { } help && help.Contains('|', StringComparison.Ordinal))
                values.Add(option.Name, [.. help.Split('|').Where(w => w is not ("path" or "file" or "folder"))]);
        }
        all.Add(
            new CompletionWords(
                path,
                [.. command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, First(c.Description)))],
                [
                    .. command
                        .Options.Where(o => !o.Hidden && o.Name.StartsWith("--", StringComparison.Ordinal))
                        .Select(o => (o.Name, First(o.Description))),
                ],
                values,
                command.Name == "completion" ? CompletionScripts.Shells
                    : command.Name == "help" ? [.. command.Parents.OfType<Command>().SelectMany(p => p.Subcommands).Select(c => c.Name)]
                    : []
            )
        );
        foreach (Command below in command.Subcommands)
            Add(below, path.Length == 0 ? below.Name : path + " " + below.Name, all);
    }

    /// <summary>The first sentence, without the characters that quotes of a shell would need care for.</summary>
    private static string First(string? description)
    {
        string text = description ?? "";
        int end = text.AsSpan().IndexOfAny('.', ';', ':');
        if (end > 0)
            text = text[..end];
        return new string([.. text.Select(c => c is '\'' or '"' or '`' or '$' or '\\' or '[' or ']' ? ' ' : c)]).Trim();
    }
}
