using Geometry.Formulas;
using Geometry.Shapes;
using Geometry.Synthesis;
using Xunit;

namespace Geometry.Tests.Shapes.Families;

public class FamilyNamesTests
{
    [Theory]
    [InlineData("simplex-1", "antipode")]
    [InlineData("simplex-2", "triangle")]
    [InlineData("simplex-3", "tetrahedron")]
    [InlineData("simplex-4", "simplex-4")]
    [InlineData("simplex-9", "simplex-9")]
    [InlineData("diplosimplex-1", "antipode")]
    [InlineData("diplosimplex-2", "hexagon")]
    [InlineData("diplosimplex-3", "cube")]
    [InlineData("diplosimplex-4", "diplosimplex-4")]
    [InlineData("line-frame(2,6)", "hexagon")]
    [InlineData("line-frame(3,8)", "cube")]
    [InlineData("line-frame(14,30)", "diplosimplex-14")]
    [InlineData("line-frame(17,38)", "line-frame(17,38)")]
    [InlineData("demicube-2", "antipode")]
    [InlineData("demicube-3", "tetrahedron")]
    [InlineData("demicube-5", "5-demicube")]
    [InlineData("demicube-7", "demicube-7")]
    [InlineData("7-demicube", "demicube-7")]
    [InlineData("rectified-2-simplex", "triangle")]
    [InlineData("rectified-4-simplex", "rectified-5-cell")]
    [InlineData("rectified-5-simplex", "rectified-5-simplex")]
    [InlineData("3-gon", "triangle")]
    [InlineData("5-gon", "pentagon")]
    [InlineData("8-gon", "octagon")]
    [InlineData("9-gon", "9-gon")]
    [InlineData("50-gon", "50-gon")]
    [InlineData("4-gon", "2 antipode")]
    [InlineData("rectified-3-simplex", "3 antipode")]
    [InlineData("demicube-4", "4 antipode")]
    [InlineData("4-demicube", "4 antipode")]
    public void The_familys_spelling_is_read_as_the_canonical_name(string spelled, string canonical) =>
        Assert.Equal(canonical, FormulaParser.Parse(spelled).ToString());

    [Theory]
    [InlineData("line-frame(3,12)", "k < L < 2k")]
    [InlineData("line-frame(4,8)", "k < L < 2k")]
    [InlineData("line-frame(4,13)", "k < L < 2k")]
    [InlineData("line-frame(0,2)", "k < L < 2k")]
    [InlineData("line-frame(99999999999,2)", "more than 4096")]
    [InlineData("simplex-0", "at least 1")]
    [InlineData("simplex-4096", "more than 4096")]
    [InlineData("diplosimplex-2048", "more than 4096")]
    [InlineData("demicube-1", "at least 5")]
    [InlineData("demicube-14", "more than 4096")]
    [InlineData("rectified-1-simplex", "at least 4")]
    [InlineData("rectified-91-simplex", "more than 4096")]
    [InlineData("2-gon", "at least 5")]
    [InlineData("5000-gon", "more than 4096")]
    [InlineData("simplx-14", "nearest is 'simplex-14'")]
    [InlineData("line-fram(17,38)", "nearest is 'line-frame(17,38)'")]
    [InlineData("rectified-06-simplex", "nearest is 'rectified-6-simplex'")]
    [InlineData("diplosimplex-x", "spelled diplosimplex-k, with numbers for letters: 'diplosimplex-4'")]
    [InlineData("simplex", "spelled simplex-k,")]
    [InlineData("p-gon", "spelled p-gon, with numbers for letters: '9-gon'")]
    [InlineData("line-frame(k,2L)", "'line-frame(5,16)'")]
    [InlineData("pentagn", "nearest is 'pentagon'")]
    [InlineData("irregular(2,3)", "labels say of what has no name")]
    public void Other_numbers_are_refused_with_one_line(string name, string mentioned)
    {
        string parsed = Assert.Throws<FormatException>(() => FormulaParser.Parse($"triangle + {name}")).Message;
        Assert.Contains(mentioned, parsed, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", parsed, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', parsed);
        Assert.Contains(
            mentioned,
            Assert.Throws<ArgumentException>(() => ShapeCatalogue.Default.Find(name)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Members_of_all_families_make_up_a_synthetic_sum()
    {
        Formula formula = FormulaParser.Parse(
            "diplosimplex-14 + line-frame(17,38) + simplex-12 + rectified-6-simplex + demicube-7 + 50-gon"
        );
        Assert.Equal("line-frame(17,38) + diplosimplex-14 + simplex-12 + demicube-7 + rectified-6-simplex + 50-gon", formula.ToString());
        IReadOnlyList<SyntheticPart> parts = SyntheticParts.Of(formula);
        Assert.Equal([(17, 38), (14, 30), (12, 13), (7, 64), (6, 21), (2, 50)], parts.Select(p => (p.Dim, p.Count)));
        SyntheticConfiguration made = SyntheticSum.Make(parts, new SyntheticOptions());
        Assert.Equal((58, 216), (made.Configuration.Hidden, made.Configuration.Features));
    }

    [Theory]
    [InlineData(4, 10, "rectified-5-cell diplosimplex-4")]
    [InlineData(3, 10, "pentagonal-prism pentagonal-antiprism gyroelongated-square-bipyramid code(3,10) line-frame(3,10)")]
    [InlineData(4, 12, "line-frame(4,12)")]
    [InlineData(5, 16, "5-demicube line-frame(5,16)")]
    [InlineData(6, 32, "demicube-6")]
    [InlineData(6, 21, "rectified-6-simplex")]
    [InlineData(9, 10, "simplex-9")]
    [InlineData(2, 33, "33-gon")]
    [InlineData(4, 16, "tesseract")]
    [InlineData(3, 12, "icosahedron cuboctahedron hexagonal-prism hexagonal-antiprism")]
    [InlineData(2, 4097, "")]
    [InlineData(4097, 4098, "")]
    public void Sizes_list_entries_first_and_free_families_last(int dim, int count, string names) =>
        Assert.Equal(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            ShapeCatalogue.Default.OfSize(dim, count).Select(s => s.Name).Order()
        );

    [Fact]
    public void Free_families_come_last_and_every_size_serves_the_same_instances()
    {
        for (int dim = 2; dim <= 24; dim++)
        {
            for (int count = dim; count <= 70; count++)
            {
                IReadOnlyList<Shape> shapes = ShapeCatalogue.Default.OfSize(dim, count);
                Assert.All(shapes.SkipLast(1), s => Assert.False(s.Member is { IsGeneral: true }));
                Assert.All(shapes, s => Assert.True(s == ShapeCatalogue.Default.Find(s.Name) && s.Dim == dim && s.Count == count));
            }
        }
    }

    [Fact]
    public void Threads_get_the_same_members()
    {
        Shape[][] found = new Shape[16][];
        Parallel.For(0, found.Length, t =>
            found[t] = [
                .. Enumerable
                    .Range(0, 60)
                    .Select(k =>
                        t % 2 == 0 ? ShapeCatalogue.Default.Find($"simplex-{k + 200}") : ShapeCatalogue.Default.OfSize(k + 200, k + 201)[0]
                    ),
            ]
        );
        Assert.All(found, f => Assert.True(f.SequenceEqual(found[0])));
    }

    [Fact]
    public void A_catalogue_of_ones_own_has_no_families()
    {
        var own = new ShapeCatalogue([new Shape("pair", 1, 2, [1, -1], "test")]);
        Assert.Empty(own.OfSize(9, 10));
        Assert.False(own.TryFind("simplex-9", out _));
    }
}
