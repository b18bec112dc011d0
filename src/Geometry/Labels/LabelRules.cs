using Geometry.Formulas;

namespace Geometry.Labels;

/// <summary>The label of a run, derived from its formula.</summary>
public static class LabelRules
{
    /// <summary>
    /// <c>none</c> for no terms; <c>irregular</c> when some summand is; <c>orthogonal</c> for dedicated only; <c>antipodal</c> for
    /// antipodes only; the shape's name for one summand; else <c>tegum-product</c>.
    /// </summary>
    public static string Of(Formula formula)
    {
        IReadOnlyList<FormulaTerm> terms = formula.Terms;
        if (terms.Count == 0)
            return "none";
        if (terms.Any(t => t.Shape.StartsWith("irregular(", StringComparison.Ordinal)))
            return "irregular";
        if (terms.Count > 1)
            return "tegum-product";
        return terms[0].Shape switch
        {
            "dedicated" => "orthogonal",
            "antipode" => "antipodal",
            _ when terms[0].Multiplicity == 1 => terms[0].Shape,
            _ => "tegum-product",
        };
    }
}
