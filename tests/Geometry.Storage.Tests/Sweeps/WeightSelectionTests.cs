using Geometry.Storage.Files;
using Geometry.Storage.Sweeps;
using Geometry.Storage.Tests.Tensors;
using Xunit;

namespace Geometry.Storage.Tests.Sweeps;

public sealed class WeightSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("(6, 2, 5)", 60, null, 0, 5, 2, WeightLayout.HiddenFirst)]
    [InlineData("(6, 5, 2)", 60, null, 0, 5, 2, WeightLayout.FeaturesFirst)]
    [InlineData("(5, 2)", 10, null, 0, 5, 2, WeightLayout.FeaturesFirst)]
    [InlineData("(6, 2, 5)", 60, "(6, 5)", 30, 5, 2, WeightLayout.HiddenFirst)]
    [InlineData("(6, 2, 5)", 60, "(6, 2)", 12, 2, 5, WeightLayout.FeaturesFirst)]
    [InlineData("(6, 2, 5)", 60, "(6, 1, 2)", 12, 2, 5, WeightLayout.FeaturesFirst)]
    [InlineData("(6, 2, 5)", 60, "(1, 2)", 2, 2, 5, WeightLayout.FeaturesFirst)]
    [InlineData("(2, 5)", 10, "(5,)", 5, 5, 2, WeightLayout.HiddenFirst)]
    [InlineData("(2, 5)", 10, "(2,)", 2, 2, 5, WeightLayout.FeaturesFirst)]
    [InlineData("(5, 5, 2)", 50, "(5, 5)", 25, 5, 2, WeightLayout.FeaturesFirst)]
    [InlineData("(6, 2, 5)", 60, "(6,)", 6, 5, 2, WeightLayout.HiddenFirst)]
    [InlineData("(2, 1)", 2, "(1,)", 1, 1, 2, WeightLayout.HiddenFirst)]
    [InlineData("(1, 1, 5)", 5, "(1, 5)", 5, 5, 1, WeightLayout.HiddenFirst)]
    [InlineData("(1, 5, 1)", 5, "(1, 5)", 5, 5, 1, WeightLayout.FeaturesFirst)]
    [InlineData("(1, 1, 5)", 5, "(1, 1, 5)", 5, 5, 1, WeightLayout.HiddenFirst)]
    [InlineData("(1, 5)", 5, "(1, 5)", 5, 5, 1, WeightLayout.HiddenFirst)]
    [InlineData("(6, 1, 5)", 30, "(6, 1, 5)", 30, 5, 1, WeightLayout.HiddenFirst)]
    [InlineData("(6, 1, 5)", 30, "(6, 5)", 30, 5, 1, WeightLayout.HiddenFirst)]
    public void Layout_comes_from_the_bias_or_from_the_smaller_axis(
        string weights,
        int count,
        string? bias,
        int biasCount,
        int n,
        int m,
        WeightLayout layout
    )
    {
        (string, byte[])[] arrays = bias is null
            ? [("W", Written.Ramp(weights, count))]
            : [("W", Written.Ramp(weights, count)), ("b", Written.Ramp(bias, biasCount))];
        using SweepFile file = Open(Written.Npz(arrays));
        Assert.Equal((n, m, layout), (file.Features, file.Hidden, file.Layout));
    }

    [Fact]
    public void Hidden_first_weights_are_transposed_into_columns()
    {
        using SweepFile file = Open(Written.Npz(("W", Written.Ramp("(2, 2, 3)", 12))));
        Assert.Equal([6 / 8.0, 9 / 8.0, 7 / 8.0, 10 / 8.0, 8 / 8.0, 11 / 8.0], file.ReadConfiguration(1).Columns.ToArray());
    }

    [Fact]
    public void A_square_matrix_needs_a_layout()
    {
        byte[] bytes = Written.Npz(("W", Written.Ramp("(3, 4, 4)", 48)), ("b", Written.Ramp("(3, 4)", 12)));
        string message = Refused(bytes);
        Assert.Contains("two axes of 4", message, StringComparison.Ordinal);
        Assert.Contains("--layout", message, StringComparison.Ordinal);
        using SweepFile file = Open(bytes, new SweepFileOptions { Layout = WeightLayout.FeaturesFirst });
        Assert.Equal((4, 4, "b"), (file.Features, file.Hidden, file.BiasKey));
        Assert.Equal([4 / 8.0, 5 / 8.0], file.ReadConfiguration(0).Column(1).ToArray()[..2]);
    }

    [Fact]
    public void A_layout_that_is_asked_for_wins_over_the_bias()
    {
        using SweepFile file = Open(
            Written.Npz(("W", Written.Ramp("(6, 2, 5)", 60)), ("b", Written.Ramp("(6, 5)", 30))),
            new SweepFileOptions { Layout = WeightLayout.FeaturesFirst }
        );
        Assert.Equal((2, 5, null), (file.Features, file.Hidden, file.BiasKey));
    }

    [Fact]
    public void Encoder_and_decoder_must_be_told_apart_by_name_unless_they_say_the_same()
    {
        using SweepFile tied = SweepFile.Open(Fixtures.Tensors("untied.safetensors"), new SweepFileOptions());
        using SweepFile decoder = SweepFile.Open(Fixtures.Tensors("untied.safetensors"), new SweepFileOptions { Weights = "dec" });
        Assert.Equal(("enc", "bias", "bias"), (tied.WeightsKey, tied.BiasKey, decoder.BiasKey));
        Assert.True(tied.ReadConfiguration(0).Columns.SequenceEqual(decoder.ReadConfiguration(0).Columns));
        string message = Refused(Written.Npz(("enc", Written.Ramp("(5, 2)", 10)), ("dec", Written.Ramp("(2, 5)", 10))));
        Assert.Equal(
            "several arrays could be the weights: 'enc' float32 (5, 2), 'dec' float32 (2, 5); name one, such as --weights enc",
            message
        );
    }

    [Fact]
    public void A_key_may_be_named_by_its_end_when_only_one_has_it()
    {
        byte[] bytes = Written.Npz(
            ("model/enc.W", Written.Ramp("(5, 2)", 10)),
            ("model/dec.W", Written.Ramp("(2, 5)", 10)),
            ("b", Written.Ramp("(5,)", 5))
        );
        using SweepFile file = Open(bytes, new SweepFileOptions { Weights = "dec.W" });
        Assert.Equal("model/dec.W", file.WeightsKey);
        Assert.Contains("several arrays end with 'W'", Refused(bytes, new SweepFileOptions { Weights = "W" }), StringComparison.Ordinal);
        Assert.Contains("no array 'ec.W'", Refused(bytes, new SweepFileOptions { Weights = "ec.W" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_does_not_exist_is_answered_with_those_that_do()
    {
        string message = Refused(
            Written.Npz(("weights", Written.Ramp("(2, 5)", 10)), ("b", Written.Ramp("(5,)", 5))),
            new SweepFileOptions { Weights = "weigths" }
        );
        Assert.Equal("no array 'weigths'; the file holds 'weights' float32 (2, 5), 'b' float32 (5,); did you mean 'weights'?", message);
    }

    [Fact]
    public void The_bias_can_be_named()
    {
        byte[] bytes = Written.Npz(
            ("W", Written.Ramp("(2, 5)", 10)),
            ("b_in", Written.Ramp("(2,)", 2)),
            ("b_out", Written.Ramp("(5,)", 5)),
            ("c", Written.Ramp("(7,)", 7))
        );
        using (SweepFile file = Open(bytes))
            Assert.Equal((5, 2, "b_out"), (file.Features, file.Hidden, file.BiasKey));
        using (SweepFile file = Open(bytes, new SweepFileOptions { Bias = "b_in" }))
            Assert.Equal((2, 5, "b_in"), (file.Features, file.Hidden, file.BiasKey));
        Assert.Contains(
            "the bias 'c' float32 (7,) does not fit",
            Refused(bytes, new SweepFileOptions { Bias = "c" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not have the 2 features",
            Refused(bytes, new SweepFileOptions { Bias = "b_out", Layout = WeightLayout.FeaturesFirst }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Of_two_equally_likely_biases_none_is_taken()
    {
        using SweepFile file = Open(
            Written.Npz(("W", Written.Ramp("(2, 5)", 10)), ("b_one", Written.Ramp("(5,)", 5)), ("b_two", Written.Ramp("(5,)", 5)))
        );
        Assert.Equal((5, 2, null), (file.Features, file.Hidden, file.BiasKey));
    }

    [Theory]
    [InlineData("(7,)", 7, "no 2-D or 3-D float array")]
    [InlineData("(1, 1, 1, 1, 1, 1, 7)", 7, "no 2-D or 3-D float array")]
    [InlineData("(3, 0)", 0, "empty axis")]
    [InlineData("(0, 0, 0)", 0, "empty axis")]
    public void Arrays_of_other_shapes_are_no_weights(string shape, int count, string reason) =>
        Assert.Contains(reason, Refused(Written.Npz(("W", Written.Ramp(shape, count)))), StringComparison.Ordinal);

    [Fact]
    public void More_hidden_dimensions_than_features_and_a_single_feature_are_legitimate()
    {
        using SweepFile wide = Open(Written.Npz(("W", Written.Ramp("(2, 3, 8)", 48)), ("b", Written.Ramp("(2, 3)", 6))));
        using SweepFile one = Open(
            Written.Npz(("W", Written.Ramp("(4, 1, 3)", 12))),
            new SweepFileOptions { Layout = WeightLayout.FeaturesFirst }
        );
        Assert.Equal((3, 8), (wide.Features, wide.Hidden));
        Assert.Equal((1, 3), (one.Features, one.Hidden));
    }

    [Fact]
    public void A_bad_instance_fails_alone()
    {
        float[] values =
        [
            .. Enumerable
                .Range(0, 30)
                .Select(k =>
                    k == 13 ? float.NaN
                    : k == 29 ? float.NegativeInfinity
                    : k
                ),
        ];
        using SweepFile file = Open(Written.Npz(("W", Written.Npy("(3, 5, 2)", values))));
        Assert.Equal(9, file.ReadConfiguration(0).Columns[9]);
        Assert.Equal(
            "the weight of feature 1 in hidden dimension 1 is NaN; expected finite numbers below 1e60",
            Assert.Throws<InputException>(() => file.ReadConfiguration(1)).Message
        );
        Assert.Contains(
            "the weight of feature 4 in hidden dimension 1 is infinite",
            Assert.Throws<InputException>(() => file.ReadConfiguration(2)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(0, file.ReadConfiguration(0).Columns[0]);
    }

    private SweepFile Open(byte[] bytes, SweepFileOptions? options = null) =>
        SweepFile.Open(_folder.File("w.npz", bytes), options ?? new SweepFileOptions());

    private string Refused(byte[] bytes, SweepFileOptions? options = null) =>
        Assert.Throws<InputException>(() => Open(bytes, options)).Message;
}
