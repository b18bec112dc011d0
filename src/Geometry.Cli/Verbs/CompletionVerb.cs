using System.CommandLine;
using Geometry.Cli.Completion;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry completion SHELL</c></summary>
internal static class CompletionVerb
{
    public static Command Create(Streams streams, RootCommand root)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong(CompletionScripts.Shells);
        var command = new VerbCommand(
            "completion",
            "Print the script that completes commands, options and files in a shell.",
            "source <(geometry completion bash)"
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            streams.Out.Write(CompletionScripts.Of(parsed.GetRequiredValue(shell), CompletionWords.Of(root)));
            return ExitStatus.Done;
        });
        return command;
    }
}
