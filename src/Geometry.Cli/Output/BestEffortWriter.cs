using System.Text;

namespace Geometry.Cli.Output;

/// <summary>
/// Writes to a stream that may refuse: a full disk, a closed descriptor. The first refusal is kept, and nothing is written after it.
/// </summary>
/// <remarks>
/// Results are files; a text that nobody can read must not keep them from being written. A reader that went away (<c>| head</c>) is no
/// refusal.
/// </remarks>
internal sealed class BestEffortWriter(Stream stream) : TextWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false)) { AutoFlush = true };

    /// <summary>Why the stream took no more; null when it took everything.</summary>
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
