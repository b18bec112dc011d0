using System.Text.RegularExpressions;

namespace Geometry.Cli.Tests.Documents;

/// <summary>Compares what a command printed with what a page shows.</summary>
internal static class ExpectedOutput
{
    private const string Any = "…";

    /// <summary>What is wrong, with the first line that fits nowhere; null where the output is the one shown.</summary>
    /// <param name="shown">Lines of the page: … alone stands for any number of lines, … within a line for any text. Blanks at the end do
    /// not count.</param>
    /// <param name="printed">Lines that were printed.</param>
    public static string? Difference(IReadOnlyList<string> shown, IReadOnlyList<string> printed)
    {
        int at = 0;
        bool skips = false;
        foreach (string line in shown)
        {
            if (line.Trim() == Any)
            {
                skips = true;
                continue;
            }
            int found =
                skips ? Find(line, printed, at)
                : at < printed.Count && Fits(line, printed[at]) ? at
                : -1;
            if (found < 0)
                return $"the page shows\n  {line}\nand the command printed\n  {(at < printed.Count ? printed[at] : "(nothing more)")}";
            at = found + 1;
            skips = false;
        }
        return skips || at == printed.Count ? null : $"the command goes on with\n  {printed[at]}";
    }

    private static int Find(string line, IReadOnlyList<string> printed, int from)
    {
        for (int i = from; i < printed.Count; i++)
        {
            if (Fits(line, printed[i]))
                return i;
        }
        return -1;
    }

    private static bool Fits(string line, string printed)
    {
        if (!line.Contains(Any, StringComparison.Ordinal))
            return line.TrimEnd() == printed.TrimEnd();
        return Regex.IsMatch(
            printed.TrimEnd(),
            "^" + Regex.Escape(line.TrimEnd()).Replace(Any, ".*", StringComparison.Ordinal) + "$",
            RegexOptions.CultureInvariant
        );
    }
}
