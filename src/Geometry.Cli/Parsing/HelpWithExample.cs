using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Geometry.Cli.Parsing;

/// <summary>The usual help, with the verb's example below.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int status = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        string example = parseResult.CommandResult.Command is VerbCommand verb ? verb.Example : "geometry label sweep.npz --out results";
        output.WriteLine("Example:");
        output.WriteLine("  " + example);
        return status;
    }
}

/// <summary>A verb with its example.</summary>
internal sealed class VerbCommand(string name, string description, string example) : Command(name, description)
{
    public string Example { get; } = example;
}
