using System.Globalization;
using System.Text;

namespace Geometry.Formulas;

/// <summary>One term of a formula: a shape and how often it occurs.</summary>
/// <param name="Multiplicity">How often it occurs, ≥ 1.</param>
/// <param name="Shape">Name of the shape, for example <c>pentagon</c> or <c>irregular(3,7)</c>.</param>
/// <param name="Dim">Dimension of one copy.</param>
/// <param name="Count">Number of features in one copy.</param>
public sealed record FormulaTerm(int Multiplicity, string Shape, int Dim, int Count);

/// <summary>
/// A direct sum of shapes in canonical form: equal shapes gathered, larger dimension first, then larger multiplicity, then name.
/// </summary>
public sealed class Formula : IEquatable<Formula>
{
    private Formula(IReadOnlyList<FormulaTerm> terms) => Terms = terms;

    /// <summary>The terms, in canonical order.</summary>
    public IReadOnlyList<FormulaTerm> Terms { get; }

    /// <summary>Σ multiplicity · dim.</summary>
    public int Dim => Terms.Sum(t => t.Multiplicity * t.Dim);

    /// <summary>Σ multiplicity · count.</summary>
    public int Count => Terms.Sum(t => t.Multiplicity * t.Count);

    /// <summary>Gathers and orders terms; an empty sequence is the formula of a run that learned nothing.</summary>
    public static Formula Of(IEnumerable<FormulaTerm> terms)
    {
        var gathered = new List<FormulaTerm>();
        foreach (FormulaTerm term in terms)
        {
            int same = gathered.FindIndex(t => t.Shape == term.Shape && t.Dim == term.Dim && t.Count == term.Count);
            if (same < 0)
                gathered.Add(term);
            else
                gathered[same] = term with { Multiplicity = gathered[same].Multiplicity + term.Multiplicity };
        }
        // Insertion sort is stable and fast enough for short formulas.
        for (int k = 1; k < gathered.Count; k++)
        {
            for (int j = k; j > 0 && Order(gathered[j - 1], gathered[j]) > 0; j--)
                (gathered[j - 1], gathered[j]) = (gathered[j], gathered[j - 1]);
        }
        return new Formula(gathered);
    }

    private static int Order(FormulaTerm a, FormulaTerm b) =>
        a.Dim != b.Dim ? b.Dim - a.Dim
        : a.Multiplicity != b.Multiplicity ? b.Multiplicity.CompareTo(a.Multiplicity)
        : string.CompareOrdinal(a.Shape, b.Shape);

    /// <summary>The canonical text, for example <c>simplex-4 + 4 tetrahedron + 2 dedicated</c>; empty for no terms.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (FormulaTerm term in Terms)
        {
            if (text.Length > 0)
                text.Append(" + ");
            if (term.Multiplicity > 1)
                text.Append(term.Multiplicity.ToString(CultureInfo.InvariantCulture)).Append(' ');
            text.Append(term.Shape);
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Formula? other) => other is not null && Terms.SequenceEqual(other.Terms);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Formula);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
