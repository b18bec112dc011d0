using Geometry.Cli.Output;
using Geometry.Cli.Training;
using Spectre.Console;

namespace Geometry.Cli.Tests;

/// <summary>One command line with what it wrote.</summary>
internal sealed record CommandRun(int Status, string Out, string Error)
{
    public static Task<CommandRun> Of(params string[] args) => Run(Engines.Create, args, CancellationToken.None);

    /// <summary>Runs with a text on standard input.</summary>
    public static Task<CommandRun> Reading(string input, params string[] args) => Run(Engines.Create, args, CancellationToken.None, input);

    /// <summary>Runs with engines of a test's own.</summary>
    public static Task<CommandRun> Of(EngineFactory engines, params string[] args) => Run(engines, args, CancellationToken.None);

    /// <summary>Runs until it ends or is interrupted.</summary>
    public static Task<CommandRun> Until(CancellationToken interruption, params string[] args) => Run(Engines.Create, args, interruption);

    /// <summary>Runs with an engine of a test's own until it ends or is interrupted.</summary>
    public static Task<CommandRun> Until(Geometry.Training.ITrainer engine, CancellationToken interruption, params string[] args) =>
        Run((_, _, _) => engine, args, interruption);

    private static async Task<CommandRun> Run(EngineFactory engines, string[] args, CancellationToken interruption, string input = "")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var reader = new StringReader(input);
        var streams = new Streams
        {
            In = reader,
            Out = output,
            Error = error,
            OutConsole = () => Streams.CreateCaptured(output, ColorSystemSupport.NoColors, Streams.PlainWidth),
            ErrorConsole = () => Streams.CreateCaptured(error, ColorSystemSupport.NoColors, Streams.PlainWidth),
        };
        int status = await GeometryCommand.RunAsync(args, streams, engines, interruption);
        return new CommandRun(status, output.ToString(), error.ToString());
    }
}
