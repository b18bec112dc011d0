using System.Globalization;
using System.Numerics;

namespace Geometry.Atlas;

/// <summary>Names of forms, which depend on the form alone as far as possible.</summary>
/// <remarks>
/// A name is <c>form(d,c)s&lt;order&gt;</c>. Where several forms share that, the one with the smallest angle smallest has no letter, and
/// the others have b, c, … (after z: aa, ab …) by rising smallest angle. Names that an earlier atlas gave stay, and new forms take the
/// letters that are free.
/// </remarks>
internal static class FormNames
{
    /// <summary>The name without a letter.</summary>
    public static string Stem(int dim, int directions, BigInteger symmetries) =>
        string.Create(CultureInfo.InvariantCulture, $"form({dim},{directions})s{symmetries}");

    /// <summary>The first name with that stem that is not taken.</summary>
    public static string Next(string stem, IReadOnlySet<string> taken)
    {
        string name = stem;
        for (int k = 1; taken.Contains(name); k++)
            name = stem + Letters(k);
        return name;
    }

    /// <summary>1 → b, 25 → z, 26 → aa.</summary>
    private static string Letters(int k)
    {
        string text = "";
        for (int rest = k; rest >= 0; rest = (rest / 26) - 1)
            text = (char)('a' + (rest % 26)) + text;
        return text;
    }
}
