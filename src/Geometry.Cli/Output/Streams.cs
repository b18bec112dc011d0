using Spectre.Console;

namespace Geometry.Cli.Output;

/// <summary>Where the command writes; the only place that knows about the process's console.</summary>
/// <remarks>The rich consoles are made when first asked for: a run whose output goes to a file never pays for them.</remarks>
public sealed class Streams
{
    /// <summary>Width of text that does not go to a terminal.</summary>
    public const int PlainWidth = 110;

    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>What is read when a list of inputs is to come from standard input.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether results go to a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether messages go to a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Characters a line on <see cref="Out"/>.</summary>
    public int OutWidth { get; init; } = PlainWidth;

    /// <summary>A console on <see cref="Out"/>.</summary>
    public Func<IAnsiConsole> OutConsole { get; init; } = () => throw new InvalidOperationException("no console was set up");

    /// <summary>A console on <see cref="Error"/>.</summary>
    public Func<IAnsiConsole> ErrorConsole { get; init; } = () => throw new InvalidOperationException("no console was set up");

    /// <summary>Writes one message on one line, whatever the names in it hold. Where messages cannot be written they are dropped.</summary>
    public void Message(string text)
    {
        try
        {
            Error.WriteLine(Line(text));
        }
        catch (IOException)
        {
            // A terminal that went away.
        }
    }

    /// <summary>Shows the cursor that a progress bar hides, after a bar that could not do so itself.</summary>
    public void ShowCursor()
    {
        if (!ErrorIsTerminal)
            return;
        try
        {
            Error.Write("\u001b[?25h\r\n");
        }
        catch (IOException)
        {
            // A terminal that went away.
        }
    }

    /// <summary>Why results on standard output could not all be written; null when they could.</summary>
    public string? OutRefusal => (Out as BestEffortWriter)?.Refusal;

    /// <summary>A message as it is written: line ends as blanks, other control characters, which a terminal might obey, as '?'.</summary>
    public static string Line(string text) =>
        "geometry: " + string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>The streams of this process.</summary>
    public static Streams OfProcess()
    {
        // The process's encoding follows the locale; a redirected file or pipe gets UTF-8 in any case.
        bool outIsTerminal = !Console.IsOutputRedirected,
            errorIsTerminal = !Console.IsErrorRedirected;
        TextWriter output = outIsTerminal ? Console.Out : new BestEffortWriter(Console.OpenStandardOutput());
        TextWriter error = errorIsTerminal ? Console.Error : new BestEffortWriter(Console.OpenStandardError());
        return new Streams
        {
            In = Console.In,
            Out = output,
            Error = error,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = errorIsTerminal,
            OutWidth = outIsTerminal ? Math.Max(80, Console.WindowWidth) : PlainWidth,
            OutConsole = () => Create(output, outIsTerminal),
            ErrorConsole = () => Create(error, errorIsTerminal),
        };
    }

    /// <summary>A console on a writer: what the terminal can do, or plain text without escapes.</summary>
    /// <remarks>Colours are off when NO_COLOR is set (https://no-color.org) or the terminal is dumb.</remarks>
    public static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        if (isTerminal)
        {
            bool plain =
                !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                || Environment.GetEnvironmentVariable("TERM") == "dumb";
            return AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(writer),
                    ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                }
            );
        }
        return CreateCaptured(writer, ColorSystemSupport.NoColors, PlainWidth);
    }

    /// <summary>A console on a writer with given abilities, for files and tests.</summary>
    public static IAnsiConsole CreateCaptured(TextWriter writer, ColorSystemSupport colors, int width)
    {
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = colors == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes,
                ColorSystem = colors,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
