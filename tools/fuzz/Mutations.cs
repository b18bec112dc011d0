using System.Text;

namespace Geometry.Fuzz;

/// <summary>Ways to damage bytes and texts at random.</summary>
internal static class Mutations
{
    private static readonly string[] s_numbers =
    [
        "-1",
        "0",
        "1",
        "2",
        "7",
        "255",
        "65536",
        "2147483647",
        "-2147483648",
        "4294967296",
        "9223372036854775807",
        "1e308",
        "1.7e308",
        "-1e-320",
        "NaN",
        ".inf",
        "1e999",
        "0x10",
        "''",
    ];

    private static readonly string[] s_words =
    [
        "!",
        "!!python/object:os.system",
        "&a",
        "*a",
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "#",
        "\t",
        "\"",
        "'",
        "null",
        "true",
        "%TAG ! !",
        "---",
        "...",
        "\u0000",
        "\u2028",
        "é",
        ",",
    ];

    /// <summary>The seed of a case, the same in every process (hash codes are not).</summary>
    public static int Seed(int seed, long k) => unchecked((int)((seed * 1_000_003L) + k));

    /// <summary>One or two damages of bytes, rarely more.</summary>
    public static byte[] Of(byte[] original, byte[] other, Random random)
    {
        byte[] mutant = [.. original];
        for (int k = random.Next(8) == 0 ? 4 : random.Next(1, 3); k > 0 && mutant.Length > 0; k--)
            mutant = Once(mutant, other, random);
        return mutant;
    }

    /// <summary>Damages in place: bits, bytes and stretches, so that the length stays.</summary>
    public static byte[] InPlace(byte[] original, int first, Random random)
    {
        byte[] mutant = [.. original];
        for (int k = random.Next(1, 5); k > 0; k--)
        {
            int at = random.Next(Math.Min(first, mutant.Length - 1), mutant.Length);
            switch (random.Next(4))
            {
                case 0:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutant.AsSpan(at, Math.Min(random.Next(1, 64), mutant.Length - at)).Fill((byte)(255 * random.Next(2)));
                    break;
                default:
                    mutant.AsSpan(random.Next(mutant.Length - 16), 16).CopyTo(mutant.AsSpan(Math.Min(at, mutant.Length - 16)));
                    break;
            }
        }
        return mutant;
    }

    /// <summary>One to three damages of a text: numbers and words exchanged, lines moved, characters changed.</summary>
    public static string Of(string original, Random random)
    {
        string text = original;
        for (int k = random.Next(1, 4); k > 0; k--)
            text = Once(text, random);
        return text;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        int at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)).Fill((byte)(255 * random.Next(2)));
                return bytes;
            case 4:
                return [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
            case 5:
                return [.. bytes[..at], .. bytes[random.Next(0, at + 1)..]];
            case 6:
                int digit = Array.FindIndex(bytes, at, b => b is >= (byte)'0' and <= (byte)'9');
                return digit < 0
                    ? bytes
                    : [.. bytes[..digit], .. Encoding.ASCII.GetBytes(s_numbers[random.Next(s_numbers.Length)]), .. bytes[(digit + 1)..]];
            default:
                int start = random.Next(other.Length),
                    count = Math.Min(random.Next(1, 200), Math.Min(bytes.Length - at, other.Length - start));
                other.AsSpan(start, count).CopyTo(bytes.AsSpan(at));
                return bytes;
        }
    }

    private static string Once(string text, Random random)
    {
        if (text.Length == 0)
            return s_words[random.Next(s_words.Length)];
        int at = random.Next(text.Length);
        switch (random.Next(6))
        {
            case 0:
                return text[..at] + s_words[random.Next(s_words.Length)] + text[at..];
            case 1:
                return text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
            case 2:
                return string.Concat(text.AsSpan(0, at), ((char)random.Next(1, 127)).ToString(), text.AsSpan(at + 1));
            case 3:
                string[] lines = text.Split('\n');
                (lines[random.Next(lines.Length)], lines[random.Next(lines.Length)]) = (
                    lines[random.Next(lines.Length)],
                    lines[random.Next(lines.Length)]
                );
                return string.Join('\n', lines);
            default:
                int digit = text.AsSpan(at).IndexOfAnyInRange('0', '9');
                if (digit < 0)
                    return text[..at];
                int end = at + digit;
                while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or 'e' or '-'))
                    end++;
                return text[..(at + digit)] + s_numbers[random.Next(s_numbers.Length)] + text[end..];
        }
    }
}
