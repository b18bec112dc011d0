using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Geometry.Cli.Parsing;

/// <summary>
/// The usual help, with the verb's example below. A list of commands has the first sentence of each; a verb's own help has all of them.
/// </summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        (Command Command, string? Whole)[] list = [.. parseResult.CommandResult.Command.Subcommands.Select(c => (c, c.Description))];
        foreach ((Command command, string? whole) in list)
            command.Description = FirstSentence(whole);
        int status = help.Invoke(parseResult);
        foreach ((Command command, string? whole) in list)
            command.Description = whole;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        string example = parseResult.CommandResult.Command is VerbCommand verb ? verb.Example : "geometry label sweep.npz --out results";
        output.WriteLine("Example:");
        output.WriteLine("  " + example);
        return status;
    }

    private static string? FirstSentence(string? text) =>
        text?.IndexOf(". ", StringComparison.Ordinal) is >= 0 and int end ? text[..(end + 1)] : text;
}

/// <summary>A verb with its example.</summary>
internal sealed class VerbCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;
}
