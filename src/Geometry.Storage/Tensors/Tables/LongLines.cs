using System.Buffers;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Tables;

/// <summary>Refuses text whose lines are too long to be rows of a table, before a reader holds one of them in memory.</summary>
internal static class LongLines
{
    /// <summary>Longest line, bytes: more than half a million numbers with all their digits.</summary>
    public const int Most = 16 << 20;

    private const int BufferBytes = 1 << 20;
    private static readonly SearchValues<byte> s_marks = SearchValues.Create("\n\r\""u8);

    /// <summary>Reads through a file: O(1) memory, at the speed of the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the lines should be, and what else to do, for the message.</param>
    /// <exception cref="InputException">A line is longer than <see cref="Most"/> bytes; between quotes lines do not end.</exception>
    public static void Refuse(string path, string expected)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        byte[] buffer = new byte[BufferBytes];
        long line = 1,
            length = 0;
        bool quoted = false;
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, read);
            while (!rest.IsEmpty)
            {
                int mark = rest.IndexOfAny(s_marks);
                length += mark < 0 ? rest.Length : mark + 1;
                if (length > Most)
                    throw new InputException(
                        $"line {line} has more than {Most >> 20} MiB{(quoted ? ", a quote that is not closed" : "")}; expected {expected}"
                    );
                if (mark < 0)
                    break;
                if (rest[mark] == '"')
                    quoted = !quoted;
                else if (!quoted)
                    (line, length) = (line + (rest[mark] == '\n' ? 1 : 0), 0);
                rest = rest[(mark + 1)..];
            }
        }
    }
}
