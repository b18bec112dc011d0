using System.Text;
using Geometry.Shapes;

namespace Geometry.Reports.Phases;

/// <summary>The family of a formula: which shapes occur, not how often.</summary>
/// <remarks>
/// <c>simplex-4 + 4 tetrahedron + 2 dedicated</c> is in the family <c>simplex-4 + tetrahedron + dedicated</c>; every <c>irregular(d,c)</c>
/// is <c>irregular</c>. Terms keep the order of the formula; with no learned feature the family is <c>none</c>.
/// </remarks>
public static class FormulaFamily
{
    /// <summary>The family of a canonical formula.</summary>
    public static string Of(string formula)
    {
        if (formula.Length == 0)
            return "none";
        var family = new StringBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string term in formula.Split(" + "))
        {
            int space = term.IndexOf(' ', StringComparison.Ordinal);
            string shape = space > 0 && char.IsAsciiDigit(term[0]) && term[..space].All(char.IsAsciiDigit) ? term[(space + 1)..] : term;
            if (ShapeMatch.IsIrregular(shape))
                shape = "irregular";
            if (!seen.Add(shape))
                continue;
            if (family.Length > 0)
                family.Append(" + ");
            family.Append(shape);
        }
        return family.ToString();
    }
}
