using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Geometry.Shapes;

/// <summary>
/// Names of polytopes that are tegum products, and the formula that each expands to: a bipyramid is its base + antipode, a duopyramid is
/// the sum of two polygons, a cross-polytope is a sum of antipodes. They are accepted as input and never given as labels.
/// </summary>
/// <remarks>Source: H. S. M. Coxeter, Regular Polytopes, §7.2 (cross-polytopes); J. H. Conway, H. Burgiel and C. Goodman-Strauss,
/// The Symmetries of Things, 2008 (tegum products).</remarks>
public static class ReducibleNames
{
    /// <summary>The names that have no free number, each with its formula in canonical order.</summary>
    public static IReadOnlyDictionary<string, string> Fixed { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["square"] = "2 antipode",
            ["4-gon"] = "2 antipode",
            ["rectified-3-simplex"] = "3 antipode",
            ["demicube-4"] = "4 antipode",
            ["4-demicube"] = "4 antipode",
            ["octahedron"] = "3 antipode",
            ["16-cell"] = "4 antipode",
            ["triangular-bipyramid"] = "triangle + antipode",
            ["square-bipyramid"] = "3 antipode",
            ["pentagonal-bipyramid"] = "pentagon + antipode",
            ["hexagonal-bipyramid"] = "hexagon + antipode",
            ["heptagonal-bipyramid"] = "heptagon + antipode",
            ["octagonal-bipyramid"] = "octagon + antipode",
            ["tetrahedral-bipyramid"] = "tetrahedron + antipode",
            ["cubical-bipyramid"] = "cube + antipode",
            ["icosahedral-bipyramid"] = "icosahedron + antipode",
        };

    /// <summary>
    /// Expands a name of <see cref="Fixed"/>, <c>cross-polytope-k</c> (k ≥ 1, k antipodes) or <c>p-q-duopyramid</c> (3 ≤ p, q ≤ 12).
    /// </summary>
    /// <param name="name">The name, exact.</param>
    /// <param name="formula">Its formula in canonical order.</param>
    public static bool TryExpand(string name, [NotNullWhen(true)] out string? formula)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Fixed.TryGetValue(name, out formula))
            return true;
        const string Cross = "cross-polytope-",
            Duo = "-duopyramid";
        if (name.StartsWith(Cross, StringComparison.Ordinal) && Number(name.AsSpan(Cross.Length), out int k) && k >= 1)
            formula = k == 1 ? "antipode" : string.Create(CultureInfo.InvariantCulture, $"{k} antipode");
        else if (name.EndsWith(Duo, StringComparison.Ordinal))
            formula = Duopyramid(name.AsSpan(0, name.Length - Duo.Length));
        return formula is not null;
    }

    private static string? Duopyramid(ReadOnlySpan<char> numbers)
    {
        int dash = numbers.IndexOf('-');
        if (dash < 0 || !Number(numbers[..dash], out int p) || !Number(numbers[(dash + 1)..], out int q))
            return null;
        if (p is < 3 or > 12 || q is < 3 or > 12)
            return null;
        if (p == 4 && q == 4)
            return "4 antipode";
        if (p == 4 || q == 4)
            return $"{Catalogue.RegularPolygons.Name(p == 4 ? q : p)} + 2 antipode";
        string[] names = [Catalogue.RegularPolygons.Name(p), Catalogue.RegularPolygons.Name(q)];
        Array.Sort(names, StringComparer.Ordinal);
        return p == q ? $"2 {names[0]}" : $"{names[0]} + {names[1]}";
    }

    private static bool Number(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
