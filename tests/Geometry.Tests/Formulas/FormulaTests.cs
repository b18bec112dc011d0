using Geometry.Formulas;
using Geometry.Labels;
using Xunit;

namespace Geometry.Tests.Formulas;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("pentagon", "pentagon")]
    [InlineData("2 dedicated + 4 tetrahedron + simplex-4", "simplex-4 + 4 tetrahedron + 2 dedicated")]
    [InlineData("dedicated + antipode + dedicated", "2 dedicated + antipode")]
    [InlineData("dedicated + antipode", "antipode + dedicated")]
    [InlineData("triangle ⊕ 9-gon", "9-gon + triangle")]
    [InlineData("2 24-cell + 3x3-duoprism", "2 24-cell + 3x3-duoprism")]
    [InlineData("code(3,7) + 2 octahedron", "code(3,7) + 6 antipode")]
    [InlineData("square", "2 antipode")]
    [InlineData("2 triangular-bipyramid", "2 triangle + 2 antipode")]
    [InlineData("cross-polytope-5 + antipode", "6 antipode")]
    [InlineData("  pentagon+ 3   antipode ", "pentagon + 3 antipode")]
    public void Parses_and_prints_canonically(string text, string canonical)
    {
        Formula formula = FormulaParser.Parse(text);
        Assert.Equal(canonical, formula.ToString());
        Assert.Equal(formula, FormulaParser.Parse(formula.ToString()));
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("pentagon +", "nothing")]
    [InlineData("pentagone", "pentagon")]
    [InlineData("0 pentagon", "'0'")]
    [InlineData("-1 pentagon", "'-1'")]
    [InlineData("1.5 pentagon", "'1.5'")]
    [InlineData("pentagon antipode", "'pentagon'")]
    [InlineData("99999999999 antipode", "99999999999")]
    [InlineData("90000 600-cell", "100000")]
    [InlineData("90000 cross-polytope-90000", "100000")]
    public void Refuses_with_one_line_that_says_what_was_found(string text, string mentioned)
    {
        var error = Assert.Throws<FormatException>(() => FormulaParser.Parse(text));
        Assert.Contains(mentioned, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("3 dedicated", "orthogonal")]
    [InlineData("dedicated", "orthogonal")]
    [InlineData("2 antipode", "antipodal")]
    [InlineData("pentagon", "pentagon")]
    [InlineData("2 pentagon", "tegum-product")]
    [InlineData("antipode + dedicated", "tegum-product")]
    [InlineData("code(4,9)", "code(4,9)")]
    public void Labels_follow_from_the_formula(string text, string label) => Assert.Equal(label, LabelRules.Of(FormulaParser.Parse(text)));

    [Fact]
    public void Irregular_and_empty_formulas_have_labels_too()
    {
        Assert.Equal("none", LabelRules.Of(Formula.Of([])));
        Assert.Equal("", Formula.Of([]).ToString());
        Formula irregular = Formula.Of([new FormulaTerm(1, "irregular(2,4)", 2, 4), new FormulaTerm(2, "antipode", 1, 2)]);
        Assert.Equal("irregular", LabelRules.Of(irregular));
        Assert.Equal("irregular(2,4) + 2 antipode", irregular.ToString());
        Assert.Equal((4, 8), (irregular.Dim, irregular.Count));
    }

    [Fact]
    public void TermsAreGatheredAndOrderedByDefinition()
    {
        var random = new Random(7);
        string[] names = ["antipode", "dedicated", "pentagon", "triangle", "Tetrahedron", "irregular(2,5)"];
        for (int trial = 0; trial < 300; trial++)
        {
            FormulaTerm[] terms =
            [
                .. Enumerable
                    .Range(0, random.Next(9))
                    .Select(_ => new FormulaTerm(
                        1 + random.Next(2),
                        names[random.Next(names.Length)],
                        1 + random.Next(2),
                        2 + random.Next(2)
                    )),
            ];
            var expected = terms
                .GroupBy(t => (t.Shape, t.Dim, t.Count))
                .Select(g => new FormulaTerm(g.Sum(t => t.Multiplicity), g.Key.Shape, g.Key.Dim, g.Key.Count))
                .OrderByDescending(t => t.Dim)
                .ThenByDescending(t => t.Multiplicity)
                .ThenBy(t => t.Shape, StringComparer.Ordinal);
            Assert.Equal(expected, Formula.Of(terms).Terms);
        }
    }
}
