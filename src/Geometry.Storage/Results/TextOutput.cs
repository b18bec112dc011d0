using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>A text in a file of its own, such as a figure.</summary>
public static class TextOutput
{
    /// <summary>Writes UTF-8, whole or not at all; the folder is made when missing.</summary>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    internal static void Write(string path, Action<Stream> content)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
    }
}

/// <summary>A table in a CSV file of its own.</summary>
public static class CsvFile
{
    /// <summary>Writes a header and rows, whole or not at all; the folder is made when missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Writes the rows: per row as many cells as there are columns, then the end of the row.</param>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, Action<Utf8CsvWriter> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        TextOutput.Write(path, stream =>
        {
            using var csv = new Utf8CsvWriter(stream);
            ResultsCsv.Header(csv, columns);
            rows(csv);
        });
    }
}
