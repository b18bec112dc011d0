namespace Geometry.Words;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
public static class NearestName
{
    private const int MostCompared = 64;

    /// <summary>
    /// The known name at the least <see cref="Distance"/>; the first of equals, empty where no name is known. O(Σ|a|·|b|).
    /// </summary>
    /// <param name="name">What was typed; its first 64 characters are compared.</param>
    /// <param name="known">The known names.</param>
    public static string Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        string shortened = name.Length > MostCompared ? name[..MostCompared] : name;
        return known.MinBy(k => Distance(shortened, k)) ?? "";
    }

    /// <summary>
    /// The least number of insertions, deletions, changes and swaps of neighbours that turn one text into the other (optimal string
    /// alignment), ignoring case. O(|a|·|b|).
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
