using System.Globalization;
using Geometry.Atlas;
using Geometry.Shapes;

namespace Geometry.Formulas;

/// <summary>
/// Reads a formula: <c>[multiplicity] shape</c> terms joined by <c>+</c> (or ⊕), in any order. Names of reducible polytopes (square,
/// octahedron, cross-polytope-5, triangular-bipyramid …) are expanded into their summands. A member of a family that has a name of its own
/// (simplex-3, diplosimplex-2, demicube-5 …) is read as that name.
/// </summary>
/// <example><c>octahedron + 2 pentagon + dedicated</c> is read as <c>2 pentagon + 3 antipode + dedicated</c>.</example>
public static class FormulaParser
{
    /// <summary>
    /// Largest number of features that a formula may have: a guard against typing errors, not a limit of the mathematics.
    /// </summary>
    public const int MostFeatures = 100_000;

    /// <summary>Reads a formula of shapes from a catalogue, by default the built-in one with the forms of the built-in atlas.</summary>
    /// <exception cref="FormatException">A term is empty, a multiplicity is not a whole number from 1, or a name is unknown (the message
    /// gives the nearest name, or how its family is spelled).</exception>
    public static Formula Parse(string text, ShapeCatalogue? catalogue = null)
    {
        catalogue ??= FormAtlas.BuiltInCatalogue;
        var terms = new List<FormulaTerm>();
        Read(text, 1, catalogue, terms, text);
        long features = 0;
        foreach (FormulaTerm term in terms)
            features += (long)term.Multiplicity * term.Count;
        if (features > MostFeatures)
            throw new FormatException($"formula '{text}': expected at most {MostFeatures} features, found {features}");
        return Formula.Of(terms);
    }

    private static void Read(string text, int factor, ShapeCatalogue catalogue, List<FormulaTerm> terms, string whole)
    {
        foreach (string part in text.Split('+', '⊕'))
        {
            string term = part.Trim();
            if (term.Length == 0)
                throw new FormatException($"formula '{whole}': expected a shape on both sides of every '+', found nothing");
            int multiplicity = 1,
                space = term.IndexOf(' ', StringComparison.Ordinal);
            string name = term;
            if (space >= 0)
            {
                name = term[(space + 1)..].Trim();
                if (
                    !int.TryParse(term.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out multiplicity)
                    || multiplicity < 1
                    || multiplicity > MostFeatures
                )
                    throw new FormatException(
                        $"formula '{whole}': expected a number from 1 to {MostFeatures} in front of '{name}', found '{term[..space]}'"
                    );
            }
            if (factor > MostFeatures / multiplicity)
                throw new FormatException($"formula '{whole}': expected at most {MostFeatures} features");
            if (catalogue.TryFind(name, out Shape? shape))
                terms.Add(new FormulaTerm(factor * multiplicity, shape.Name, shape.Dim, shape.Count));
            else if (ReducibleNames.TryExpand(name, out string? expansion))
                Read(expansion, factor * multiplicity, catalogue, terms, whole);
            else
                throw new FormatException($"formula '{whole}': expected the name of a shape, found {catalogue.WhyNot(name)}");
        }
    }
}
