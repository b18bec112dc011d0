using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Geometry.Cli.Output;
using Geometry.Cli.Parsing;
using Geometry.Cli.Training;
using Geometry.Cli.Verbs;
using Geometry.Storage.Files;
using Geometry.Storage.Results;
using Geometry.Words;
using Microsoft.Data.Sqlite;

namespace Geometry.Cli;

/// <summary>The command line: its verbs, and the exit status after an error or an interruption.</summary>
public static class GeometryCommand
{
    /// <summary>Runs one command line with the engines of this build.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    public static Task<int> RunAsync(string[] args, Streams streams, CancellationToken cancellation) =>
        RunAsync(args, streams, Engines.Create, cancellation);

    /// <summary>Runs one command line with given engines.</summary>
    /// <returns>An <see cref="ExitStatus"/>.</returns>
    internal static async Task<int> RunAsync(string[] args, Streams streams, EngineFactory engines, CancellationToken cancellation)
    {
        int status = await RunVerbAsync(args, streams, engines, cancellation).ConfigureAwait(false);
        if (streams.OutRefusal is not { } refusal)
            return status;
        return Fail(streams, $"standard output cannot be written: {refusal}", status == ExitStatus.Done ? ExitStatus.Failed : status);
    }

    private static async Task<int> RunVerbAsync(string[] args, Streams streams, EngineFactory engines, CancellationToken cancellation)
    {
        RootCommand root = Build(streams, engines, args);
        ParseResult parsed = root.Parse(
            args.Length == 0 ? ["--help"] : args,
            new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false }
        );
        if (parsed.Action is ParseErrorAction)
        {
            string verb = NameOf(parsed.CommandResult, root);
            // An unknown word explains a missing argument, not the other way round.
            string error = UnknownVerb(parsed)
                ?? (
                    parsed.Errors.FirstOrDefault(e => e.Message.StartsWith(Parsers.UnknownOption, StringComparison.Ordinal))
                    ?? parsed.Errors[0]
                ).Message;
            return Fail(streams, $"{error.TrimEnd('.')}; see {verb} --help", ExitStatus.Usage);
        }
        if (SharedOptions.ThreadsRemark(parsed) is { } remark)
            streams.Message(remark);
        try
        {
            // Signals are handled by the caller: see Interruption.
            var configuration = new InvocationConfiguration
            {
                Output = streams.Out,
                Error = streams.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await Interruption
                .Run(streams, () => parsed.InvokeAsync(configuration, cancellation), cancellation)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Interrupted;
        }
        catch (ResultsException e)
        {
            return Fail(streams, e.Message, ExitStatus.Usage);
        }
        catch (InputException e)
        {
            return Fail(streams, e.Message, ExitStatus.Usage);
        }
        catch (SqliteException e)
        {
            return Fail(streams, ResultsException.From(e).Message, ExitStatus.Usage);
        }
        catch (OutOfMemoryException)
        {
            return Fail(streams, "this needs more memory than there is; ask for less at once", ExitStatus.Failed);
        }
#pragma warning disable CA1031 // A person gets one line whatever happens, never a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Fail(streams, $"unexpected {e.GetType().Name}: {e.Message}", ExitStatus.Failed);
        }
    }

    /// <summary>The words that lead to a command: <c>geometry theory linear</c>.</summary>
    private static string NameOf(CommandResult command, RootCommand root) =>
        command.Command == root
            ? "geometry"
            : $"{(command.Parent is CommandResult parent ? NameOf(parent, root) : "geometry")} {command.Command.Name}";

    /// <summary>The message for a word that is no verb; null where the word is a verb or an option, or where there is none.</summary>
    private static string? UnknownVerb(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0 || parsed.UnmatchedTokens is not [{ } word, ..] || word.StartsWith('-'))
            return null;
        return $"unknown command '{word}'; did you mean '{NearestName.Of(word, command.Subcommands.Select(verb => verb.Name))}'?";
    }

    /// <summary>The verbs, in the order of the help.</summary>
    private static readonly (string Name, Func<Streams, EngineFactory, RootCommand, Command> Create)[] s_verbs =
    [
        ("run", static (streams, engines, _) => RunVerb.Create(streams, engines)),
        ("train", static (streams, engines, _) => TrainVerb.Create(streams, engines)),
        ("submit", static (streams, _, _) => SubmitVerb.Create(streams)),
        ("merge", static (streams, _, _) => MergeVerb.Create(streams)),
        ("label", static (streams, _, _) => LabelVerb.Create(streams)),
        ("phase", static (streams, _, _) => PhaseVerb.Create(streams)),
        ("report", static (streams, _, _) => ReportVerb.Create(streams)),
        ("measure", static (streams, _, _) => MeasureVerb.Create(streams)),
        ("planes", static (streams, _, _) => PlanesVerb.Create(streams)),
        ("inspect", static (streams, _, _) => InspectVerb.Create(streams)),
        ("atlas", static (streams, _, _) => AtlasVerb.Create(streams)),
        ("synth", static (streams, _, _) => SynthVerb.Create(streams)),
        ("conjecture", static (streams, _, _) => ConjectureVerb.Create(streams)),
        ("theory", static (streams, _, _) => TheoryVerb.Create(streams)),
        ("export", static (streams, _, _) => ExportVerb.Create(streams)),
        ("help", static (streams, _, root) => HelpVerb.Create(streams, root)),
        ("version", static (streams, _, _) => VersionVerb.Create(streams)),
        ("completion", static (streams, _, root) => CompletionVerb.Create(streams, root)),
    ];

    /// <summary>
    /// The command with its verbs. Making all of them takes a third of a short call, so only the verb that is asked for is made, unless it
    /// uses the others; for the version none is.
    /// </summary>
    internal static RootCommand Build(Streams streams, EngineFactory engines, string[] args)
    {
        var root = new RootCommand(
            "Labels the geometry of learned features: orthogonal directions, antipodal pairs, polygons, polytopes and their direct sums."
        );
        string first = args.Length == 0 ? "" : args[0];
        bool isPlain =
            args is ["--version"] || (first is not ("help" or "completion") && Array.Exists(s_verbs, verb => verb.Name == first));
        foreach ((string name, Func<Streams, EngineFactory, RootCommand, Command> create) in s_verbs)
        {
            if (!isPlain || name == first)
                root.Subcommands.Add(create(streams, engines, root));
        }
        foreach (
            Option option in root
                .Subcommands.SelectMany(verb => verb.Subcommands.Prepend(verb))
                .SelectMany(verb => verb.Options)
                .Where(o => o.HelpName is "folder" or "file")
        )
            option.Validators.Add(Parsers.RefuseEmpty);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help } helpOption)
                helpOption.Action = new HelpWithExample(help);
        }
        return root;
    }

    private static int Fail(Streams streams, string message, int status)
    {
        streams.Message(message);
        return status;
    }
}
