using System.Globalization;
using System.Text.RegularExpressions;
using Geometry.Shapes.Catalogue;
using Geometry.Words;

namespace Geometry.Shapes.Families;

/// <summary>
/// The families of shapes without a size limit: <c>p-gon</c>, <c>simplex-k</c>, <c>diplosimplex-k</c>, <c>line-frame(k,2L)</c>,
/// <c>demicube-k</c> and <c>rectified-k-simplex</c>, by name and by size, up to <see cref="FamilyMember.MostVertices"/> vertices.
/// </summary>
/// <remarks>
/// Small members have names of their own, which are canonical, and the family's spelling is an alias:
/// <list type="table">
/// <item>simplex-1, 2, 3: antipode, triangle, tetrahedron</item>
/// <item>diplosimplex-1, 2, 3: antipode, hexagon, cube; line-frame(k,2(k+1)): diplosimplex-k</item>
/// <item>demicube-2, 3, 5: antipode, tetrahedron, 5-demicube; also k-demicube for demicube-k</item>
/// <item>rectified-2-simplex, rectified-4-simplex: triangle, rectified-5-cell</item>
/// <item>5-gon … 8-gon: pentagon … octagon; 3-gon: triangle</item>
/// </list>
/// 4-gon, demicube-4 and rectified-3-simplex are sums of antipodes (<see cref="ReducibleNames"/>). A line frame has k &lt; L &lt; 2k.
/// </remarks>
internal static partial class ShapeFamilies
{
    /// <summary>The families that are spelled with one number: the text before it, the text after it, and how to read the number.</summary>
    private static readonly (string Before, string After, Func<int, string, FamilyName> Read)[] Spellings =
    [
        ("simplex-", "", Simplex),
        ("diplosimplex-", "", Diplosimplex),
        ("demicube-", "", Demicube),
        ("", "-demicube", Demicube),
        ("rectified-", "-simplex", RectifiedSimplex),
        ("", "-gon", Polygon),
    ];

    /// <summary>For each family the spelling with letters, the spelling without the number, and a member.</summary>
    private static readonly (string Pattern, string Bare, string Example)[] s_patterns =
    [
        ("simplex-k", "simplex", "simplex-4"),
        ("diplosimplex-k", "diplosimplex", "diplosimplex-4"),
        ("demicube-k", "demicube", "demicube-6"),
        ("rectified-k-simplex", "rectified-simplex", "rectified-5-simplex"),
        ("line-frame(k,2L)", "line-frame", "line-frame(5,16)"),
        ("p-gon", "polygon", "9-gon"),
        ("cross-polytope-k", "cross-polytope", "cross-polytope-5"),
    ];

    /// <summary>What a name means; null for one that no family spells.</summary>
    public static FamilyName? Read(string name)
    {
        foreach ((string before, string after, Func<int, string, FamilyName> read) in Spellings)
        {
            if (
                name.Length <= before.Length + after.Length
                || !name.StartsWith(before, StringComparison.Ordinal)
                || !name.EndsWith(after, StringComparison.Ordinal)
            )
                continue;
            if (Number(name.AsSpan(before.Length, name.Length - before.Length - after.Length), out int number))
                return read(number, name);
        }
        Match match = LineFrameName().Match(name);
        if (!match.Success)
            return null;
        return Number(match.Groups[1].ValueSpan, out int k) && Number(match.Groups[2].ValueSpan, out int count)
            ? LineFrame(k, count, name)
            : TooLarge(name);
    }

    /// <summary>
    /// The names of the members of a size that are no entries of the catalogue, with how to make them; those with free moduli last.
    /// </summary>
    public static IEnumerable<FamilyName> OfSize(int dim, int count)
    {
        if (dim < 2 || count > FamilyMember.MostVertices)
            yield break;
        foreach (
            FamilyName? name in (FamilyName?[])
                [
                    dim == 2 ? Polygon(count, "") : null,
                    count == dim + 1 ? Simplex(dim, "") : null,
                    count == 2 * (dim + 1) ? Diplosimplex(dim, "") : null,
                    dim < 30 && count == 1 << (dim - 1) ? Demicube(dim, "") : null,
                    count == (long)dim * (dim + 1) / 2 ? RectifiedSimplex(dim, "") : null,
                    count > 2 * (dim + 1) && count < 4L * dim ? LineFrame(dim, count, "") : null,
                ]
        )
        {
            if (name?.Make is not null)
                yield return name;
        }
    }

    /// <summary>Whether <see cref="OfSize"/> may return a member; allocates nothing.</summary>
    public static bool MayHave(int dim, int count) =>
        dim >= 2
        && count <= FamilyMember.MostVertices
        && (
            dim == 2
                ? count > RegularPolygons.Most
                : count == dim + 1
                    || (dim < 30 && count == 1 << (dim - 1))
                    || count == (long)dim * (dim + 1) / 2
                    || (int.IsEvenInteger(count) && count >= 2 * (dim + 1) && count < 4L * dim)
        );

    /// <summary>Names of members with the numbers that occur in a mistyped name: suggestions for what was intended.</summary>
    public static IEnumerable<string> Near(string text)
    {
        int[] numbers =
        [
            .. Numbers()
                .Matches(text)
                .Select(m => int.TryParse(m.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)
                .Where(n => n > 0),
        ];
        if (numbers.Length == 0)
            return [];
        IEnumerable<string> names = Spellings.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Before}{numbers[0]}{s.After}"));
        if (numbers.Length > 1)
            names = names.Append(string.Create(CultureInfo.InvariantCulture, $"line-frame({numbers[0]},{numbers[1]})"));
        return names.Where(n => Read(n)?.Canonical is not null);
    }

