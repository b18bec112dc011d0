using System.Text;

namespace Geometry.Storage.Tensors;

/// <summary>Makes text from a file fit for a one-line message.</summary>
internal static class Quoting
{
    private const int MaxLength = 80;

    /// <summary>The text in single quotes, at most 80 characters, control and unpaired surrogate characters as '?'.</summary>
    public static string Quote(this string text) => "'" + Plain(text) + "'";

    /// <summary>Like <see cref="Quote"/>, but without quotes.</summary>
    public static string Plain(string text)
    {
        var clean = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaxLength)
                return clean.Append('…').ToString();
            bool line = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 || rune == Rune.ReplacementChar;
            if (line)
                clean.Append('?');
            else
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }
}
