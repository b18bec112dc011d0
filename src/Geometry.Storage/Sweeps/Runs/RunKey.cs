using System.Text;
using Geometry.Storage.Tensors;

namespace Geometry.Storage.Sweeps.Runs;

/// <summary>A key split into numbers and the rest: arrays of a file that differ only in the run have the same rest.</summary>
/// <param name="Pattern">The key, with <see cref="Hole"/> in place of every number that can count runs.</param>
/// <param name="Name">The key without those numbers and the words that belong to them: <c>W</c> for <c>run3/W</c>.</param>
/// <param name="Numbers">The numbers, in order.</param>
internal sealed record RunKey(string Pattern, string Name, IReadOnlyList<RunNumber> Numbers)
{
    /// <summary>The character in place of a number.</summary>
    public const char Hole = '\u0001';

    private static readonly char[] s_joints = ['_', '-', '=', ':', '.', '/', ' ', ','];

    /// <summary>Splits the key of an array.</summary>
    public static RunKey Of(TensorEntry entry)
    {
        var pattern = new StringBuilder();
        var numbers = new List<RunNumber>();
        var names = new List<string>();
        string[] segments = entry.Path.Length > 0 ? entry.Path : entry.Key.Split('/');
        string above = "";
        for (int s = 0; s < segments.Length; s++)
        {
            string name = Segment(segments[s], entry.Path.Length > 0, above, pattern, numbers);
            if (name.Length > 0)
                names.Add(name);
            above = segments[s];
            pattern.Append('/');
        }
        return new RunKey(pattern.ToString(), string.Join('.', names), numbers);
    }

    /// <summary>Splits one segment of a path, and returns its part of the name.</summary>
    /// <param name="segment">The text.</param>
    /// <param name="nested">Whether the format has levels; a number that is a whole segment then counts the members of its level.</param>
    /// <param name="above">The segment above.</param>
    /// <param name="pattern">Receives the segment's part of the pattern.</param>
    /// <param name="numbers">Receives its numbers.</param>
    private static string Segment(string segment, bool nested, string above, StringBuilder pattern, List<RunNumber> numbers)
    {
        var left = new StringBuilder();
        bool whole = NumberLength(segment, 0, decimals: true) == segment.Length;
        for (int at = 0; at < segment.Length; )
        {
            char before = at == 0 ? '\0' : segment[at - 1];
            bool starts = char.IsAsciiDigit(segment[at]) || (segment[at] == '-' && before == '=');
            int length = starts ? NumberLength(segment, at, whole || char.IsAsciiLetter(before) || before is '_' or '=' or '-') : 0;
            if (length == 0)
            {
                pattern.Append(segment[at]);
                left.Append(segment[at++]);
                continue;
            }
            string word = whole ? LastWord(above) : LastWord(left.ToString());
            string text = segment.Substring(at, length);
            at += length;
            // In the dotted names of a state dict numbers count modules; where a format has levels, runs are levels of their own.
            bool modules = nested && !whole && left.Length == 0 && at < segment.Length && segment[at] == '.';
            RunNumberKind kind = modules ? RunNumberKind.Layer : RunWords.Kind(word, before, whole && nested, numbered: left.Length > 0);
            pattern.Append(kind == RunNumberKind.Layer ? text : Hole);
            if (kind == RunNumberKind.Layer)
                left.Append(text);
            else
                numbers.Add(new RunNumber(word, text, kind));
            if (kind == RunNumberKind.Run && !whole)
                left.Length -= Math.Min(left.Length, TrailingLength(left.ToString(), word));
        }
        return left.ToString().Trim(s_joints);
    }

    /// <summary>Characters of the number that starts here; 0 for none.</summary>
    private static int NumberLength(string text, int at, bool decimals)
    {
        int end = at < text.Length && text[at] == '-' ? at + 1 : at;
        int digits = end;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end == digits)
            return 0;
        if (!decimals)
            return end - at;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
        }
        if (end + 1 < text.Length && text[end] is 'e' or 'E')
        {
            int sign = text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (sign < text.Length && char.IsAsciiDigit(text[sign]))
            {
                end = sign;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
            }
        }
        return end - at;
    }

    /// <summary>The last run of letters, without separators behind it; empty when other characters follow it.</summary>
    private static string LastWord(string text)
    {
        string trimmed = text.TrimEnd(s_joints);
        int start = trimmed.Length;
        while (start > 0 && char.IsLetter(trimmed[start - 1]))
            start--;
        return trimmed[start..].ToLowerInvariant();
    }

    private static int TrailingLength(string text, string word) => text.Length - text.TrimEnd(s_joints).Length + word.Length;
}

/// <summary>A number in a key.</summary>
/// <param name="Word">The word before it, in lower case; empty for none.</param>
/// <param name="Text">The number as the key has it.</param>
/// <param name="Kind">What it counts.</param>
internal sealed record RunNumber(string Word, string Text, RunNumberKind Kind);

/// <summary>What a number in a key counts.</summary>
internal enum RunNumberKind
{
    /// <summary>Parts of one model.</summary>
    Layer,

    /// <summary>Runs, if there are at least three.</summary>
    Perhaps,

    /// <summary>Runs.</summary>
    Run,
}
