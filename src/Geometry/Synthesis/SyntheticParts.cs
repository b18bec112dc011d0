using Geometry.Atlas;
using Geometry.Formulas;
using Geometry.Shapes;

namespace Geometry.Synthesis;

/// <summary>A formula → the parts of a synthetic sum.</summary>
public static class SyntheticParts
{
    /// <summary>One part for each summand of the formula, in its order, with the vertices of the catalogue.</summary>
    /// <exception cref="ArgumentException">A shape of the formula is not in the catalogue.</exception>
    public static IReadOnlyList<SyntheticPart> Of(Formula formula, ShapeCatalogue? catalogue = null)
    {
        ArgumentNullException.ThrowIfNull(formula);
        catalogue ??= FormAtlas.BuiltInCatalogue;
        return
        [
            .. formula.Terms.SelectMany(t =>
                Enumerable.Repeat(new SyntheticPart(t.Dim, catalogue.Find(t.Shape).Vertices()), t.Multiplicity)
            ),
        ];
    }
}
