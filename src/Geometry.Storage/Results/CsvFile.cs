using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>A table in a CSV file of its own.</summary>
public static class CsvFile
{
    /// <summary>Writes a header and rows, whole or not at all; the folder is made when missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">Writes the rows, each with as many cells as there are columns and an end of row.</param>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<string> columns, Action<Utf8CsvWriter> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, stream =>
            {
                using var csv = new Utf8CsvWriter(stream);
                foreach (string column in columns)
                    csv.Text(column);
                csv.EndRow();
                rows(csv);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
    }
}
