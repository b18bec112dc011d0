using System.CommandLine;
using System.CommandLine.Parsing;

namespace Geometry.Cli.Parsing;

/// <summary>An option that takes one or more words of a list, separated by commas.</summary>
internal sealed class WordsOption<T>
{
    private readonly (string Word, T Value)[] _words;

    /// <param name="name">The option's name, with its dashes.</param>
    /// <param name="description">The text of the help.</param>
    /// <param name="standard">The value where the option is not given.</param>
    /// <param name="words">The words with their values.</param>
    public WordsOption(string name, string description, string standard, params (string Word, T Value)[] words)
    {
        _words = words;
        string all = string.Join(", ", words.Select(w => w.Word));
        Option = new Option<T[]>(name)
        {
            Description = $"{description} One or more of {all}, separated by commas. [default: {standard}]",
            HelpName = "words",
            DefaultValueFactory = _ => Read(standard)!,
            CustomParser = result => Parse(result, all),
        };
    }

    /// <summary>The option itself.</summary>
    public Option<T[]> Option { get; }

    /// <summary>The values of the given words, each once, in the order of the list.</summary>
    public T[] Values(ParseResult parsed) => parsed.GetRequiredValue(Option);

    private T[]? Parse(ArgumentResult result, string all)
    {
        string text = result.Tokens[0].Value;
        if (Read(text) is { } values)
            return values;
        result.AddError($"{Option.Name}: expected one or more of {all}, separated by commas, found '{text}'");
        return null;
    }

    private T[]? Read(string text)
    {
        string[] given = text.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(given, g => Array.Exists(_words, w => w.Word == g))
            ? [.. _words.Where(w => given.Contains(w.Word)).Select(w => w.Value)]
            : null;
    }
}
