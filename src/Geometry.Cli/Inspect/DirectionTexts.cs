using System.Globalization;
using Geometry.Labels;
using Geometry.Shapes.Descriptions;

namespace Geometry.Cli.Inspect;

/// <summary>Descriptions of directions, a line or two, that complete their shape.</summary>
internal static class DirectionTexts
{
    private const int MostShared = 20;

    /// <summary>
    /// Describes a configuration without a name: <c>angles 63.43°×30 180.00°×6 · antipodal · not tight · 1-design · 120 symmetries, 1
    /// orbit</c>.
    /// </summary>
    public static string Of(ConfigurationDescription description)
    {
        string angles =
            description.Angles.Count == 0
                ? "no distinct angles"
                : "angles "
                    + string.Join(
                        ' ',
                        description.Angles.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Degrees:0.00}°×{a.Pairs}"))
                    );
        string design =
            description.DesignStrength == 0 ? "not balanced" : FormattableString.Invariant($"{description.DesignStrength}-design");
        string symmetries = description.Symmetries switch
        {
            null => "symmetries unknown",
            { IsOne: true } => "no symmetry",
            { } order => FormattableString.Invariant(
                $"{order} symmetries, {description.Orbits} orbit{(description.Orbits == 1 ? "" : "s")}"
            ),
        };
        return string.Join(
            " · ",
            angles,
            description.Antipodal ? "antipodal" : "not antipodal",
            description.Tight ? "tight" : "not tight",
            design,
            symmetries
        );
    }

    /// <summary>Which features share a direction: <c>3 = 7, 1 = 4 = 9 share a direction</c>; empty where there are none.</summary>
    public static string Shared(IReadOnlyList<Summand> summands)
    {
        string[] groups =
        [
            .. summands
                .Where(s => s.Directions < s.Count)
                .SelectMany(s => s.Features.Zip(s.DirectionOf).GroupBy(f => f.Second).Where(g => g.Skip(1).Any()))
                .Select(g => string.Join(" = ", g.Select(f => f.First.ToString(CultureInfo.InvariantCulture)))),
        ];
        if (groups.Length == 0)
            return "";
        string more = groups.Length > MostShared ? FormattableString.Invariant($" and {groups.Length - MostShared} more") : "";
        return string.Join(", ", groups.Take(MostShared)) + more + " share a direction";
    }
}
