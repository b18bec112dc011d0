using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>Exceptions as one line for people.</summary>
internal static class Failures
{
    /// <summary>
    /// The line, without the input's name; <paramref name="file"/> is its path, whose mention in a system message is dropped.
    /// </summary>
    public static string Line(Exception e, string? file)
    {
        string message = e switch
        {
            InputException or UnsupportedRunException or ConvergenceException => e.Message,
            FileNotFoundException or DirectoryNotFoundException => "no such file",
            UnauthorizedAccessException => file is not null && Directory.Exists(file) ? "is a folder" : "may not be read",
            IOException => "cannot be read: " + e.Message,
            OutOfMemoryException => "needs more memory than there is",
            _ => $"unexpected {e.GetType().Name}: {e.Message}",
        };
        return message.ReplaceLineEndings(" ");
    }
}
