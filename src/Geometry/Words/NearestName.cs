namespace Geometry.Words;

/// <summary>The name that a mistyped one probably meant.</summary>
public static class NearestName
{
    private const int MostCompared = 64;

    /// <summary>
    /// Of the known names the one of least <see cref="Distance"/>; the first of equals, empty where none is known. O(Σ|a|·|b|).
    /// </summary>
    /// <param name="name">What was typed; compared are its first 64 characters.</param>
    /// <param name="known">The names.</param>
    public static string Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        string shortened = name.Length > MostCompared ? name[..MostCompared] : name;
        return known.MinBy(k => Distance(shortened, k)) ?? "";
    }

    /// <summary>
    /// Least number of insertions, deletions, changes and swaps of neighbours from one text to the other (optimal string alignment), upper
    /// and lower case alike; O(|a|·|b|).
    /// </summary>
    public static int Distance(string a, string b)
    {
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        int[] before = new int[b.Length + 1],
            previous = new int[b.Length + 1],
            current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int best = Math.Min(previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, before[j - 2] + 1);
                current[j] = best;
            }
            (before, previous, current) = (previous, current, before);
        }
        return previous[b.Length];
    }
}
