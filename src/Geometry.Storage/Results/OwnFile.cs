using System.Text;

namespace Geometry.Storage.Results;

/// <summary>Keeps files that somebody else put into a folder from being replaced by ours of the same name.</summary>
public static class OwnFile
{
    /// <summary>Throws where the path has a file that does not begin like ours of that name; a missing or empty file is accepted.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <param name="start">How our file of that name begins, in any version.</param>
    /// <exception cref="ResultsException">The file is somebody else's; the message names it.</exception>
    public static void RefuseOther(string path, string start)
    {
        ArgumentNullException.ThrowIfNull(start);
        // Pipes and devices are refused where the file is written.
        if (!File.Exists(path) || Tensors.FileBytes.LengthOf(path) == 0)
            return;
        byte[] expected = Encoding.UTF8.GetBytes(start),
            found = new byte[expected.Length];
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (
                stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length
                && found.AsSpan().SequenceEqual(expected)
            )
                return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        throw new ResultsException(
            $"{path}: is in the way: it does not begin with '{start}', so it is not one of geometry's; move it, or choose an empty "
                + $"folder or one of geometry's with --out"
        );
    }
}
