using Geometry.Shapes;
using Xunit;

namespace Geometry.Tests.Shapes;

public class ReducibleNamesTests
{
    [Theory]
    [InlineData("square", "2 antipode")]
    [InlineData("octahedron", "3 antipode")]
    [InlineData("16-cell", "4 antipode")]
    [InlineData("triangular-bipyramid", "triangle + antipode")]
    [InlineData("cross-polytope-1", "antipode")]
    [InlineData("cross-polytope-7", "7 antipode")]
    [InlineData("3-3-duopyramid", "2 triangle")]
    [InlineData("3-5-duopyramid", "pentagon + triangle")]
    [InlineData("4-3-duopyramid", "triangle + 2 antipode")]
    [InlineData("4-4-duopyramid", "4 antipode")]
    [InlineData("12-9-duopyramid", "12-gon + 9-gon")]
    public void Expand_to_sums(string name, string formula)
    {
        Assert.True(ReducibleNames.TryExpand(name, out string? found));
        Assert.Equal(formula, found);
    }

    [Theory]
    [InlineData("cross-polytope-0")]
    [InlineData("cross-polytope-")]
    [InlineData("2-3-duopyramid")]
    [InlineData("3-13-duopyramid")]
    [InlineData("-duopyramid")]
    [InlineData("pentagon")]
    public void Other_names_do_not_expand(string name) => Assert.False(ReducibleNames.TryExpand(name, out _));

    [Fact]
    public void Every_term_is_in_the_catalogue_and_no_reducible_name_is()
    {
        foreach ((string name, string formula) in ReducibleNames.Fixed)
        {
            Assert.False(ShapeCatalogue.Default.TryFind(name, out _));
            foreach (string term in formula.Split(" + "))
                Assert.True(ShapeCatalogue.Default.TryFind(term.Split(' ')[^1], out _), term);
        }
    }
}
