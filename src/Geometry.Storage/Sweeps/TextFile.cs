using System.Text;
using Geometry.Storage.Files;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps;

/// <summary>Reads small text files that people write, such as specs.</summary>
public static class TextFile
{
    /// <summary>Most bytes that such a text may have.</summary>
    public const long MostBytes = 4 << 20;

    /// <summary>
    /// Reads a regular file of at most <see cref="MostBytes"/> bytes of UTF-8; pipes and devices count as empty and are not opened.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the file should be, for messages.</param>
    /// <exception cref="InputException">It is no such file; the message names it.</exception>
    public static string Read(string path, string expected)
    {
        try
        {
            if (Directory.Exists(path))
                throw new InputException($"{path}: a folder; expected {expected}");
            if (!File.Exists(path))
                throw new InputException($"{path}: no such file");
            long length = FileBytes.LengthOf(path);
            if (length == 0)
                throw new InputException($"{path}: empty, or no regular file; expected {expected}");
            if (length > MostBytes)
                throw new InputException($"{path}: larger than {MostBytes >> 20} MiB; expected {expected}");
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new InputException($"{path}: {(e is DecoderFallbackException ? "not a text in UTF-8" : Quoting.Plain(e.Message))}", e);
        }
    }
}
