using Geometry.Cli.Output;
using Geometry.Cli.Training;
using Spectre.Console;

namespace Geometry.Cli.Tests;

/// <summary>One command line with what it wrote.</summary>
internal sealed record CommandRun(int Status, string Out, string Error)
{
    public static Task<CommandRun> Of(params string[] args) => Of(Engines.Create, args);

    /// <summary>Runs with engines of a test's own.</summary>
    public static async Task<CommandRun> Of(EngineFactory engines, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new Streams
        {
            Out = output,
            Error = error,
            OutConsole = () => Streams.CreateCaptured(output, ColorSystemSupport.NoColors, Streams.PlainWidth),
            ErrorConsole = () => Streams.CreateCaptured(error, ColorSystemSupport.NoColors, Streams.PlainWidth),
        };
        int status = await GeometryCommand.RunAsync(args, streams, engines, CancellationToken.None);
        return new CommandRun(status, output.ToString(), error.ToString());
    }
}
