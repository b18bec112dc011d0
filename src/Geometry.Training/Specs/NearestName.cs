namespace Geometry.Training.Specs;

/// <summary>The name that a mistyped one probably meant.</summary>
internal static class NearestName
{
    private const int MostCompared = 64;

    /// <summary>Of the known names, not empty, the one of least optimal-string-alignment distance, upper and lower case alike; the first of equals. O(Σ|a|·|b|).</summary>
    public static string Of(string name, IEnumerable<string> known)
    {
        string shortened = name.Length > MostCompared ? name[..MostCompared] : name;
        return known.MinBy(k => Distance(shortened.ToUpperInvariant(), k.ToUpperInvariant()))!;
    }

    /// <summary>Least number of insertions, deletions, changes and swaps of neighbours from one text to the other.</summary>
    public static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1], previous = new int[b.Length + 1], current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int best = Math.Min(previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, before[j - 2] + 1);
                current[j] = best;
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[b.Length];
    }
}
