using System.Security.Cryptography;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Results;

/// <summary>Recognises a file that has not changed.</summary>
/// <remarks>
/// It is the SHA-256 of the content, because times and sizes mislead: copies, checkouts and restores change times, and a sweep that is
/// trained again often has the same size. At 1–2 GB/s it costs less than reading the weights.
/// </remarks>
public static class ContentFingerprint
{
    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits; pipes and devices count as empty.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        // A named pipe has no length, and opening one would wait for its writer.
        if (FileBytes.LengthOf(path) == 0)
            return Convert.ToHexStringLower(SHA256.HashData([]));
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
