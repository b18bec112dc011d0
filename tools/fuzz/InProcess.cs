using Geometry.Cli;
using Geometry.Cli.Output;
using Spectre.Console;

namespace Geometry.Fuzz;

/// <summary>One command line, run in this process.</summary>
internal sealed record InProcess(int Status, string Out, string Error)
{
    public static InProcess Run(params string[] args) => Run(args, CancellationToken.None);

    /// <summary>Runs it until it ends, or is interrupted as by Ctrl+C.</summary>
    public static InProcess Run(string[] args, CancellationToken interruption)
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
        int status = GeometryCommand.RunAsync(args, streams, interruption).GetAwaiter().GetResult();
        return new InProcess(status, output.ToString(), error.ToString());
    }

    /// <summary>What no command may do; null when it did none of it.</summary>
    public string? Fault =>
        Command.IsUnexpected(Error) ? "it said " + Error.Trim()
        : Status is not (0 or 1 or 2) ? FormattableString.Invariant($"its status is {Status}")
        : Status != 0 && Error.Length == 0 ? FormattableString.Invariant($"its status is {Status}, and it says nothing")
        : null;
}
