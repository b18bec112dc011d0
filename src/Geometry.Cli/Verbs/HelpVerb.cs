using System.CommandLine;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Words;

namespace Geometry.Cli.Verbs;

/// <summary><c>geometry help [VERB…]</c></summary>
internal static class HelpVerb
{
    public static Command Create(Streams streams, RootCommand root)
    {
        var words = new Argument<string[]>("verb")
        {
            Description = "A command, such as label or theory phases.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new VerbCommand("help", "Show the help of a command.", "geometry help label") { words };
        command.SetAction(
            (parsed, cancellation) =>
            {
                Command at = root;
                string[] path = parsed.GetValue(words) ?? [];
                foreach (string word in path)
                {
                    if (at.Subcommands.FirstOrDefault(c => c.Name == word) is { } next)
                    {
                        at = next;
                        continue;
                    }
                    string hint =
                        at.Subcommands.Count > 0 ? $"; did you mean '{NearestName.Of(word, at.Subcommands.Select(c => c.Name))}'?" : "";
                    streams.Message($"unknown command '{word}'{hint}");
                    return Task.FromResult(ExitStatus.Usage);
                }
                return root.Parse([.. path, "--help"])
                    .InvokeAsync(new InvocationConfiguration { Output = streams.Out, Error = streams.Error }, cancellation);
            }
        );
        return command;
    }
}