    /// <summary>
    /// For a name that lacks the family's number, or has a letter in its place: a text that says how the family is spelled. Null where
    /// another known name is nearer.
    /// </summary>
    /// <param name="name">A name that is unknown.</param>
    /// <param name="nearest">The nearest known name.</param>
    public static string? MissingNumber(string name, string nearest)
    {
        (string Pattern, string Bare, string Example) meant = s_patterns.MinBy(Distance);
        if (Distance(meant) > Math.Min(2, NearestName.Distance(name, nearest)))
            return null;
        return $"the family is spelled {meant.Pattern}, with numbers for letters: '{meant.Example}'";

        int Distance((string Pattern, string Bare, string Example) family) =>
            Math.Min(NearestName.Distance(name, family.Pattern), NearestName.Distance(name, family.Bare));
    }

    private static FamilyName Polygon(int p, string asked) =>
        p switch
        {
            < 3 or 4 => FamilyName.Refused($"'{asked}': a polygon that does not split has 3 or at least 5 vertices"),
            <= RegularPolygons.Most => FamilyName.Entry(RegularPolygons.Name(p)),
            > FamilyMember.MostVertices => TooLarge(asked),
            _ => FamilyName.Member(RegularPolygons.Name(p), () => new PolygonMember(p)),
        };

    private static FamilyName Simplex(int k, string asked) =>
        k switch
        {
            < 1 => FamilyName.Refused($"'{asked}': a simplex has dimension at least 1"),
            1 => FamilyName.Entry("antipode"),
            2 => FamilyName.Entry("triangle"),
            3 => FamilyName.Entry("tetrahedron"),
            <= 8 => FamilyName.Entry(Spelled($"simplex-{k}")),
            >= FamilyMember.MostVertices => TooLarge(asked),
            _ => FamilyName.Member(Spelled($"simplex-{k}"), () => new SimplexMember(k)),
        };

    private static FamilyName Diplosimplex(int k, string asked) =>
        k switch
        {
            < 1 => FamilyName.Refused($"'{asked}': a diplo-simplex has dimension at least 1"),
            1 => FamilyName.Entry("antipode"),
            2 => FamilyName.Entry("hexagon"),
            3 => FamilyName.Entry("cube"),
            >= FamilyMember.MostVertices / 2 => TooLarge(asked),
            _ => FamilyName.Member(Spelled($"diplosimplex-{k}"), () => new DiplosimplexMember(k)),
        };

    private static FamilyName Demicube(int k, string asked) =>
        k switch
        {
            < 2 or 4 => FamilyName.Refused($"'{asked}': a demicube that does not split has dimension 2, 3 or at least 5"),
            2 => FamilyName.Entry("antipode"),
            3 => FamilyName.Entry("tetrahedron"),
            5 => FamilyName.Entry("5-demicube"),
            > 13 => TooLarge(asked),
            _ => FamilyName.Member(Spelled($"demicube-{k}"), () => new DemicubeMember(k)),
        };

    private static FamilyName RectifiedSimplex(int k, string asked) =>
        k switch
        {
            < 2 or 3 => FamilyName.Refused($"'{asked}': a rectified simplex that does not split has dimension 2 or at least 4"),
            2 => FamilyName.Entry("triangle"),
            4 => FamilyName.Entry("rectified-5-cell"),
            > 90 => TooLarge(asked),
            _ => FamilyName.Member(Spelled($"rectified-{k}-simplex"), () => new RectifiedSimplexMember(k)),
        };

    private static FamilyName LineFrame(int k, int count, string asked)
    {
        if (int.IsOddInteger(count) || count <= 2 * (long)k || count >= 4 * (long)k)
            return FamilyName.Refused(
                Spelled($"'{asked}': line-frame(k,2L) has L lines in R^k with k < L < 2k, an even number of vectors between 2k and 4k")
            );
        if (count > FamilyMember.MostVertices)
            return TooLarge(asked);
        return count == 2 * (k + 1)
            ? Diplosimplex(k, asked)
            : FamilyName.Member(Spelled($"line-frame({k},{count})"), () => new LineFrameMember(k, count / 2));
    }

    private static FamilyName TooLarge(string asked) =>
        FamilyName.Refused(Spelled($"'{asked}' has more than {FamilyMember.MostVertices} vertices"));

    private static string Spelled(FormattableString text) => FormattableString.Invariant(text);

    private static bool Number(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && (text.Length == 1 || text[0] != '0');

    [GeneratedRegex(@"^line-frame\(([0-9]+),([0-9]+)\)$")]
    private static partial Regex LineFrameName();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}

/// <summary>
/// The meaning of a family's spelling: either a canonical name, with the member where it is no entry of the catalogue, or the reason why
/// there is no such shape.
/// </summary>
/// <param name="Canonical">The name in formulas, of a catalogue entry or of a member; null where there is no such shape.</param>
/// <param name="Make">Makes the member; null for a catalogue entry.</param>
/// <param name="Refusal">Why there is no such shape, in one line; null where there is one.</param>
internal sealed record FamilyName(string? Canonical, Func<FamilyMember>? Make, string? Refusal)
{
    public static FamilyName Entry(string canonical) => new(canonical, null, null);

    public static FamilyName Member(string canonical, Func<FamilyMember> make) => new(canonical, make, null);

    public static FamilyName Refused(string why) => new(null, null, why);
}
