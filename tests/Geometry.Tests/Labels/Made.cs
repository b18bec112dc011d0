using Geometry.Configurations;
using Geometry.Shapes;

namespace Geometry.Tests.Labels;

/// <summary>Synthetic configurations from a formula.</summary>
internal static class Made
{
    public static SyntheticConfiguration From(string formula, SyntheticOptions options, long index = 0) =>
        SyntheticSum.Make(Parts(FormulaParser.Parse(formula)), options, index);

    public static List<SyntheticPart> Parts(Formula formula) =>
        [.. formula.Terms.SelectMany(t => Enumerable.Repeat(new SyntheticPart(t.Dim, ShapeCatalogue.Default.Find(t.Shape).Vertices()), t.Multiplicity))];

    /// <summary>A random direct sum of catalogue shapes of at most <paramref name="most"/> vertices that fits into R^m.</summary>
    public static Formula RandomFormula(GaussianSource random, int m, int most)
    {
        Shape[] zoo = [.. ShapeCatalogue.Default.Shapes.Where(s => s.Dim <= m && s.Count <= most)];
        var terms = new List<FormulaTerm>();
        int dims = 0, target = 1 + random.Below(m);
        while (dims < target)
        {
            Shape pick = zoo[random.Below(zoo.Length)];
            if (dims + pick.Dim > m) continue;
            terms.Add(new FormulaTerm(1, pick.Name, pick.Dim, pick.Count));
            dims += pick.Dim;
        }
        return Formula.Of(terms);
    }
}
