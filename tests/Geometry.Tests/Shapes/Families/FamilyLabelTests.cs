using Geometry.Formulas;
using Geometry.Labels;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Shapes.Families;

/// <summary>label(synth(formula)) == formula for members of families, alone and in sums.</summary>
public class FamilyLabelTests
{
    [Theory]
    [InlineData("diplosimplex-14 + line-frame(17,38) + simplex-12 + rectified-6-simplex + demicube-7 + 50-gon")]
    [InlineData("line-frame(15,36) + 2 pentagon + 3 antipode")]
    [InlineData("diplosimplex-12 + square-antiprism")]
    [InlineData("diplosimplex-10 + diplosimplex-8")]
    [InlineData("diplosimplex-4 + line-frame(4,12) + line-frame(5,16)")]
    [InlineData("simplex-20 + simplex-9 + triangle")]
    [InlineData("rectified-5-simplex + demicube-6 + dedicated")]
    public void Sums_of_members_get_their_formula_back(string text)
    {
        Formula formula = FormulaParser.Parse(text);
        foreach (double sigma in new[] { 0, .02 })
        {
            SyntheticConfiguration made = SyntheticSum.Make(SyntheticParts.Of(formula), new SyntheticOptions { Sigma = sigma, Seed = 3 });
            Assert.Equal(formula.ToString(), LabelPipeline.Label(made.Configuration, new LabelOptions()).Formula);
        }
    }
}
