using Geometry.Labels;
using Geometry.LinearAlgebra;
using Geometry.Storage.Files;

namespace Geometry.Storage.Results;

/// <summary>Turns exceptions into one line for people.</summary>
internal static class Failures
{
    /// <summary>
    /// The line, without the input's name. <paramref name="file"/> is the input's path; system messages that mention it are replaced by
    /// ours.
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
