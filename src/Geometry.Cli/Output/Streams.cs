using System.Text;
using Spectre.Console;

namespace Geometry.Cli.Output;

/// <summary>Where the command writes; nothing else knows about the console of the process.</summary>
/// <remarks>The rich consoles are made on first use: a run whose output goes to a file does not pay for them.</remarks>
public sealed class Streams
{
    /// <summary>Width of text that does not go to a terminal.</summary>
    public const int PlainWidth = 110;

    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard input, read for a list of inputs.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether results go to a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether messages go to a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Characters per line on <see cref="Out"/>.</summary>
    public int OutWidth { get; init; } = PlainWidth;

    /// <summary>Makes a console on <see cref="Out"/>.</summary>
    public Func<IAnsiConsole> OutConsole { get; init; } = () => throw new InvalidOperationException("no console was set up");

    /// <summary>Makes a console on <see cref="Error"/>.</summary>
    public Func<IAnsiConsole> ErrorConsole { get; init; } = () => throw new InvalidOperationException("no console was set up");

    /// <summary>Writes a message on one line, whatever names it contains. It is dropped where messages cannot be written.</summary>
    public void Message(string text)
    {
        try
        {
            Error.WriteLine(Line(text));
        }
        catch (IOException)
        {
            // The terminal has gone away.
        }
    }

    /// <summary>Shows the cursor again after a progress bar that hid it and could not restore it.</summary>
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
            // The terminal has gone away.
        }
    }

    /// <summary>Why standard output could not be written; null when everything was.</summary>
    public string? OutRefusal => (Out as BestEffortWriter)?.Refusal;

    /// <summary>
    /// Makes a message one line: line ends become blanks, and other control characters, which a terminal might obey, '?'.
    /// </summary>
    public static string Line(string text) =>
        "geometry: " + string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>The streams of this process.</summary>
    public static Streams OfProcess()
    {
        // The encoding of the process follows the locale, but a redirected file or pipe always gets UTF-8.
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

    /// <summary>A console on a writer, with the abilities of the terminal, or plain text without escapes.</summary>
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

    /// <summary>A console on a writer with fixed abilities, for files and tests.</summary>
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

/// <summary>
/// Writes to a stream that may fail, such as a full disk or a closed descriptor. The first failure is kept, and nothing is written after
/// it.
/// </summary>
/// <remarks>
/// Results are files, and a text that cannot be printed must not prevent them. A reader that has gone away (<c>| head</c>) is no failure.
/// </remarks>
internal sealed class BestEffortWriter(Stream stream) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    /// <summary>Why the stream failed; null when everything was written.</summary>
    public string? Refusal { get; private set; }

    public override Encoding Encoding => _writer.Encoding;

    public override void Write(char value) => Try(value, static (writer, c) => writer.Write(c));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Try(value, static (writer, text) => writer.Write(text));

    public override void WriteLine(string? value) => Try(value, static (writer, text) => writer.WriteLine(text));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Flush() => Try(0, static (writer, _) => writer.Flush());

    private void Try<T>(T value, Action<StreamWriter, T> write)
    {
        if (Refusal is not null)
            return;
        try
        {
            write(_writer, value);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            Refusal = e.Message.ReplaceLineEndings(" ");
        }
    }
}
