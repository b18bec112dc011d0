using Geometry.Conjecture;
using Geometry.Synthesis;
using Geometry.Training.Conjecture;
using Geometry.Training.Specs;
using Xunit;

namespace Geometry.Training.Tests.Conjecture;

public sealed class ConjectureSpecReaderTests
{
    [Fact]
    public void Every_key_is_read()
    {
        ConjectureSpec spec = ConjectureSpecReader.Read(
            """
            formulas: [pentagon + triangle, octahedron]
            sigmas: { linspace: [0, 0.1, 3] }
            noise_in: ambient
            methods: [gram, pipeline]
            trials: 9
            hidden: 7
            norm_spread: 0.15
            oblique: 60
            seed: 4
            """
        );
        Assert.Equal(["pentagon + triangle", "3 antipode"], spec.Formulas.Select(f => f.ToString()));
        Assert.Equal([0, 0.05, 0.1], spec.Sigmas);
        Assert.Equal([NoiseIn.Ambient], spec.NoiseIn);
        Assert.Equal(["gram", "pipeline"], spec.Methods.Select(m => m.Name));
        Assert.Equal((9, 7, 0.15, 60.0, 4), (spec.Trials, spec.Hidden, spec.NormSpread, spec.ObliqueDegrees, spec.Seed));
    }

    [Fact]
    public void Keys_left_out_keep_their_defaults()
    {
        ConjectureSpec spec = ConjectureSpecReader.Read("trials: 3"),
            whole = new();
        Assert.Equal(whole.Formulas, spec.Formulas);
        Assert.Equal(
            (whole.Sigmas.Count, whole.NoiseIn.Count, whole.Methods.Count, 3),
            (spec.Sigmas.Count, spec.NoiseIn.Count, spec.Methods.Count, spec.Trials)
        );
    }

    [Theory]
    [InlineData("line 1: unknown key 'formula'; did you mean 'formulas'?", "formula: pentagon")]
    [InlineData(
        "line 2: formulas: formula 'pentagn': expected the name of a shape, found 'pentagn'; the nearest is 'pentagon'",
        "formulas:\n  - pentagn"
    )]
    [InlineData(
        "line 1: methods: expected echelon, orthonormal, gram, pipeline, spheres, found 'pipelin'; did you mean 'pipeline'?",
        "methods: [pipelin]"
    )]
    [InlineData("did you mean 'ambient'?", "noise_in: ambiant")]
    [InlineData("methods: 'gram' is there twice", "methods: [gram, gram]")]
    [InlineData("formulas: expected at least one, found an empty list", "formulas: []")]
    [InlineData("sigmas: expected a number, 0 or more", "sigmas: [-0.1]")]
    [InlineData("trials: expected a whole number from 1", "trials: 0")]
    [InlineData("oblique: expected an angle above 0, at most 90 degrees", "oblique: 120")]
    [InlineData("hidden: expected at least 4 dimensions for '2 pentagon', found 3", "formulas: 2 pentagon\nhidden: 3")]
    [InlineData("line 1: the spec is empty; expected a mapping with the keys formulas, sigmas", "")]
    public void Errors_name_the_line_what_was_found_and_what_was_expected(string message, string text) =>
        Assert.Contains(message, Assert.Throws<SpecException>(() => ConjectureSpecReader.Read(text)).Message, StringComparison.Ordinal);
}
