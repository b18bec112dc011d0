using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>A text in a file of its own, such as a figure.</summary>
public static class TextOutput
{
    /// <summary>Writes UTF-8, whole or not at all; the folder is made when missing.</summary>
    /// <exception cref="ResultsException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ResultsException($"{path}: {e.Message}", e);
        }
    }
}
